"""Rows of the registry in URLs, one noun per file."""
