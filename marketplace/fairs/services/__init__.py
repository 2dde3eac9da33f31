"""Verbs of fairs, one noun per file."""

from marketplace.fairs.services.application import Wished, begin, set_goods, set_needs, set_place
from marketplace.fairs.services.decision import prepare_from_run

__all__ = ["Wished", "begin", "prepare_from_run", "set_goods", "set_needs", "set_place"]
