"""Facts of fairs."""
