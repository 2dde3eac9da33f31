"""Letters of value chains."""
