"""Verbs of fairs, one noun per file."""
