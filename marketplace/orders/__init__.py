"""Buying: the cart, the checkout, and an order's way from offer to completion."""
