"""Pages of fields, diaries and lots."""
