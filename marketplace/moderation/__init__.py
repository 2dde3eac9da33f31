"""What visitors find wrong, what is taken down for it, and how its owner appeals."""
