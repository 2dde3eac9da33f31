"""Pages of value chains."""
