"""What is sold: categories, commodities, and each cooperative's own products of them."""
