"""Who takes on what of the things that wait, and decisions for many at once."""
