"""What we write about deliveries: one function per letter."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.accounts.models import Person
from marketplace.accounts.states import OrganisationKind
from marketplace.deliveries import queries
from marketplace.deliveries.models import Delivery, DeliveryLine, PointShare, Round, RoundLoad
from marketplace.deliveries.states import OFF_LABELS, OffRound
from marketplace.foundation import clock, formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell


def _sample() -> dict[str, Any]:
    """An invented delivery for the preview of letters."""
    return {
        "number": "PG-2026-000042",
        "seller": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "buyer": "Nguyễn Thị Lan",
        "goods": "Cà rốt Đồng Lạc 50 kg, Su hào 40 củ",
        "when": "Thứ Bảy 28/11/2026, 7:00–11:00",
        "carrier": "Giao Hàng Nông Sản, NS-0042",
        "point": "Nhà văn hoá Mạc Động",
        "owner": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "runner": "HTX Dịch vụ nông nghiệp Đồng Lạc",
        "day": "28/11/2026",
        "at": "6:00",
        "why": "Đơn giao này đã bị huỷ.",
    }


topic(
    "deliveries",
    _l("Deliveries"),
    _l("What is to be sent, what is on its way, what arrived."),
    order=20,
)
letter(
    "deliveries.to_send",
    subject=_l("To send: %(goods)s"),
    sentence=_l("For %(buyer)s, agreed for %(when)s. Once it is packed and on its way, press the button."),
    sample=_sample,
    acts=("deliveries.dispatch",),
)
letter(
    "deliveries.dispatched",
    subject=_l("%(seller)s: your goods are on their way"),
    sentence=_l("%(goods)s left today. Agreed: %(when)s. When they arrive, please count them and confirm."),
    sample=_sample,
    acts=("deliveries.receive",),
)
letter(
    "deliveries.dispatched_by_carrier",
    subject=_l("%(seller)s: your goods are on their way"),
    sentence=_l(
        "%(goods)s left today with %(carrier)s. Agreed: %(when)s. When they arrive, please count them and confirm."
    ),
    sample=_sample,
    acts=("deliveries.receive",),
)
letter(
    "deliveries.share_asked",
    subject=_l("%(seller)s asks to share a pick-up point"),
    sentence=_l("They would like to hand over at %(point)s too. Please say yes or no."),
    sample=_sample,
)
letter(
    "deliveries.share_agreed",
    subject=_l("You may use the pick-up point %(point)s"),
    sentence=_l("%(owner)s agreed. Your buyers can choose it from now on."),
    sample=_sample,
)
letter(
    "deliveries.share_declined",
    subject=_l("The pick-up point %(point)s is not shared with you"),
    sentence=_l("%(owner)s said no for now. You can call them, or offer a point of your own."),
    sample=_sample,
)
letter(
    "deliveries.share_ended",
    subject=_l("The pick-up point %(point)s is no longer shared"),
    sentence=_l(
        "%(seller)s no longer hands over there. Orders that chose it keep it: please settle them by phone."
    ),
    sample=_sample,
)
letter(
    "deliveries.received_less",
    subject=_l("%(number)s: less arrived than was sent"),
    sentence=_l("%(buyer)s confirmed the goods, but counted less than was sent. Please look and call."),
    sample=_sample,
)
letter(
    "deliveries.silence",
    subject=_l("%(number)s counts as received"),
    sentence=_l(
        "Nobody objected in time, so %(goods)s count as received. Something wrong? Please call %(seller)s."
    ),
    sample=_sample,
)

letter(
    "deliveries.on_round",
    subject=_l("%(number)s goes with a truck on %(day)s"),
    sentence=_l("The truck of %(runner)s comes for it at %(at)s. Please have it packed by then: %(goods)s."),
    sample=_sample,
)
letter(
    "deliveries.off_round",
    subject=_l("%(number)s is no longer on the round of %(day)s"),
    sentence=_l("%(why)s The goods: %(goods)s, from %(seller)s."),
    sample=_sample,
)
letter(
    "deliveries.round_cancelled",
    subject=_l("The round of %(day)s does not run"),
    sentence=_l("%(runner)s called it off. Please send %(number)s another way: %(goods)s."),
    sample=_sample,
)


def on_round(load: RoundLoad) -> None:
    """The sender hears when somebody else's truck comes."""
    if load.delivery.cooperative.organisation_id != load.round.runner_id:
        _to_sender("deliveries.on_round", load.round, load.delivery)


def round_cancelled(round: Round) -> None:
    for load in round.loads:
        if load.delivery.cooperative.organisation_id != round.runner_id:
            _to_sender("deliveries.round_cancelled", round, load.delivery)


