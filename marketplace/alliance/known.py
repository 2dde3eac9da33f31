"""Everything that the alliance sets: its settings, and its own words for letters and pages."""

from __future__ import annotations

from typing import Any

from flask import url_for

from marketplace.alliance.named import GROUPS, NAMED
from marketplace.config import RULES, Rule
from marketplace.foundation.media.mark import MarkRule
from marketplace.foundation.wording import WORDINGS
from marketplace.foundation.words import _l

LOGO = "logo"
LOGO_RULE = MarkRule()


def rule_of(name: str) -> Rule | None:
    """None for what is not the office's."""
    if name in NAMED:
        return RULES[name]
    if name == LOGO:
        return LOGO_RULE
    return WORDINGS[name].rule if name in WORDINGS else None


def label_of(name: str) -> Any:
    if name == LOGO:
        return _l("The sign of the alliance")
    return NAMED[name].label if name in NAMED else WORDINGS[name].label


def group_of(name: str) -> Any:
    return GROUPS[NAMED[name].group] if name in NAMED else _l("Words of letters and pages")


def address_of(name: str) -> tuple[str, dict[str, Any]]:
    """The page of one: its endpoint, and what stands in its address."""
    if name == LOGO:
        return "office_logo.show", {}
    return ("office_settings.show" if name in NAMED else "office_wordings.show"), {"name": name}


def page_of(name: str) -> str:
    endpoint, where = address_of(name)
    return url_for(endpoint, **where)
