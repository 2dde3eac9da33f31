"""Organisations that buy: depots, opening windows, required papers, who may spend how much."""
