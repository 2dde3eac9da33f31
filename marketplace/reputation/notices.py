"""Letters about buyers' words."""

from __future__ import annotations

from typing import Any

from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import tell
from marketplace.orders.models import Order
from marketplace.orders.notices.order import buyer_of
from marketplace.reputation import queries
from marketplace.reputation.models import BuyersWords
from marketplace.reputation.states import APPEAL_LABELS, HIDE_LABELS, HideReason

topic(
    "words",
    _l("Words about orders"),
    _l("You are asked how it was, and told of answers."),
    order=40,
)


def _sample() -> dict[str, Any]:
    return {
        "number": "DL-2026-000123",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Nguyễn Thị Lan",
        "said": "Cà rốt tươi, giao đúng giờ.",
        "reason": str(HIDE_LABELS[HideReason.INSULT]),
        "day": "05/12/2026",
    }


for _kind, _subject, _sentence, _acts in (
    (
        "words.asked",
        _l("How was order %(number)s?"),
        _l("A few words help others to choose, and %(seller)s to do well. There are no stars to give."),
        ("reputation.say",),
    ),
    (
        "words.written",
        _l("Order %(number)s: the buyer wrote some words"),
        _l("%(buyer)s writes: “%(said)s” You can answer once."),
        (),
    ),
    (
        "words.answered",
        _l("Order %(number)s: an answer to your words"),
        _l("%(seller)s answers: “%(said)s”"),
        (),
    ),
    (
        "words.hidden",
        _l("Order %(number)s: the words are hidden"),
        _l("The alliance hid what was written. The reason: %(reason)s. Both sides still read it here."),
        (),
    ),
    (
        "words.hidden_own",
        _l("Order %(number)s: your words are hidden"),
        _l(
            "The alliance hid what you wrote about order %(number)s. The reason: %(reason)s. You and the seller still "
            "read it. If this is wrong, you can appeal until %(day)s."
        ),
        ("reputation.appeal",),
    ),
    (
        "words.appealed",
        _l("An appeal: words about order %(number)s"),
        _l("The buyer writes: “%(said)s” Another officer than who hid the words answers."),
        (),
    ),
    (
        "words.appeal_answered",
        _l("Order %(number)s: the answer to your appeal"),
        _l("%(reason)s. The answer: %(said)s"),
        (),
    ),
    (
        "words.reported",
        _l("Words to look at: order %(number)s"),
        _l("Somebody finds the words about order %(number)s of %(seller)s wrong."),
        (),
    ),
):
    letter(_kind, subject=_subject, sentence=_sentence, sample=_sample, acts=_acts)


def ask(order: Order) -> None:
    """Some days after receipt."""
    _to_buyer(order, "words.asked", about=order.id)


def written(words: BuyersWords) -> None:
    _to_seller(words, "words.written", said=words.words)


def answered(words: BuyersWords) -> None:
    _to_buyer(words.order, "words.answered", said=words.answer)


def hidden(words: BuyersWords) -> None:
    assert words.hidden_for is not None, "hidden a moment ago"
    for language, send in ((words.order.group.locale, _hidden_to_buyer), ("vi", _hidden_to_seller)):
        with in_language(language):
            send(words, str(HIDE_LABELS[words.hidden_for]).lower())


def _hidden_to_buyer(words: BuyersWords, reason: str) -> None:
    day = formats.date(queries.appealed_until(words), words.order.group.locale)
    turn = f":{words.hidden_at:%Y%m%d%H%M%S}"
    _to_buyer(words.order, "words.hidden_own", about=words.id, turn=turn, reason=reason, day=day)


def _hidden_to_seller(words: BuyersWords, reason: str) -> None:
    _to_seller(words, "words.hidden", reason=reason)


def appealed(words: BuyersWords) -> None:
    found = queries.last_appeal(words)
    assert found is not None, "appealed a moment ago"
    tell(
        officers=True,
        kind="words.appealed",
        url=f"/office/words/{words.ref}",
        key=f"words.appealed:{found.id}",
        **{**_values(words.order), "said": found.why},
    )


def appeal_answered(words: BuyersWords) -> None:
    found = queries.last_appeal(words)
    assert found is not None and found.outcome is not None, "answered a moment ago"
    with in_language(words.order.group.locale):
        outcome = str(APPEAL_LABELS[found.outcome])
    _to_buyer(
        words.order, "words.appeal_answered", turn=f":{found.id}", reason=outcome, said=_ended(found.answer)
    )


def _ended(sentence: str) -> str:
    return sentence if sentence.endswith((".", "!", "?")) else f"{sentence}."


def reported(words: BuyersWords) -> None:
    count = len(words.reports)
    tell(
        officers=True,
        kind="words.reported",
        url=f"/office/words/{words.ref}",
        key=f"words.reported:{words.id}:{count}",
        **_values(words.order),
    )


def _to_buyer(order: Order, kind: str, *, about: int | None = None, turn: str = "", **more: Any) -> None:
    tell(
        kind=kind,
        url=f"/orders/{order.ref}/words",
        key=f"{kind}:{order.id}{turn}",
        about=about,
        **buyer_of(order),
        **{**_values(order), **more},
    )


def _to_seller(words: BuyersWords, kind: str, **more: Any) -> None:
    order = words.order
    tell(
        organisation_id=order.cooperative.organisation_id,
        kind=kind,
        url=f"/desk/orders/{order.number}/words",
        key=f"{kind}:{order.id}:seller",
        **{**_values(order), **more},
    )


def _values(order: Order) -> dict[str, Any]:
    return {
        "number": order.number,
        "seller": order.cooperative.name,
        "buyer": order.group.buyer_name,
        "said": "",
        "reason": "",
        "day": "",
    }
