"""Drawings of the shop: produce, scenes, the season strip."""
