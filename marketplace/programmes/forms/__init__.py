"""Input of programmes, one noun per file."""
