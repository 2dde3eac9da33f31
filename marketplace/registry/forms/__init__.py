"""Forms of the registry, one noun per file."""
