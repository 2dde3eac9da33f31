"""Pages of the registry of a lifetime, one noun per file."""
