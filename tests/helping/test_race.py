"""Two processes, two officers: one call is followed once, one complaint confirmed, taken, answered and closed once."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from sqlalchemy import func, select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.foundation import clock
from marketplace.foundation.audit import AuditEntry
from marketplace.foundation.db import db, transaction
from marketplace.helping import services
from marketplace.helping.models import AllianceComplaint, PhoneCall
from marketplace.helping.states import ComplaintState, Topic
from tests import rivals
from tests.rivals import act
from tests.world import PASSWORD, World

ACTS = "tests.helping.rival_acts"
ONE = Counter({"done": 1, "answered": 3})


def colleague() -> Person:
    with transaction():
        person = accounts.create_person(name="Lê Thị Thu", email="thu@demo.vn", password=PASSWORD)
        accounts.add_member(
            organisation=accounts.alliance(name=""), person=person, role=Role.OFFICER, desks=[Desk.TRADE]
        )
    return person


def told(kind: str) -> int:
    query = select(func.count()).select_from(AuditEntry).where(AuditEntry.kind == kind)
    return db.session.scalar(query) or 0


def test_a_call_is_followed_by_one_of_two(world: World, database_url: str, tmp_path: Path) -> None:
    officers = world.officer.id, colleague().id
    with transaction():
        call = services.note_call(
            caller="Ông Hùng", topic=Topic.TRADE, words="Hỏi giá", cooperative=world.dong_lac,
            follow_up_on=clock.today(), on_the_line=True, by=world.officer,
        )  # fmt: skip
    number = call.id
    db.session.rollback()
    sides = [[act(f"{ACTS}:end", person=each, call=number)] * 2 for each in officers]
    assert rivals.at_once(database_url, tmp_path, sides) == Counter({"done": 4}), (
        "it is over, whoever says so"
    )
    sides = [[act(f"{ACTS}:follow", person=each, call=number)] * 2 for each in officers]
    assert rivals.at_once(database_url, tmp_path, sides) == ONE
    call = db.session.get_one(PhoneCall, number, populate_existing=True)
    assert call.done_words == f"Đã gọi lại, {call.done_by_id}" and told("PhoneCallFollowed") == 1


def test_a_complaint_has_one_answer_of_two_officers(world: World, database_url: str, tmp_path: Path) -> None:
    officers = world.officer.id, colleague().id
    with transaction():
        complaint = services.complain(
            topic=Topic.FAIR, words="Gian hàng bị đổi chỗ", person=world.household, by=world.household
        )
    number = complaint.id
    db.session.rollback()

    def at_once(step: str, **more: str) -> Counter[str]:
        sides = [[act(f"{ACTS}:{step}", person=each, complaint=number, **more)] * 2 for each in officers]
        return rivals.at_once(database_url, tmp_path, sides)

    def now() -> AllianceComplaint:
        db.session.rollback()
        return db.session.get_one(AllianceComplaint, number, populate_existing=True)

    assert at_once("confirm") == ONE
    first = now().assigned_to
    assert first is not None and first.id in officers and told("AllianceComplaintConfirmed") == 1
    with transaction():
        now().assigned_to_id = None
    found = at_once("take", seen="")
    taken = now().assigned_to
    assert taken is not None and found == ONE, "one takes it, the others read who did"
    found = at_once("answer")
    assert found == ONE and told("AllianceComplaintAnswered") == 1
    assert now().answer in {f"Trả lời của {each}" for each in officers}
    household = world.household.id
    db.session.rollback()
    mixed = [
        [act(f"{ACTS}:close", person=officers[0], complaint=number)] * 2,
        [act(f"{ACTS}:appeal", person=household, complaint=number)] * 2,
    ]
    assert rivals.at_once(database_url, tmp_path, mixed) == ONE, "closed, or opened once more: never both"
    complaint = now()
    if complaint.state is ComplaintState.CLOSED:
        assert complaint.closed_at is not None and complaint.appealed_at is None and not complaint.appeal
    else:
        assert complaint.state is ComplaintState.REOPENED and complaint.appealed_at is not None
        assert at_once("answer") == ONE and now().second_answer
        assert at_once("close") == ONE
    assert now().state is ComplaintState.CLOSED and told("AllianceComplaintClosed") == 1
