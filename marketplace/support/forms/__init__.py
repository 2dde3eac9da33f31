"""What is filled in about support."""
