"""Tables of value chains."""
