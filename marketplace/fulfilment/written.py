"""What a slip of acceptance says on paper: frozen when it counts."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.cooperatives import queries as cooperatives
from marketplace.documents.kinds import document_kind
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l, in_both, pick
from marketplace.fulfilment import queries
from marketplace.fulfilment.models import Acceptance, AcceptanceLine
from marketplace.fulfilment.states import FATE_LABELS, REJECTION_LABELS, Fate


def about(acceptance: Acceptance) -> str:
    return f"acceptance:{acceptance.id}"


def _sees(user: Any, document: IssuedDocument) -> bool:
    """The buyer, and the lead of a pool."""
    slip = queries.acceptance.by_id(int(document.about.partition(":")[2]))
    if slip is None:
        return False
    sides = {slip.contract.buyer_id, slip.contract.cooperative.organisation_id}
    return bool(sides & {*user.organisation_ids})


def _outline(told: Any) -> list[tuple[Any, str]]:
    return [
        (_l("Contract"), told["contract"]),
        (_l("Delivery slip"), told["delivery"]),
        (_l("Goods"), pick(told["goods_vi"], told["goods_en"])),
        (_l("Goods accepted"), _kg(told["accepted"])),
        (_l("Refused at the depot"), _kg(told["rejected"])),
    ]


def _kg(kg: Decimal) -> str:
    """In full, as the paper says it."""
    return f"{formats.number(kg, locale())} kg"


SLIP = document_kind(
    name="fulfilment.acceptance",
    label=_l("Slip of acceptance"),
    prefix="NT",
    templates={1: "fulfilment/paper/acceptance.html"},
    sees=_sees,
    outline=_outline,
)


def slip_of(acceptance: Acceptance) -> dict[str, Any]:
    delivery, contract = acceptance.delivery, acceptance.contract
    return {
        "seller": cooperatives.letterhead(delivery.cooperative),
        "buyer": contract.buyer.name,
        "number": acceptance.number,
        "contract": contract.number or "",
        "delivery": delivery.number,
        "vehicle": delivery.vehicle,
        "lots": ", ".join(delivery.lot_codes),
        "goods_vi": delivery.goods_vi,
        "goods_en": delivery.goods_en,
        "arrived_at": acceptance.arrived_at,
        "gross": acceptance.gross,
        "tare": acceptance.tare,
        "deducted": acceptance.deducted,
        "net": acceptance.net,
        "lines": [_line(line) for line in acceptance.lines],
        "accepted": acceptance.accepted,
        "rejected": acceptance.rejected,
        "words": acceptance.words,
        "buyer_name": acceptance.buyer_name,
        "buyer_signed_at": acceptance.buyer_signed_at,
        "seller_name": acceptance.seller_name,
        "seller_signed_at": acceptance.seller_signed_at,
        "by_silence": acceptance.by_silence,
        "state": str(acceptance.state),
    }


def _line(line: AcceptanceLine) -> dict[str, Any]:
    why, fate = line.why, line.fate
    return {
        "grade": line.grade,
        "kg": line.kg,
        "why": in_both(lambda: REJECTION_LABELS[why]) if why is not None else None,
        "fate": in_both(lambda: FATE_LABELS[Fate(fate)]) if fate else None,
        "words": line.words,
    }
