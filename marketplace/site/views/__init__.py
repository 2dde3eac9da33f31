"""Pages that look at several areas at once."""
