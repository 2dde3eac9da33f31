"""What waits for officers: whose it is, until when it is put off, and what is decided for many at once."""

from __future__ import annotations

import datetime as dt
import html
import re
from collections.abc import Iterator
from typing import Any

import pytest
from sqlalchemy import func, select

from marketplace import areas
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives import services as registry
from marketplace.cooperatives.models import Certificate, MembershipMove
from marketplace.cooperatives.policies import keeps_registry
from marketplace.cooperatives.states import Kind, MemberState, PaperKind, PaperState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import Page, db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.morning import QUEUES, Queue, queues_of
from marketplace.inbox import services as inbox
from marketplace.inbox.models import Entry, Notice
from marketplace.inbox.states import EntryState
from marketplace.registry import queries as lives
from marketplace.worklist import queries, services
from marketplace.worklist.models import BulkRun, TaskMark
from marketplace.worklist.states import Whose
from tests.statements import queries_sent

pytestmark = pytest.mark.database
PAPERS = "certificates"


@pytest.fixture(autouse=True)
def _on_a_page(request: pytest.FixtureRequest, app) -> Iterator[None]:
    """Rows name the pages where they are done: whoever asks for them stands on one."""
    if "client" in request.fixturenames:
        yield
    else:
        with app.test_request_context("/office"):
            yield


def papers(world, count: int) -> list[str]:
    """So many papers wait to be verified; their keys."""
    with transaction():
        home = db.session.merge(world.dong_lac)
        made = [
            registry.add_certificate(
                cooperative=home, kind=PaperKind.VIETGAP, number=f"VG-{number}", issued_on=clock.today()
            )
            for number in range(count)
        ]
        return [str(each.id) for each in made]


def applications(count: int) -> list[str]:
    with transaction():
        made = [registry.enter(kind=Kind.COOPERATIVE, name=f"HTX Mới {number}") for number in range(count)]
        return [str(each.id) for each in made]


def colleague(world, *desks: Desk, name: str = "Phạm Văn Tú") -> Person:
    with transaction():
        found = accounts.create_person(
            name=name, email=f"{desks[0]}{len(name)}@lm.vn", password="ruong-lua-xanh"
        )
        accounts.add_member(
            organisation=accounts.alliance(name=""), person=found, role=Role.OFFICER, desks=list(desks)
        )
        return found


def lane(world, key: str = PAPERS, whose: Whose = Whose.ALL, user: Person | None = None):
    return queries.lane(QUEUES[key], db.session.merge(user or world.officer), whose)


def keys_in(found) -> list[str]:
    return [task.row.key for task in found.tasks]


def decide(world, key: str, decision: str, keys: list[str], ref: str = "one") -> BulkRun:
    with transaction():
        queue = QUEUES[key]
        return services.decide(
            queue=queue,
            decision=queue.decision(decision),
            keys=keys,
            ref=ref,
            by=db.session.merge(world.officer),
        )


def undo(world, run: BulkRun) -> int:
    with transaction():
        return services.undo(run=queries.run_by_ref(run.ref), by=db.session.merge(world.officer))


def states(keys: list[str]) -> set[PaperState]:
    found = select(Certificate.state).where(Certificate.id.in_([int(key) for key in keys]))
    return set(db.session.scalars(found))


# --- marks ------------------------------------------------------------------------------------------


def test_what_one_takes_on_is_theirs_and_stays_among_what_waits(app, world) -> None:
    first, second = papers(world, 2)
    with transaction():
        services.take_on(queue=QUEUES[PAPERS], keys=[first], by=db.session.merge(world.officer))
    assert keys_in(lane(world, whose=Whose.MINE)) == [first]
    assert {first, second} <= set(keys_in(lane(world)))
    assert [task.mark.person.name for task in lane(world, whose=Whose.MINE).tasks] == [world.officer.name]


