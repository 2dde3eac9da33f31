"""Programmes in URLs, one noun per file."""
