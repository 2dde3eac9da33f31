"""Verbs of value chains."""
