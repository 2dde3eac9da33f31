"""Pages of deals that began at fairs."""
