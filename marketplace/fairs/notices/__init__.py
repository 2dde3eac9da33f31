"""What fairs write to people."""