def off_round(round: Round, delivery: Delivery, why: OffRound, by: Person | None) -> None:
    """Both sides hear it, but not whoever did it."""
    kind = "deliveries.off_round"
    sides = {round.runner_id, delivery.cooperative.organisation_id}
    if by is not None:
        sides -= {*by.organisation_ids}
    for organisation_id in sorted(sides):
        runs = organisation_id == round.runner_id
        tell(
            kind=kind,
            organisation_id=organisation_id,
            url=_round_url(round) if runs else f"/desk/deliveries/{delivery.ref}",
            key=f"{kind}:{round.id}:{delivery.id}:{clock.now().isoformat()}",
            **_round_values(round, delivery, why),
        )


def _to_sender(kind: str, round: Round, delivery: Delivery) -> None:
    tell(
        kind=kind,
        organisation_id=delivery.cooperative.organisation_id,
        url=f"/desk/deliveries/{delivery.ref}",
        key=f"{kind}:{round.id}:{delivery.id}:{clock.now().isoformat()}",
        **_round_values(round, delivery),
    )


def _round_url(round: Round) -> str:
    of_alliance = round.runner.kind is OrganisationKind.ALLIANCE
    return f"/office/rounds/{round.ref}" if of_alliance else f"/desk/rounds/{round.ref}"


def _round_values(round: Round, delivery: Delivery, why: OffRound | None = None) -> dict[str, Any]:
    with in_language("vi"):
        reason = str(OFF_LABELS[why]) if why is not None else ""
    return {
        **_values(delivery, "vi"),
        "day": formats.date(round.day),
        "at": formats.clock_time(round.leaves_at),
        "runner": round.runner.name,
        "why": reason,
    }


def to_send(delivery: Delivery) -> None:
    """Everybody at the cooperative: whoever is at the yard presses."""
    kind = "deliveries.to_send"
    tell(
        kind=kind,
        organisation_id=delivery.cooperative.organisation_id,
        url=f"/desk/deliveries/{delivery.ref}",
        key=f"{kind}:{delivery.id}",
        about=delivery.id,
        **_values(delivery, "vi"),
    )


def dispatched(delivery: Delivery) -> None:
    _to_buyer("deliveries.dispatched_by_carrier" if delivery.carrier else "deliveries.dispatched", delivery)


def silence(delivery: Delivery) -> None:
    _to_buyer("deliveries.silence", delivery)


def received_less(delivery: Delivery) -> None:
    kind = "deliveries.received_less"
    tell(
        kind=kind,
        organisation_id=delivery.cooperative.organisation_id,
        url=f"/desk/deliveries/{delivery.ref}",
        key=f"{kind}:{delivery.id}",
        **_values(delivery, "vi"),
    )


def share_asked(share: PointShare) -> None:
    _about_share("deliveries.share_asked", share, share.point.cooperative.organisation_id)


def share_agreed(share: PointShare) -> None:
    _about_share("deliveries.share_agreed", share, share.cooperative.organisation_id)


def share_declined(share: PointShare) -> None:
    _about_share("deliveries.share_declined", share, share.cooperative.organisation_id)


def share_ended(share: PointShare) -> None:
    """Both sides hear it, whoever ended it."""
    for cooperative in (share.point.cooperative, share.cooperative):
        _about_share("deliveries.share_ended", share, cooperative.organisation_id)


def _about_share(kind: str, share: PointShare, organisation_id: int) -> None:
    tell(
        kind=kind,
        organisation_id=organisation_id,
        url="/desk/deliveries/options",
        key=f"{kind}:{share.id}:{organisation_id}:{share.asked_at.isoformat()}",
        seller=share.cooperative.name,
        owner=share.point.cooperative.name,
        point=share.point.name_vi,
    )


def _to_buyer(kind: str, delivery: Delivery) -> None:
    to: dict[str, Any] = (
        {"person_id": delivery.contact_person_id}
        if delivery.contact_person_id is not None
        else {
            "contact": Contact(
                name=delivery.contact_name,
                email=delivery.contact_email,
                phone=delivery.contact_phone,
                locale=delivery.contact_locale,
            )
        }
    )
    link = delivery.link or f"/deliveries/{delivery.ref}/receipt"
    tell(
        kind=kind,
        url=link,
        key=f"{kind}:{delivery.id}",
        about=delivery.id,
        **to,
        **_values(delivery, delivery.contact_locale),
    )


def _values(delivery: Delivery, language: str) -> dict[str, Any]:
    with in_language(language):
        when = queries.due(delivery)
        sent = [(line.name, line.unit, _much(line)) for line in delivery.lines if _much(line)]
    return {
        "number": delivery.number,
        "seller": delivery.cooperative.name,
        "buyer": delivery.contact_name,
        "when": when,
        "carrier": ", ".join(part for part in (delivery.carrier, delivery.tracking_number) if part),
        "goods": ", ".join(f"{name} {formats.amount(much, unit, language)}" for name, unit, much in sent),
    }


def _much(line: DeliveryLine) -> Decimal:
    """What left, or before that what is agreed."""
    return line.accepted if line.dispatched is None else line.dispatched