def test_what_is_put_off_comes_back_on_its_day(app, world, monkeypatch) -> None:
    first, second = papers(world, 2)
    until = clock.today() + dt.timedelta(days=2)
    with transaction():
        services.put_off(
            queue=QUEUES[PAPERS],
            keys=[first],
            until=until,
            note="chờ bản gốc",
            by=db.session.merge(world.officer),
        )
    assert first not in keys_in(lane(world)) and second in keys_in(lane(world))
    assert keys_in(lane(world, whose=Whose.LATER)) == [first]
    monkeypatch.setattr(clock, "today", lambda: until)
    assert first in keys_in(lane(world))
    assert keys_in(lane(world, whose=Whose.LATER)) == []


@pytest.mark.parametrize("days", [0, -1, 91])
def test_a_day_to_put_off_until_lies_ahead_and_near(app, world, days: int) -> None:
    [key] = papers(world, 1)
    with pytest.raises(Refusal) as refused, transaction():
        services.put_off(
            queue=QUEUES[PAPERS],
            keys=[key],
            until=clock.today() + dt.timedelta(days=days),
            note="",
            by=db.session.merge(world.officer),
        )
    assert refused.value.field == "until"
    assert db.session.scalar(select(func.count(TaskMark.id))) == 0


def test_one_hands_over_to_a_colleague_of_the_desk_with_a_word(app, world) -> None:
    [key] = papers(world, 1)
    other, trader = colleague(world, Desk.REGISTRY), colleague(world, Desk.TRADE, name="Lê Thị Mai")
    queue = QUEUES[PAPERS]
    for to, note, field in ((other, " ", "note"), (trader, "xem hộ", "to")):
        with pytest.raises(Refusal) as refused, transaction():
            services.hand_over(
                queue=queue,
                keys=[key],
                to=db.session.merge(to),
                note=note,
                by=db.session.merge(world.officer),
            )
        assert refused.value.field == field
    with transaction():
        services.hand_over(
            queue=queue,
            keys=[key],
            to=db.session.merge(other),
            note="Chị gọi hỏi giúp HTX",
            by=db.session.merge(world.officer),
        )
    assert keys_in(lane(world, whose=Whose.MINE)) == []
    mine = lane(world, whose=Whose.MINE, user=other)
    assert [(task.row.key, task.mark.note) for task in mine.tasks] == [(key, "Chị gọi hỏi giúp HTX")]


def test_what_is_let_go_is_nobodys(app, world) -> None:
    [key] = papers(world, 1)
    given = {"queue": QUEUES[PAPERS], "keys": [key]}
    with transaction():
        services.take_on(**given, by=db.session.merge(world.officer))
    with transaction():
        assert services.let_go(**given, by=db.session.merge(world.officer)) == 1
    assert db.session.scalar(select(func.count(TaskMark.id))) == 0
    assert keys_in(lane(world, whose=Whose.MINE)) == []


def test_nothing_is_marked_that_does_not_wait(app, world) -> None:
    [key] = papers(world, 1)
    decide(world, PAPERS, "verify", [key])
    with pytest.raises(Refusal), transaction():
        services.take_on(queue=QUEUES[PAPERS], keys=[key, "no-such"], by=db.session.merge(world.officer))
    assert db.session.scalar(select(func.count(TaskMark.id))) == 0


def test_old_marks_are_forgotten(app, world, monkeypatch) -> None:
    [key] = papers(world, 1)
    with transaction():
        services.take_on(queue=QUEUES[PAPERS], keys=[key], by=db.session.merge(world.officer))
    with transaction():
        services.forget_old_marks()
    assert db.session.scalar(select(func.count(TaskMark.id))) == 1
    later = clock.now() + dt.timedelta(days=200)
    monkeypatch.setattr(clock, "now", lambda: later)
    with transaction():
        services.forget_old_marks()
    assert db.session.scalar(select(func.count(TaskMark.id))) == 0


# --- decisions for many -------------------------------------------------------------------------------


def test_papers_are_verified_for_many_and_taken_back_within_minutes(app, world) -> None:
    keys = papers(world, 3)
    run = decide(world, PAPERS, "verify", keys)
    assert states(keys) == {PaperState.VERIFIED}
    assert not set(keys) & set(keys_in(lane(world)))
    assert undo(world, run) == 3
    assert states(keys) == {PaperState.WAITING}
    assert set(keys) <= set(keys_in(lane(world)))
    assert undo(world, run) == 0, "twice is once"


