"""What is printed about fairs, and pressed into PDF by the worker, one noun per file."""

from marketplace.fairs.papers import catalogue, meeting, sign

__all__ = ["catalogue", "meeting", "sign"]
