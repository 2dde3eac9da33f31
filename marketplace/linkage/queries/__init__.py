"""Reads of value chains."""
