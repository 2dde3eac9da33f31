"""Organisations that help cooperatives, and with what."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class PartnerKind(StrEnum):
    INTERNATIONAL = "international"
    DOMESTIC = "domestic"


class HelpKind(StrEnum):
    MONEY = "money"
    IN_KIND = "in_kind"
    KNOWLEDGE = "knowledge"


PARTNER_LABELS = {
    PartnerKind.INTERNATIONAL: _l("International"),
    PartnerKind.DOMESTIC: _l("In Vietnam"),
}
HELP_LABELS = {
    HelpKind.MONEY: _l("Money"),
    HelpKind.IN_KIND: _l("In kind"),
    HelpKind.KNOWLEDGE: _l("Experience and advice"),
}
