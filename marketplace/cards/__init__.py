"""Paying by card with Stripe: asked over the wire, never inside a transaction; what its events say, counts."""
