"""Forms of fairs, one noun per file."""
