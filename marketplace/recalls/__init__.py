"""Calling back a lot: from it to every buyer, and back to the field."""
