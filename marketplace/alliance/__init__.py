"""The alliance itself: its names, its territory, and the rules it sets for its market."""
