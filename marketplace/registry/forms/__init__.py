"""What officers fill in about the life of members, one noun per file."""
