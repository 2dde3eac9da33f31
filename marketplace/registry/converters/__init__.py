"""The registry of a lifetime in URLs, one noun per file."""
