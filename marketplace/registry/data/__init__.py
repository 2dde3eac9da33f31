"""Rules that ship with the house, as files."""
