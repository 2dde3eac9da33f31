"""What we write when a lot is called back: one function per letter."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.recalls.models import Recall, RecallHolding


def _sample() -> dict[str, Any]:
    """An invented recall for the preview of letters."""
    return {
        "number": "TH-2027-000003",
        "code": "1203-K7M2P",
        "goods": "Cà rốt Đồng Lạc",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Siêu thị Big Mart",
        "delivered": "PG-2027-000042",
        "kg": "1,2 tấn",
        "day": "15/03/2027",
        "reason": "Dư lượng thuốc bảo vệ thực vật vượt mức cho phép.",
        "advice": "Xin để riêng, không bán, mai hợp tác xã đến nhận lại.",
    }


topic(
    "recalls",
    _l("Recalls"),
    _l("Goods that must not be sold or eaten, and what buyers answer."),
    order=5,
)
for _kind, _subject, _sentence in (
    (
        "recalls.opened",
        _l("Please stop: lot %(code)s of %(goods)s is recalled"),
        _l(
            "%(seller)s delivered %(kg)s to you on %(day)s (%(delivered)s). Reason: %(reason)s %(advice)s"
            " Please write how much is still with you."
        ),
    ),
    (
        "recalls.lifted",
        _l("The recall of lot %(code)s is taken back"),
        _l("There was no ground to recall %(goods)s of %(seller)s: %(reason)s You may sell it again."),
    ),
    (
        "recalls.closed",
        _l("The recall of lot %(code)s is over"),
        _l("%(goods)s of %(seller)s. What was found and done: %(reason)s"),
    ),
    (
        "recalls.to_seller",
        _l("The alliance recalls your lot %(code)s"),
        _l("%(goods)s: nothing of it may leave any more. Reason: %(reason)s Please call your buyers."),
    ),
    (
        "recalls.to_officers",
        _l("%(seller)s recalls lot %(code)s"),
        _l("%(goods)s. Reason: %(reason)s Its buyers have been told."),
    ),
    (
        "recalls.answered",
        _l("%(buyer)s answered the recall of lot %(code)s"),
        _l("%(delivered)s, %(kg)s of %(goods)s. Please see what is where."),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample)


def to_buyer(holding: RecallHolding, kind: str, reason: str = "") -> None:
    """A letter to whoever holds some of it: the organisation's people, the person, or a guest by mail."""
    tell(
        kind=f"recalls.{kind}",
        url=f"/recalls/{holding.ref}",
        key=f"recalls.{kind}:{holding.id}",
        **_addressed(holding),
        **_values(holding.recall, holding, reason),
    )


def to_seller(recall: Recall) -> None:
    tell(
        organisation_id=recall.cooperative.organisation_id,
        kind="recalls.to_seller",
        url=f"/desk/recalls/{recall.ref}",
        key=f"recalls.to_seller:{recall.id}",
        **_values(recall),
    )


def to_officers(recall: Recall) -> None:
    tell(
        officers=True,
        kind="recalls.to_officers",
        url=f"/office/recalls/{recall.ref}",
        key=f"recalls.to_officers:{recall.id}",
        **_values(recall),
    )


def answered(holding: RecallHolding) -> None:
    """Each answer is told once: the last one counts."""
    assert holding.answered_at is not None, "it was answered a moment ago"
    tell(
        organisation_id=holding.recall.cooperative.organisation_id,
        kind="recalls.answered",
        url=f"/desk/recalls/{holding.recall.ref}",
        key=f"recalls.answered:{holding.id}:{holding.answered_at.isoformat()}",
        **_values(holding.recall, holding),
    )


def _addressed(holding: RecallHolding) -> dict[str, Any]:
    if holding.organisation_id is not None:
        return {"organisation_id": holding.organisation_id}
    if holding.person_id is not None:
        return {"person_id": holding.person_id}
    return {
        "contact": Contact(
            name=holding.buyer_name,
            email=holding.buyer_email,
            phone=holding.buyer_phone,
            locale=holding.locale,
        )
    }


def _values(recall: Recall, holding: RecallHolding | None = None, reason: str = "") -> dict[str, Any]:
    told = {
        "number": recall.number,
        "code": recall.lot.code,
        "goods": recall.lot.product.name_vi,
        "seller": recall.cooperative.name,
        "reason": reason or recall.reason,
        "advice": recall.advice,
    }
    if holding is None:
        return told
    return told | {
        "buyer": holding.buyer_name,
        "delivered": holding.number,
        "kg": "–" if holding.kg is None else formats.weight(holding.kg, holding.locale),
        "day": formats.date(holding.left_on, holding.locale),
    }
