"""What is printed about fairs, and pressed into PDF by the worker, one noun per file."""

from marketplace.fairs.papers import meeting

__all__ = ["meeting"]
