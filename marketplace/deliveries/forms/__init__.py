"""What sellers and buyers fill in about deliveries."""
