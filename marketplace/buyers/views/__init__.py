"""Pages of a buying organisation about itself."""
