"""What the registry itself and the floors below it tell of a member's life."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from flask import url_for
from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from marketplace.cooperatives.models import Certificate, DossierPaper, MembershipMove
from marketplace.cooperatives.states import MOVE_LABELS, PAPER_LABELS, PAPER_STATE_LABELS, SECTOR_LABELS
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.helping.models import AllianceComplaint, PhoneCall
from marketplace.helping.states import COMPLAINT_LABELS, TOPIC_LABELS
from marketplace.registry.happenings import Line, Matter, Whose, by_id, moment, rows_of, told
from marketplace.registry.models import (
    AllianceMembership,
    Due,
    LifeEvent,
    LifeSuccessor,
    MemberSector,
    NewModelJudgement,
    Officer,
    PartnerHelp,
    Recognition,
)
from marketplace.registry.queries.life_event import standing_rows
from marketplace.registry.services.life_event import BY_RECORD
from marketplace.registry.states.due import DUE_LABELS
from marketplace.registry.states.life_event import LIFE_LABELS
from marketplace.registry.states.officer import OFFICE_LABELS
from marketplace.registry.states.recognition import RECOGNITION_LABELS
from marketplace.support.models import SupportClaim, SupportGrant, SupportPayment
from marketplace.support.states import ACTIVITY_LABELS, PAYMENT_LABELS


def _joined(parts: Sequence[Any]) -> str:
    return " · ".join(str(part) for part in parts if part)


# --- life -------------------------------------------------------------------------------------------


def _life(whose: Whose) -> Select[Any]:
    query = standing_rows().where(LifeEvent.cooperative_id.in_(whose.cooperative_ids))
    return query.with_only_columns(moment(LifeEvent.day), LifeEvent.id)


@told("life", matter=Matter.LIFE, rows=_life)
def _life_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            str(LIFE_LABELS[row.kind]),
            _joined(
                [
                    *(f"→ {each.cooperative.called}" for each in row.successors),
                    row.successor_name and f"→ {row.successor_name}",
                    "" if row.source == BY_RECORD else row.source,
                ]
            ),
        )
        for row in by_id(LifeEvent, ids)
    }


def _came(whose: Whose) -> Select[Any]:
    query = standing_rows().join(LifeSuccessor, LifeSuccessor.event_id == LifeEvent.id)
    query = query.where(LifeSuccessor.cooperative_id.in_(whose.cooperative_ids))
    return query.with_only_columns(moment(LifeEvent.day), LifeEvent.id)


@told("came_from", matter=Matter.LIFE, rows=_came)
def _came_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(f"{row.cooperative.called}: {LIFE_LABELS[row.kind]}")
        for row in by_id(LifeEvent, ids, joinedload(LifeEvent.cooperative))
    }


@told("sectors", matter=Matter.LIFE, rows=rows_of(MemberSector, MemberSector.since))
def _sector_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("Sector: %(sector)s", sector=SECTOR_LABELS[row.sector]))
        for row in by_id(MemberSector, ids)
    }


@told("new_model", matter=Matter.LIFE, rows=rows_of(NewModelJudgement, NewModelJudgement.day))
def _new_model_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _("Of the new model") if row.is_new_model else _("No longer of the new model"), row.judged_by
        )
        for row in by_id(NewModelJudgement, ids)
    }


@told("officers", matter=Matter.LIFE, rows=rows_of(Officer, Officer.appointed_on))
def _officer_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("%(who)s took office", who=row.name), row.title or str(OFFICE_LABELS[row.office]))
        for row in by_id(Officer, ids)
    }


@told("officers_left", matter=Matter.LIFE, rows=rows_of(Officer, Officer.left_on))
def _officer_left_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("%(who)s left office", who=row.name), row.title or str(OFFICE_LABELS[row.office]))
        for row in by_id(Officer, ids)
    }


# --- membership and dues ----------------------------------------------------------------------------


@told("joined", matter=Matter.MEMBERSHIP, rows=rows_of(AllianceMembership, AllianceMembership.joined_on))
def _joined_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("Joined the alliance"), row.joined_by_decision)
        for row in by_id(AllianceMembership, ids)
    }


@told("left", matter=Matter.MEMBERSHIP, rows=rows_of(AllianceMembership, AllianceMembership.left_on))
def _left_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("Left the alliance"), _joined([row.left_by_decision, row.reason]))
        for row in by_id(AllianceMembership, ids)
    }


@told("membership_moves", matter=Matter.MEMBERSHIP, rows=rows_of(MembershipMove, MembershipMove.at))
def _move_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("At the market: %(step)s", step=MOVE_LABELS[row.move]), row.reason)
        for row in by_id(MembershipMove, ids)
    }


@told("dues", matter=Matter.MEMBERSHIP, rows=rows_of(Due, Due.asked_at))
def _due_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _(
                "Dues for %(year)s asked: %(sum)s",
                year=row.year,
                sum=formats.vnd(row.amount, locale()),
            ),
            str(DUE_LABELS[row.state]),
            url_for("office_dues.one", due=row),
            url_for("desk_dues.show"),
        )
        for row in by_id(Due, ids)
    }


@told("dues_paid", matter=Matter.MEMBERSHIP, rows=rows_of(Due, Due.paid_at))
def _paid_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _("Dues for %(year)s paid: %(sum)s", year=row.year, sum=formats.vnd(row.amount, locale())),
            "",
            url_for("office_dues.one", due=row),
            url_for("desk_dues.show"),
        )
        for row in by_id(Due, ids)
    }


# --- papers, honours, help --------------------------------------------------------------------------


@told("certificates", matter=Matter.PAPERS, rows=rows_of(Certificate, Certificate.added_at))
def _certificate_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _("Certificate: %(paper)s", paper=PAPER_LABELS[row.kind]),
            _joined([row.number, PAPER_STATE_LABELS[row.state]]),
        )
        for row in by_id(Certificate, ids)
    }


@told("dossier", matter=Matter.PAPERS, rows=rows_of(DossierPaper, DossierPaper.added_at))
def _dossier_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(_("Paper of the dossier: %(title)s", title=row.title))
        for row in by_id(DossierPaper, ids)
    }


def _honours(whose: Whose) -> Select[Any]:
    day = Recognition.decided_on
    query = select(moment(day), Recognition.id).where(Recognition.cooperative_id.in_(whose.cooperative_ids))
    return query.where(Recognition.withdrawn_at.is_(None))


@told("honours", matter=Matter.HONOURS, rows=_honours)
def _honour_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            f"{RECOGNITION_LABELS[row.kind]}, {row.year}",
            _joined([row.person_name, row.decision, row.given_by]),
        )
        for row in by_id(Recognition, ids)
    }


def _helps(whose: Whose) -> Select[Any]:
    return rows_of(PartnerHelp, PartnerHelp.day)(whose).where(PartnerHelp.withdrawn_at.is_(None))


@told("partner_helps", matter=Matter.SUPPORT, rows=_helps)
def _help_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            f"{row.partner.name}: {row.activity}", formats.vnd(row.amount, locale()) if row.amount else ""
        )
        for row in by_id(PartnerHelp, ids, joinedload(PartnerHelp.partner))
    }


@told("support", matter=Matter.SUPPORT, rows=rows_of(SupportGrant, SupportGrant.granted_at))
def _grant_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _("Support promised: %(sum)s", sum=formats.vnd(row.total, locale())),
            str(ACTIVITY_LABELS[row.kind]),
            url_for("support_budgets.grant", grant=row),
            url_for("support.grant", grant=row),
        )
        for row in by_id(SupportGrant, ids)
    }


def _payments(whose: Whose) -> Select[Any]:
    return (
        select(moment(SupportPayment.at), SupportPayment.id)
        .join(SupportClaim, SupportClaim.id == SupportPayment.claim_id)
        .join(SupportGrant, SupportGrant.id == SupportClaim.grant_id)
        .where(SupportGrant.cooperative_id.in_(whose.cooperative_ids))
    )


@told("support_payments", matter=Matter.SUPPORT, rows=_payments)
def _payment_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        row.id: Line(
            _(
                "Support, %(what)s: %(sum)s",
                what=PAYMENT_LABELS[row.kind],
                sum=formats.vnd(row.amount, locale()),
            )
        )
        for row in by_id(SupportPayment, ids)
    }


# --- the office -------------------------------------------------------------------------------------


@told("phone_calls", matter=Matter.SUPPORT, rows=rows_of(PhoneCall, PhoneCall.at))
def _calls(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Call on the telephone: %(topic)s", topic=TOPIC_LABELS[each.topic]),
            each.caller,
            url_for("office_phone.show", phone_call=each),
        )
        for each in by_id(PhoneCall, ids)
    }


def _complaints(whose: Whose) -> Select[Any]:
    """Brought by the member; those against it stay between the alliance and whoever complained."""
    query = select(moment(AllianceComplaint.received_at), AllianceComplaint.id)
    return query.where(AllianceComplaint.organisation_id.in_(whose.organisation_ids))


@told("alliance_complaints", matter=Matter.COMPLAINTS, rows=_complaints)
def _complaint_lines(ids: Sequence[int]) -> dict[int, Line]:
    return {
        each.id: Line(
            _("Complaint to the alliance: %(topic)s", topic=TOPIC_LABELS[each.topic]),
            str(COMPLAINT_LABELS[each.state]),
            url_for("office_complaints.show", any_complaint=each),
        )
        for each in by_id(AllianceComplaint, ids)
    }
