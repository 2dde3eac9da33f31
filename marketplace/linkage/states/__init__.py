"""Lives of value chains."""
