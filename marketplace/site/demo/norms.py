"""Norms of support for the demonstration. No act of the province was found: these are examples, and say so."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.money import Money
from marketplace.support import services
from marketplace.support.computing import HeadTerms
from marketplace.support.states import ActivityKind, EvidenceKind, Head, Per

WHOLE = Decimal(100)
EXAMPLES: tuple[dict[str, Any], ...] = (
    {
        "act_number": "Ví dụ 01",
        "act_name": "Mức hỗ trợ tham gia hội chợ trong tỉnh (ví dụ)",
        "kind": ActivityKind.FAIR_IN_PROVINCE,
        "heads": [HeadTerms(Head.BOOTH, WHOLE, Money(5_000_000), Per.BOOTH)],
        "evidence": [EvidenceKind.CONTRACT, EvidenceKind.INVOICE, EvidenceKind.PHOTOS],
    },
    {
        "act_number": "Ví dụ 02",
        "act_name": "Mức hỗ trợ tham gia hội chợ ngoài tỉnh (ví dụ)",
        "kind": ActivityKind.FAIR_OUT_OF_PROVINCE,
        "heads": [
            HeadTerms(Head.BOOTH, WHOLE, Money(10_000_000)),
            HeadTerms(Head.TRANSPORT, WHOLE, Money(3_000_000)),
        ],
        "advance_rate": Decimal(50),
        "evidence": [
            EvidenceKind.CONTRACT,
            EvidenceKind.INVOICE,
            EvidenceKind.PAYMENT,
            EvidenceKind.PHOTOS,
        ],
    },
)


def examples(officer: Any) -> int:
    """In force since the beginning of last year; returns how many."""
    since = dt.date(clock.today().year - 1, 1, 1)
    for told in EXAMPLES:
        services.add_norm(**told, valid_from=since, is_example=True, by=officer)
    return len(EXAMPLES)
