"""What members and others ask advice and legal help about."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class AdviceMatter(StrEnum):
    FOUNDING = "founding"
    LAW = "law"
    CONTRACT = "contract"
    LAND = "land"
    TAX = "tax"
    LABOUR = "labour"
    CAPITAL = "capital"
    BRAND = "brand"
    DISPUTE = "dispute"
    OTHER = "other"


ADVICE_LABELS = {
    AdviceMatter.FOUNDING: _l("Founding, re-registering, dissolving"),
    AdviceMatter.LAW: _l("Law on Cooperatives, charter, meetings"),
    AdviceMatter.CONTRACT: _l("Contracts"),
    AdviceMatter.LAND: _l("Land and its use"),
    AdviceMatter.TAX: _l("Taxes and books"),
    AdviceMatter.LABOUR: _l("Work and insurance"),
    AdviceMatter.CAPITAL: _l("Capital and support policies"),
    AdviceMatter.BRAND: _l("Brands and quality papers"),
    AdviceMatter.DISPUTE: _l("Disputes"),
    AdviceMatter.OTHER: _l("Other advice"),
}
