"""Pages of the registry, one noun per file."""
