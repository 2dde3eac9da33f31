"""Facts of fairs."""

from marketplace.fairs.events.application import FairApplicationFilled

__all__ = ["FairApplicationFilled"]
