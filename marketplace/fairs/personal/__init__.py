"""What fairs hold about people."""
