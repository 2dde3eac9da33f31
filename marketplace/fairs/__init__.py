"""Fairs: from the call to the report."""
