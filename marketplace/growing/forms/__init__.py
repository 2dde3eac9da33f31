"""What people write about fields, diaries and lots."""
