"""Who may do what, one noun per file."""
