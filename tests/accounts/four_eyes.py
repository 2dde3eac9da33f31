"""A second officer, and what waits for one."""

from __future__ import annotations

from dataclasses import replace

from flask import Flask
from sqlalchemy import select

from marketplace import config
from marketplace.accounts import services
from marketplace.accounts.models import Approval
from marketplace.accounts.states import ApprovalState, Desk, Role
from marketplace.foundation.db import db, transaction
from tests.client import ReadingClient, another
from tests.world import PASSWORD


def second_officer(app: Flask) -> ReadingClient:
    """Four eyes on everything, and somebody who can agree at every desk, signed in."""
    app.extensions["settings"] = replace(app.extensions["settings"], four_eyes=config.FOUR_EYES_KINDS)
    with transaction():
        who = services.create_person(name="Lê Thị Thu", email="thu@demo.vn", password=PASSWORD)
        desks = [desk for desk in Desk if desk is not Desk.LEADERSHIP]
        services.add_member(
            organisation=services.alliance(name=""), person=who, role=Role.OFFICER, desks=desks
        )
    client = another(app)
    client.sign_in("thu@demo.vn")
    return client


def waiting(kind: str) -> Approval:
    """The one act of this kind that waits."""
    db.session.rollback()
    return db.session.scalars(
        select(Approval).where(Approval.kind == kind, Approval.state == ApprovalState.OPEN)
    ).one()


def agreed(proposer: ReadingClient, second: ReadingClient, kind: str) -> None:
    """Who proposed it cannot agree; the second officer looks at the subject, and agrees."""
    one = waiting(kind)
    page = f"/office/approvals/{one.ref}"
    assert proposer.send(f"{page}/agreement").status_code == 403
    shown = second.get(page)
    assert shown.status_code == 200 and one.told in shown.text
    assert second.send(f"{page}/agreement").status_code == 303
    db.session.rollback()
    assert db.session.get_one(Approval, one.id).state is ApprovalState.AGREED