def test_a_decision_that_arrives_twice_is_done_once(app, world) -> None:
    keys = papers(world, 2)
    first = decide(world, PAPERS, "verify", keys)
    second = decide(world, PAPERS, "verify", keys)
    assert first.id == second.id
    assert db.session.scalar(select(func.count(BulkRun.id))) == 1


def test_what_has_moved_on_is_left_and_said(app, world) -> None:
    moved, stays = papers(world, 2)
    run = decide(world, PAPERS, "verify", [moved, stays])
    with transaction():
        registry.reject_certificate(
            certificate=cooperatives.certificate(int(moved)),
            reason="Giấy của đơn vị khác",
            by=db.session.merge(world.officer),
        )
    assert undo(world, run) == 1
    told = {line.key: line.stayed for line in queries.run_by_ref(run.ref).lines}
    assert told[stays] == "" and told[moved]
    assert states([moved]) == {PaperState.REJECTED} and states([stays]) == {PaperState.WAITING}


def test_a_paper_that_a_colleague_turns_down_after_the_list_was_read_stays_so(
    app, world, monkeypatch
) -> None:
    met, free = papers(world, 2)
    rows_on = queries.rows_on

    def read_then_met(queue, by, keys):
        rows = rows_on(queue, by, keys)
        registry.reject_certificate(
            certificate=cooperatives.certificate(int(met)),
            reason="Giấy của đơn vị khác",
            by=db.session.merge(world.officer),
        )
        return rows

    monkeypatch.setattr(queries, "rows_on", read_then_met)
    run = decide(world, PAPERS, "verify", [met, free])
    assert [line.key for line in run.lines if line.refused] == [met]
    assert states([met]) == {PaperState.REJECTED} and states([free]) == {PaperState.VERIFIED}


def test_after_the_minutes_it_is_refused_with_a_sentence(app, world, monkeypatch) -> None:
    keys = papers(world, 2)
    run = decide(world, PAPERS, "verify", keys)
    later = run.undo_until + dt.timedelta(seconds=1)
    monkeypatch.setattr(clock, "now", lambda: later)
    with pytest.raises(Refusal):
        undo(world, run)
    db.session.rollback()
    assert states(keys) == {PaperState.VERIFIED}


def test_members_are_admitted_for_many_and_it_is_taken_back_as_if_it_had_not_been(app, world) -> None:
    keys = applications(2)
    run = decide(world, "applications", "admit", keys)
    admitted = [cooperatives.by_id(int(key)) for key in keys]
    assert {each.state for each in admitted} == {MemberState.ADMITTED}
    assert all(lives.open_membership(each.id) for each in admitted)
    assert undo(world, run) == 2
    back = [cooperatives.by_id(int(key)) for key in keys]
    assert {(each.state, each.admitted_on) for each in back} == {(MemberState.UNDER_REVIEW, None)}
    assert not any(lives.open_membership(each.id) for each in back)
    spells = [spell for each in back for spell in lives.memberships_of(each.id)]
    assert all(spell.left_on == spell.joined_on for spell in spells), "not a day as members"
    with transaction():
        registry.advance(cooperative=back[0], step="admit", reason="", by=db.session.merge(world.officer))
    assert lives.open_membership(back[0].id) is not None


def test_an_admission_that_was_followed_by_something_else_stays(app, world) -> None:
    [key] = applications(1)
    run = decide(world, "applications", "admit", [key])
    for step, reason in (("suspend", "Vi phạm"), ("readmit", "")):
        with transaction():
            registry.advance(
                cooperative=cooperatives.by_id(int(key)),
                step=step,
                reason=reason,
                by=db.session.merge(world.officer),
            )
    assert undo(world, run) == 0
    assert cooperatives.by_id(int(key)).state is MemberState.ADMITTED
    moves = db.session.scalars(select(MembershipMove.move).where(MembershipMove.cooperative_id == int(key)))
    assert "take_back" not in set(moves)


