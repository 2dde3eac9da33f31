"""What of the registry waits for officers."""

from __future__ import annotations

import datetime as dt
from typing import Any

from flask import url_for

from marketplace.cooperatives import policies, queries, services
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import MEMBER_LABELS, PAPER_LABELS, PaperState
from marketplace.foundation import clock
from marketplace.foundation.db import Page
from marketplace.foundation.morning import Decision, Waiting, queue
from marketplace.foundation.words import _l

RUNNING_OUT_DAYS = 30


def _admit(cooperative: Cooperative, by: Any) -> None:
    services.advance(cooperative=cooperative, step="admit", reason="", by=by)


def _refuse_admission(cooperative: Cooperative, by: Any) -> None:
    services.take_back_admission(cooperative=cooperative, by=by)


def _verify(certificate: Certificate, by: Any) -> None:
    services.verify_certificate(certificate=certificate, by=by, seen=PaperState.WAITING)


def _unverify(certificate: Certificate, by: Any) -> None:
    services.take_back_verification(certificate=certificate, by=by)


@queue(
    "applications",
    place="office_members.members",
    label=_l("Asking to join"),
    icon="people",
    door=policies.keeps_registry,
    order=10,
    decisions=[
        Decision(
            key="admit",
            label=_l("Admit"),
            told=_l("They are admitted to the market and told by letter."),
            load=lambda key: queries.by_id(int(key)),
            act=_admit,
            undo=_refuse_admission,
        )
    ],
)
def applications(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.applications(size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            str(MEMBER_LABELS[row.state]),
            row.name,
            url_for("office_members.one", member=row.slug),
            since=row.created_at,
        )
    )


@queue(
    "certificates",
    place="office_members.members",
    label=_l("Certificates to check"),
    icon="doc",
    door=policies.keeps_registry,
    order=12,
    decisions=[
        Decision(
            key="verify",
            label=_l("Mark as verified"),
            told=_l("They count from now on, show on the products, and the cooperatives are told by letter."),
            load=lambda key: queries.certificate(int(key)),
            act=_verify,
            undo=_unverify,
        )
    ],
)
def certificates(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.waiting_certificates(size, after)
    return page.map(
        lambda paper: Waiting(
            str(paper.id),
            _named(paper.kind, paper.number),
            paper.cooperative.name,
            url_for("office_members.certificates"),
            since=paper.added_at,
        )
    )


@queue("expiring", label=_l("Papers that run out"), icon="clock", door=policies.keeps_registry, order=14)
def expiring(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    """From a month before their last day until a month after, while no newer paper of the kind is there."""
    today, days = clock.today(), dt.timedelta(days=RUNNING_OUT_DAYS)
    page = queries.running_out(today - days, today + days, size, after)
    return page.map(
        lambda row: Waiting(
            str(row.id),
            _named(row.kind, row.number),
            row.name,
            url_for("office_members.one", member=row.slug),
            due=row.expires_on,
        )
    )


@queue(
    "accounts",
    place="office_members.accounts",
    label=_l("Bank accounts to check"),
    icon="money",
    door=policies.checks_accounts,
    order=16,
)
def accounts(_user: Any, size: int, after: str | None) -> Page[Waiting]:
    page = queries.waiting_accounts(size, after)
    return page.map(
        lambda row: Waiting(
            str(row[0].id),
            row[0].holder,
            row[1].name,
            url_for("office_members.accounts"),
            since=row[0].asked_at,
        )
    )


def _named(kind: Any, number: str) -> str:
    return " ".join(part for part in (str(PAPER_LABELS[kind]), number) if part)
