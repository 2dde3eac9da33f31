"""Forms of selection, one noun per file."""
