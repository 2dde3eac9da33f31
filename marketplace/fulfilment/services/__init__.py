"""Verbs of what keeps a contract, one noun per file."""
