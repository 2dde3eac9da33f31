"""What links in letters about fairs do."""