def test_entries_are_settled_for_many_and_opened_again(app, world) -> None:
    with transaction():
        officer = db.session.merge(world.officer)
        entry = inbox.write_down(
            kind="order",
            subject_id=1,
            organisation_id=world.dong_lac.organisation_id,
            what=lambda: "Giao 40 kg",
            told_by="Ông Hùng",
            url="/desk",
            office_url="/office",
            by=officer,
        )
        inbox.deny_entry(entry=entry, words="Chỉ 30 kg", by=db.session.merge(world.director))
        key = str(entry.id)
    assert keys_in(lane(world, "denied-entries")) == [key]
    run = decide(world, "denied-entries", "settle", [key])
    assert db.session.get(Entry, int(key)).state is EntryState.SETTLED
    assert undo(world, run) == 1
    again = db.session.get(Entry, int(key))
    assert (again.state, again.settled_at) == (EntryState.DENIED, None)


# --- pages ------------------------------------------------------------------------------------------


def test_every_queue_asks_for_a_desk_and_tells_its_rows(app, world) -> None:
    officer = db.session.merge(world.officer)
    for each in QUEUES.values():
        assert each.door.desks, each.key
        assert each.rows(officer, 5, None).next is None or each.key
    assert {"applications", PAPERS, "products", "few-quotes", "short-pools", "late-deliveries"} <= set(QUEUES)


def test_whatever_the_menu_of_the_office_counts_has_its_queue(app, world) -> None:
    """Nothing waits beside the queues, so nothing is told twice and nothing is missed."""
    counted = {
        place.endpoint
        for area in areas.AREAS
        for place in area.navigation
        if place.where == "office" and place.badge is not None
    }
    assert counted and counted <= {each.place for each in QUEUES.values()}


def test_an_officer_sees_the_queues_of_their_desk_alone(app, world) -> None:
    trader = colleague(world, Desk.TRADE)
    seen = {each.key for each in queues_of(db.session.merge(trader))}
    assert "few-quotes" in seen
    assert not seen & {PAPERS, "bank-lines", "personal-data"}


def test_the_morning_page_asks_as_much_for_thirty_as_for_three_hundred(client, world, drain) -> None:
    client.sign_in("officer@demo.vn")
    papers(world, 30)
    client.get("/en/office")
    with queries_sent("SELECT") as few:
        page = client.get("/en/office").get_data(as_text=True)
    assert counted(page, "Certificates to check") == "30"
    papers(world, 270)
    with queries_sent("SELECT") as many:
        page = client.get("/en/office").get_data(as_text=True)
    assert counted(page, "Certificates to check") == "30+"
    assert len(many) == len(few)


def test_the_morning_page_asks_no_queue_in_which_the_menu_counts_nothing(client, world, monkeypatch) -> None:
    client.sign_in("officer@demo.vn")
    asked: list[str] = []

    def rows_of(key: str) -> Any:
        return lambda *_asked: asked.append(key) or Page([], None)

    for key, place in (
        ("empty", "office_recalls.list"),
        ("uncounted", ""),
        ("waits", "office_members.members"),
    ):
        told = Queue(
            key=key, label=key, icon="clock", door=keeps_registry, rows=rows_of(key), order=1, place=place
        )
        monkeypatch.setitem(QUEUES, key, told)
    papers(world, 1)
    client.get("/en/office")
    assert sorted(asked) == ["uncounted", "waits"]


def counted(page: str, label: str) -> str:
    lane = page[page.index(f" {label}</h2>") :]
    return re.search(r'<b class="num">([^<]+)</b>', lane)[1]


