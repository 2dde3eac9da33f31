"""Dossiers: which papers a cooperative's product has on a day of delivery, against what a buyer wants."""
