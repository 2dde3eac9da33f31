"""News and publicity: articles, the page of a product's season, the newsletter."""