def test_a_long_queue_is_worked_on_page_by_page(app, client, world) -> None:
    """The 250th can be taken on, decided and handed over like the first; what is mine is found on any page."""
    keys = papers(world, 250)
    client.sign_in("officer@demo.vn")
    first = client.get(f"/en/office/waiting/{PAPERS}").get_data(as_text=True)
    assert f'value="{keys[0]}"' in first and f'value="{keys[-1]}"' not in first
    after = html.unescape(re.search(r'rel="next" href="[?]([^"]+)"', first)[1])
    second = client.get(f"/en/office/waiting/{PAPERS}?{after}").get_data(as_text=True)
    assert (
        f'value="{keys[-1]}"' in second and f'value="{keys[0]}"' not in second and 'rel="next"' not in second
    )
    shown = [key for key in keys if f'value="{key}"' in first or f'value="{key}"' in second]
    assert shown == keys, "every one on exactly one page"

    taken = client.send(f"/en/office/waiting/{PAPERS}/taken?{after}", {"keys": keys[-2:]})
    assert taken.status_code == 303 and after in taken.location, "back on the same page"
    with app.test_request_context("/office"):
        assert keys_in(lane(world, whose=Whose.MINE)) == keys[-2:]
    assert "VG-249" in client.get("/en/office?whose=mine").get_data(as_text=True)
    with app.test_request_context("/office"):
        run = decide(world, PAPERS, "verify", keys[-2:])
        assert not any(line.refused for line in run.lines) and states(keys[-2:]) == {PaperState.VERIFIED}


def test_a_colleague_reads_what_is_handed_over_and_why(app, world, drain) -> None:
    keys = papers(world, 7)
    other = colleague(world, Desk.REGISTRY)
    with transaction():
        services.hand_over(
            queue=QUEUES[PAPERS],
            keys=keys,
            to=db.session.merge(other),
            note="Chị gọi hỏi giúp HTX",
            by=db.session.merge(world.officer),
        )
    [told] = db.session.scalars(select(Notice).where(Notice.person_id == other.id))
    assert told.subject_vi.startswith(f"{world.officer.name} ") and "(7)" in told.subject_vi
    assert "Chị gọi hỏi giúp HTX" in told.sentence_vi and "VG-0" in told.sentence_vi
    assert told.url == f"/office/waiting/{PAPERS}?whose=mine"
    with transaction():
        services.hand_over(
            queue=QUEUES[PAPERS],
            keys=keys[:1],
            to=db.session.merge(world.officer),
            note="tôi giữ",
            by=db.session.merge(world.officer),
        )
    assert not db.session.scalar(
        select(Notice.id).where(Notice.person_id == world.officer.id, Notice.kind == "worklist.handed")
    ), "nobody writes to themselves"


def test_history_tells_the_day_as_people_write_it(app, world) -> None:
    [key] = papers(world, 1)
    until = clock.today() + dt.timedelta(days=3)
    with transaction():
        services.put_off(
            queue=QUEUES[PAPERS], keys=[key], until=until, note="", by=db.session.merge(world.officer)
        )
    told = " ".join(line.sentence for line in history_of("person", world.officer.id))
    assert f"{until:%d/%m/%Y}" in told and until.isoformat() not in told


def mine(app, world) -> list[str]:
    with app.test_request_context("/office"):
        return keys_in(lane(world, whose=Whose.MINE))


def test_what_a_colleague_marked_meanwhile_is_not_taken_away(app, client, world) -> None:
    first, second = papers(world, 2)
    other = colleague(world, Desk.REGISTRY)
    client.sign_in("officer@demo.vn")
    page = client.get(f"/en/office/waiting/{PAPERS}").get_data(as_text=True)
    shown = html.unescape(re.search(r'name="shown" value="([^"]+)"', page)[1])
    with app.test_request_context("/office"), transaction():
        services.take_on(queue=QUEUES[PAPERS], keys=[first], by=db.session.merge(other))
    late = client.send(f"/en/office/waiting/{PAPERS}/taken", {"keys": [first], "shown": shown})
    assert late.status_code == 422 and f"{other.name} has just marked this" in late.get_data(as_text=True)
    both = client.send(f"/en/office/waiting/{PAPERS}/taken", {"keys": [first, second], "shown": shown})
    assert both.status_code == 303
    assert mine(app, world) == [second]
    again = html.unescape(
        re.search(r'name="shown" value="([^"]+)"', client.get(both.location).get_data(as_text=True))[1]
    )
    knowing = client.send(f"/office/waiting/{PAPERS}/taken", {"keys": [first], "shown": again})
    assert knowing.status_code == 303 and mine(app, world) == [first, second]
    odd = client.send(f"/office/waiting/{PAPERS}/taken", {"keys": [first], "shown": "gestern"})
    assert odd.status_code == 303


