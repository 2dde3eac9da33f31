"""Facts of value chains."""
