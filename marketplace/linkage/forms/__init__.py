"""Input of value chains."""