def test_the_way_of_a_decision_ticked_previewed_done_taken_back(client, world) -> None:
    first, second = papers(world, 2)
    client.sign_in("officer@demo.vn")
    ticked = client.send(f"/en/office/waiting/{PAPERS}/decisions/verify", {"keys": [first, second]})
    assert ticked.status_code == 303 and states([first, second]) == {PaperState.WAITING}
    page = client.get(ticked.location).get_data(as_text=True)
    assert "Mark as verified: 2" in page and "Within 15 minutes" in page
    ref = re.search(r'name="ref" value="([^"]+)"', page)[1]
    done = client.send(f"/en/office/waiting/{PAPERS}/decisions/verify", {"keys": [first, second], "ref": ref})
    assert done.status_code == 303 and states([first, second]) == {PaperState.VERIFIED}
    assert "Take all of it back" in client.get(done.location).get_data(as_text=True)
    back = client.send(f"{done.location}/undoing")
    assert back.status_code == 303 and states([first, second]) == {PaperState.WAITING}
    assert "Taken back" in client.get(back.location).get_data(as_text=True)


def test_what_is_ticked_and_typed_stays_where_it_is_refused(client, world) -> None:
    first, second = papers(world, 2)
    client.sign_in("officer@demo.vn")
    refused = client.send(
        f"/en/office/waiting/{PAPERS}/later", {"keys": [second], "note": "gọi lại", "until": ""}
    )
    page = refused.get_data(as_text=True)
    assert refused.status_code == 422
    assert f'value="{second}" checked' in page and f'value="{first}" checked' not in page
    assert 'value="gọi lại"' in page and "choose a day from tomorrow" in page
    empty = client.send(f"/en/office/waiting/{PAPERS}/taken", {})
    assert empty.status_code == 422 and "tick at least one line" in empty.get_data(as_text=True)


def test_marks_are_set_from_the_page(client, world) -> None:
    [key] = papers(world, 1)
    other = colleague(world, Desk.REGISTRY)
    client.sign_in("officer@demo.vn")
    assert client.send(f"/office/waiting/{PAPERS}/taken", {"keys": [key]}).status_code == 303
    assert world.officer.name in client.get("/office?whose=mine").get_data(as_text=True)
    handed = {"keys": [key], "to": str(other.id), "note": "xem hộ"}
    assert client.send(f"/office/waiting/{PAPERS}/handed", handed).status_code == 303
    page = client.get(f"/office/waiting/{PAPERS}").get_data(as_text=True)
    assert other.name in page and "xem hộ" in page
    assert client.send(f"/office/waiting/{PAPERS}/free", {"keys": [key]}).status_code == 303
    day = (clock.today() + dt.timedelta(days=3)).isoformat()
    assert client.send(f"/office/waiting/{PAPERS}/later", {"keys": [key], "until": day}).status_code == 303
    assert client.get("/office?whose=later").status_code == 200


def test_a_leader_looks_and_others_find_no_queue(client, world) -> None:
    [key] = papers(world, 1)
    colleague(world, Desk.LEADERSHIP)
    colleague(world, Desk.TRADE)
    client.sign_in(f"leadership{len('Phạm Văn Tú')}@lm.vn", "ruong-lua-xanh")
    page = client.get(f"/office/waiting/{PAPERS}").get_data(as_text=True)
    assert "VG-0" in page and 'name="keys"' not in page
    assert client.send(f"/office/waiting/{PAPERS}/taken", {"keys": [key]}).status_code == 403
    client.sign_in(f"trade{len('Phạm Văn Tú')}@lm.vn", "ruong-lua-xanh")
    assert client.get(f"/office/waiting/{PAPERS}").status_code == 404
    assert client.get("/office/waiting/nothing").status_code == 404
    client.sign_in("donglac@demo.vn")
    assert client.get(f"/office/waiting/{PAPERS}").status_code in {403, 404}
