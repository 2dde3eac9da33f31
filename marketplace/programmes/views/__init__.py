"""Pages of programmes, one noun per file."""
