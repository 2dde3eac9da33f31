"""Whoever called or complained and then goes: what they said and who they were is gone, the facts stay."""

from __future__ import annotations

import datetime as dt
import json

from sqlalchemy import text

from marketplace.accounts import holdings
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.helping import queries, services
from marketplace.helping.models import AllianceComplaint, PhoneCall
from marketplace.helping.personal import GONE
from marketplace.helping.states import ComplaintState, Topic
from marketplace.privacy import services as privacy
from marketplace.privacy import tasks
from marketplace.privacy.states import Came, Right
from tests.client import ReadingClient
from tests.world import World

NAME, PHONE, OTHER = "Nguyễn Thị Lan", "+84912000002", "+84912999888"
SAID = "Con gái tôi ở Sao Đỏ bị giao thiếu hai cân"


def called(world: World, phone: str = PHONE, caller: str = NAME) -> PhoneCall:
    with transaction():
        call = services.note_call(
            caller=caller,
            phone=phone,
            topic=Topic.TRADE,
            words=SAID,
            follow_up_on=clock.today(),
            by=world.officer,
        )
    with transaction():
        services.follow_call(call=call, words=f"Đã gọi lại cho {caller}, đơn giao bù", by=world.officer)
    return call


def complained(world: World, *, on_the_phone: bool) -> AllianceComplaint:
    told = {"name": NAME, "phone": PHONE} if on_the_phone else {"person": world.household}
    by = world.officer if on_the_phone else world.household
    with transaction():
        complaint = services.complain(
            topic=Topic.FAIR, words=SAID, against=world.kinh_mon.organisation, by=by, **told
        )
        services.confirm(complaint=complaint, by=world.officer)
        services.answer(complaint=complaint, words=f"Liên minh xin lỗi {NAME}, số {PHONE}.", by=world.officer)
        services.appeal(complaint=complaint, words=f"{SAID}, vẫn chưa xong", by=by)
        services.answer(complaint=complaint, words="Đã giao bù.", by=world.officer)
        services.close(complaint=complaint, by=world.officer)
    return complaint


def gone(world: World) -> None:
    with transaction():
        privacy.ask(kind=Right.ERASE, came=Came.ACCOUNT, person=world.household, by=world.household)
    with clock.standing_at(clock.now() + dt.timedelta(days=15)):
        tasks.erase_what_is_due()
    db.session.expire_all()
    assert world.household.erased_at is not None


def everything() -> str:
    """All that stands in the tables of helping, as text."""
    tables = ("phone_calls", "alliance_complaints")
    rows = [row._asdict() for table in tables for row in db.session.execute(text(f"SELECT * FROM {table}"))]
    return json.dumps(rows, ensure_ascii=False, default=str)


def test_their_words_are_gone_and_the_facts_stay(world: World, client: ReadingClient) -> None:
    call = called(world)
    own, told = complained(world, on_the_phone=False), complained(world, on_the_phone=True)
    years = queries.complaints_by_year()
    kept = [
        (each.topic, each.year, each.received_at, each.answered_late, each.closed_at) for each in (own, told)
    ]
    at, done = call.at, call.done_at
    before = everything()
    assert SAID in before and NAME in before and PHONE in before, "else this test could not fail"
    gone(world)
    after = everything()
    for trace in (SAID, NAME, PHONE, "912000002", "household@demo.vn"):
        assert trace not in after, trace
    assert (call.words, call.phone, call.topic, call.at, call.done_at) == (GONE, "", Topic.TRADE, at, done)
    assert call.caller.startswith("Người cũ ") and "đơn giao bù" in call.done_words, (
        "what the office did stays"
    )
    for complaint in (own, told):
        assert complaint.state is ComplaintState.CLOSED
        assert (complaint.words, complaint.appeal, complaint.phone) == (GONE, GONE, "")
        assert complaint.name.startswith("Người cũ ") and complaint.second_answer == "Đã giao bù."
        assert (
            complaint.answer.startswith("Liên minh xin lỗi ")
            and complaint.against_id == world.kinh_mon.organisation_id
        )
    again = [
        (each.topic, each.year, each.received_at, each.answered_late, each.closed_at) for each in (own, told)
    ]
    assert again == kept and queries.complaints_by_year() == years, "the figures of the year are the same"
    client.sign_in("officer@demo.vn")
    for page in (f"/office/phone/{call.ref}", f"/office/complaints/{own.ref}", "/office/phone?tab=all"):
        shown = client.get(page).text
        assert GONE in shown or "tab=all" in page
        assert SAID not in shown and NAME not in shown


def test_others_who_called_keep_their_words(world: World) -> None:
    other = called(world, OTHER, "Phạm Thị Mai")
    complained(world, on_the_phone=False)
    gone(world)
    assert (other.words, other.caller, other.phone) == (SAID, "Phạm Thị Mai", OTHER)


def test_a_copy_shows_what_they_wrote_and_no_call(world: World) -> None:
    called(world)
    own = complained(world, on_the_phone=False)
    complained(world, on_the_phone=True)
    told = holdings.copied(holdings.Identity("Người cũ", person_id=world.household.id))
    shelf = told["helping"]["alliance_complaints"]
    assert [row["ref"] for row in shelf] == [own.ref] and shelf[0]["words"] == SAID
    assert "phone_calls" not in told["helping"], "anybody may say that a number is theirs"


def test_an_open_complaint_is_still_to_be_answered_without_its_words(world: World) -> None:
    with transaction():
        complaint = services.complain(
            topic=Topic.OFFICER, words=SAID, person=world.household, by=world.household
        )
        services.confirm(complaint=complaint, by=world.officer)
    gone(world)
    assert complaint.state is ComplaintState.WORKING and complaint.words == GONE and not complaint.appeal
    with transaction():
        services.answer(complaint=complaint, words="Người gửi đã rời chợ.", by=world.officer)
    assert complaint.state is ComplaintState.ANSWERED
