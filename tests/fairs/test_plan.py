"""The plan of a fair: drawn without overlaps, by one or by two at once; imported, copied, found, printed."""

from __future__ import annotations

import datetime as dt
import html
import io
import re
from dataclasses import replace
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader

from marketplace.catalogue import queries as catalogue
from marketplace.fairs import floor, queries, services
from marketplace.fairs.layout import BOOTH, FIELDS, Direction, Spot, Thing, ThingKind, overlapping, row_of
from marketplace.fairs.models import Fair, Stand, StandBooth
from marketplace.fairs.services import Changes, spot_of
from marketplace.fairs.states import FairKind, FairState, StandState
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.papers import kinds, press
from marketplace.foundation.sheets import write_csv, write_xlsx
from tests.client import ReadingClient
from tests.fairs.hall import Fairground, applied, fairground, newcomer, standing
from tests.statements import queries_sent
from tests.world import World


@pytest.fixture
def ground(world: World) -> Fairground:
    return fairground(world)


def place(ground: Fairground) -> str:
    return f"/office/fairs/{ground.fair.slug}/plan"


def draw(ground: Fairground, by: Any, **more: Any) -> dict[str, int]:
    with transaction():
        return services.draw_booths(hall=ground.hall, changes=Changes(**more), by=by)


def spot(ground: Fairground, code: str = "A01", **other: Any) -> Spot:
    return spot_of(ground.booth(code), **other)


def other_fair(slug: str = "hoi-cho-khac") -> Fair:
    today = clock.today()
    with transaction():
        fair = Fair(
            slug=slug,
            series=slug,
            kind=FairKind.FAIR,
            state=FairState.DRAFT,
            name_vi="Hội chợ khác",
            first_day=today,
            last_day=today,
            opens=dt.time(8),
            closes=dt.time(17),
            made_at=clock.now(),
        )
        db.session.add(fair)
        db.session.flush()
    return fair


def codes(ground: Fairground) -> set[str]:
    db.session.expire_all()
    return {booth.code for booth in queries.booths_in(ground.hall.id)}


# --- geometry -----------------------------------------------------------------------------------------

spots = st.builds(
    Spot,
    row=st.just("A"),
    number=st.just(1),
    zone_id=st.just(1),
    x=st.integers(0, 40),
    y=st.integers(0, 40),
    w=st.integers(1, 9),
    h=st.integers(1, 9),
)


@given(st.lists(spots, max_size=8))
def test_two_spots_overlap_when_they_share_a_half_metre(drawn: list[Spot]) -> None:
    named = [(str(at), each) for at, each in enumerate(drawn)]
    cells = [{(x, y) for x in range(s.x, s.x + s.w) for y in range(s.y, s.y + s.h)} for s in drawn]
    share = any(cells[a] & cells[b] for a in range(len(drawn)) for b in range(a))
    pair = overlapping(named)
    assert (pair is not None) == share
    if pair is not None:
        assert cells[int(pair[0])] & cells[int(pair[1])]


@given(st.sampled_from(Direction), st.integers(1, 40), st.sampled_from([1, 2]))
def test_booths_of_a_row_touch_and_never_overlap(direction: Direction, count: int, step: int) -> None:
    row = row_of(Spot(row="A", number=3, x=300, y=300, zone_id=1), count, direction, step=step, ends=True)
    assert overlapping([(each.code, each) for each in row]) is None
    assert [each.number for each in row] == [3 + at * step for at in range(count)]
    for one, other in pairwise(row):
        assert abs(one.x - other.x) + abs(one.y - other.y) == BOOTH
    assert [at for at, each in enumerate(row) if each.corner] == sorted({0, count - 1})


# --- drawing ------------------------------------------------------------------------------------------


def test_a_row_is_drawn_and_history_says_so(world: World, ground: Fairground) -> None:
    row = row_of(spot(ground, row="C", number=1, x=6, y=40), 5, Direction.RIGHT)
    made = draw(ground, world.officer, added={each.code: each for each in row})
    assert {"C01", "C02", "C03", "C04", "C05"} == set(made) and set(made) <= codes(ground)
    said = [str(line.sentence) for line in history_of("fair", ground.fair.id)]
    assert any("5" in sentence and ground.hall.name in sentence for sentence in said)


def test_nothing_overlaps_and_nothing_leaves_the_hall(world: World, ground: Fairground) -> None:
    a02 = ground.booth("A02")
    for wrong in (spot(ground, x=a02.x - 1), spot(ground, x=-1), spot(ground, x=ground.hall.width - 5)):
        with pytest.raises(Refusal):
            draw(ground, world.officer, changed={ground.booth("A01").id: wrong})
    with pytest.raises(Refusal, match="A02"):
        draw(ground, world.officer, added={"n": spot(ground, number=2, x=60, y=60)})
    db.session.expire_all()
    assert ground.booth("A01").x == 6 and len(codes(ground)) == 12


def test_two_booths_exchange_places_and_numbers_in_one_go(world: World, ground: Fairground) -> None:
    one, other = ground.booth("A01"), ground.booth("A02")
    first, second = spot_of(one), spot_of(other)
    draw(
        ground,
        world.officer,
        changed={
            one.id: replace(first, number=2, x=second.x),
            other.id: replace(second, number=1, x=first.x),
        },
    )
    db.session.expire_all()
    assert (one.code, one.x, other.code, other.x) == ("A02", second.x, "A01", first.x)


def test_who_saw_an_older_hall_is_told_and_changes_nothing(world: World, ground: Fairground) -> None:
    seen = ground.hall.version
    draw(ground, world.officer, changed={ground.booth("A01").id: spot(ground, kw=9)})
    with pytest.raises(Conflict), transaction():
        services.draw_booths(
            hall=ground.hall,
            changes=Changes(removed=[ground.booth("A02").id]),
            version=seen,
            by=world.officer,
        )
    assert "A02" in codes(ground)


def test_a_booth_that_is_held_or_wished_for_stays(world: World, ground: Fairground) -> None:
    asked = applied(ground, world.dong_lac, wishes=(ground.booth("A03"),), by=world.director)
    stand = standing(ground, asked, ground.booth("A01"))
    for code in ("A01", "A03"):
        with pytest.raises(Refusal, match=code):
            draw(ground, world.officer, removed=[ground.booth(code).id])
    with transaction():
        for each in db.session.query(StandBooth):
            each.active, each.until = False, clock.now()
    with pytest.raises(Refusal, match="A01"):  # history speaks of it
        draw(ground, world.officer, removed=[ground.booth("A01").id])
    draw(ground, world.officer, removed=[ground.booth("A02").id])
    assert stand.id and "A02" not in codes(ground)


def test_moving_a_held_booth_is_told(world: World, ground: Fairground) -> None:
    asked = applied(ground, world.dong_lac, by=world.director)
    booth = ground.booth("A01")
    standing(ground, asked, booth)
    draw(ground, world.officer, changed={booth.id: spot(ground, number=90, y=60)})
    said = [str(line.sentence) for line in history_of("booth", booth.id)]
    assert len(said) == 1 and "A01" in said[0] and "A90" in said[0]
    draw(ground, world.officer, changed={booth.id: spot_of(booth, kw=5)})
    assert len(history_of("booth", booth.id)) == 1


def test_a_blocked_booth_has_a_reason(world: World, ground: Fairground) -> None:
    with pytest.raises(Refusal) as refused:
        draw(ground, world.officer, changed={ground.booth("A01").id: spot(ground, blocked=True)})
    assert refused.value.field == "blocked_why"
    why = spot(ground, blocked=True, blocked_why="Cột nhà")
    draw(ground, world.officer, changed={ground.booth("A01").id: why})
    db.session.expire_all()
    assert ground.booth("A01").blocked


def test_a_hall_shrinks_only_around_its_booths(world: World, ground: Fairground) -> None:
    with pytest.raises(Refusal), transaction():
        services.change_hall(hall=ground.hall, name="Nhà A", width=30, depth=80, by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.remove_hall(hall=ground.hall, by=world.officer)
    with transaction():
        services.change_hall(hall=ground.hall, name="Nhà lớn", width=60, depth=40, by=world.officer)
    assert (ground.hall.name, ground.hall.width) == ("Nhà lớn", 60)


def test_a_zone_in_use_stays(world: World, ground: Fairground) -> None:
    with pytest.raises(Refusal), transaction():
        services.remove_zone(zone=ground.zones[0], by=world.officer)
    with transaction():
        made = services.make_zone(fair=ground.fair, code="Z", name_vi="Khu Z", by=world.officer)
    with transaction():
        services.remove_zone(zone=made, by=world.officer)
    assert [zone.code for zone in queries.zones_of(ground.fair.id)] == ["A", "B"]


def test_the_plan_of_a_fair_that_is_over_stays(world: World) -> None:
    over = fairground(world, state=FairState.REPORTED)
    with pytest.raises(Refusal):
        draw(over, world.officer, removed=[over.booths[0].id])


def test_a_plan_is_copied_whole_and_once(world: World, ground: Fairground) -> None:
    with transaction():
        services.set_things(
            hall=ground.hall,
            things=[Thing(kind=ThingKind.ENTRANCE, x=50, y=76, w=12, h=4, text="Cổng chính")],
            by=world.officer,
        )
    fair = other_fair()
    with transaction():
        assert services.copy_plan(source=ground.fair, target=fair, by=world.officer) == 12
    halls = queries.halls_of(fair.id)
    assert [(hall.name, hall.things[0]["text"]) for hall in halls] == [("Nhà A", "Cổng chính")]
    copied = queries.booths_in(halls[0].id)
    assert [(b.code, b.x, b.y, b.kw, b.corner) for b in copied] == [
        (b.code, b.x, b.y, b.kw, b.corner) for b in queries.booths_in(ground.hall.id)
    ]
    assert {b.zone.fair_id for b in copied} == {fair.id}
    with pytest.raises(Refusal), transaction():
        services.copy_plan(source=ground.fair, target=fair, by=world.officer)


# --- the editor's endpoint ----------------------------------------------------------------------------


def sent(client: ReadingClient, ground: Fairground, body: Any) -> Any:
    return client.post(
        f"{place(ground)}/halls/{ground.hall.ref}/changes",
        json=body,
        headers={"X-CSRF-Token": client.token(), "Accept": "application/json"},
    )


def plain(spot: Spot) -> dict[str, Any]:
    return {name: getattr(spot, name) for name in Spot.__dataclass_fields__}


def test_the_editor_saves_a_batch_and_hears_of_others(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    seen, a01 = ground.hall.version, ground.booth("A01").id
    batch = {
        "version": seen,
        "added": {"n1": plain(spot(ground, row="C", number=1, y=60))},
        "changed": {str(a01): plain(spot(ground, kw=7, water=True))},
        "removed": [ground.booth("B06").id],
    }
    answer = sent(client, ground, batch)
    assert answer.status_code == 200 and answer.json["version"] == seen + 1
    assert queries.booth_named(ground.fair.id, "C01").id == answer.json["ids"]["n1"]
    assert codes(ground) == {*(b.code for b in ground.booths if b.code != "B06"), "C01"}

    late = sent(client, ground, {**batch, "added": {}, "removed": []})
    assert late.status_code == 409 and late.json["sentence"]
    assert late.json["version"] == seen + 1 and len(late.json["booths"]) == 12

    wrong = plain(spot(ground, kw=7, water=True, x=7))
    refused = sent(
        client, ground, {"version": seen + 1, "added": {}, "changed": {str(a01): wrong}, "removed": []}
    )
    assert refused.status_code == 422 and "A02" in refused.json["sentence"]


@pytest.mark.parametrize(
    "body", [None, [], {"version": 1}, {"version": "1", "added": {}, "changed": {}, "removed": []}]
)
def test_what_the_editor_never_sends_is_refused(ground: Fairground, client: ReadingClient, body: Any) -> None:
    client.sign_in("officer@demo.vn")
    assert sent(client, ground, body).status_code == 422
    odd = plain(spot(ground)) | {"x": "6"}
    assert (
        sent(client, ground, {"version": 1, "added": {"n": odd}, "changed": {}, "removed": []}).status_code
        == 422
    )


def test_things_are_drawn_with_booths_and_stay_when_nothing_is_said_of_them(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    here = f"{place(ground)}/halls/{ground.hall.ref}/changes"
    stage = {"kind": "stage", "x": 60, "y": 20, "w": 16, "h": 8, "text": "Sân khấu"}

    def sent(**more: Any) -> Any:
        body = {"version": ground.hall.version, "added": {}, "changed": {}, "removed": []} | more
        headers = {"X-CSRF-Token": client.token(), "Accept": "application/json"}
        answer = client.post(here, json=body, headers=headers)
        db.session.refresh(ground.hall)
        return answer.status_code

    assert sent(things=[stage]) == 200 and ground.hall.things == [stage]
    moved = spot(ground, "A01", y=60)
    plain = {name: getattr(moved, name) for name in FIELDS}
    assert sent(changed={str(ground.booth("A01").id): plain}) == 200 and ground.hall.things == [stage]
    for wrong in ({"x": 110}, {"y": -1}, {"w": 0}, {"kind": "balloon"}, {"text": 5}):
        assert sent(things=[stage | wrong]) == 422, wrong
    assert sent(things=[stage] * 301) == 422
    assert ground.hall.things == [stage]
    before = len(history_of("fair", ground.fair.id))
    assert sent(things=[stage]) == 200 and len(history_of("fair", ground.fair.id)) == before
    assert sent(things=[]) == 200 and ground.hall.things == []


def test_only_officers_draw(world: World, ground: Fairground, client: ReadingClient) -> None:
    client.sign_in("donglac@demo.vn")
    assert client.get(place(ground)).status_code == 404
    assert sent(client, ground, {}).status_code == 404


# --- without a script ---------------------------------------------------------------------------------


def test_a_plan_is_made_by_forms_alone(world: World, client: ReadingClient) -> None:
    fair = other_fair()
    at = f"/office/fairs/{fair.slug}/plan"
    client.sign_in("officer@demo.vn")
    assert client.get(at).status_code == 200
    assert (
        client.send(f"{at}/halls/new", {"name": "Nhà B", "width": "30,3", "depth": "20"}).status_code == 422
    )
    shown = client.send(f"{at}/halls/new", {"name": "Nhà B", "width": "30", "depth": "20"})
    hall = shown.location
    zone: dict[str, Any] = {"code": "A", "name_vi": "Rau củ", "name_en": "Vegetables", "hue": "leaf"}
    zone["sectors"] = [catalogue.categories()[0].slug]
    assert client.send(f"{at}/zones/new", zone).status_code == 303
    made = queries.zones_of(fair.id)[0]
    assert [each.category_id for each in made.sectors] == [catalogue.categories()[0].id]
    row = {
        "zone": str(made.id),
        "row": "A",
        "number": "1",
        "count": "6",
        "direction": "right",
        "step": "1",
        "x": "3",
        "y": "3",
        "ends": "y",
        "kw": "2",
    }
    again = client.send(f"{hall}/row", {**row, "count": "60"})
    assert again.status_code == 422 and 'value="60"' in again.get_data(as_text=True)
    assert client.send(f"{hall}/row", row).status_code == 303
    booth = queries.booth_named(fair.id, "A01")
    assert booth is not None and booth.corner and (booth.x, booth.y) == (6, 6)

    edit = {
        "zone": str(made.id),
        "row": "A",
        "number": "1",
        "x": "3",
        "y": "12",
        "w": "3",
        "h": "3",
        "kw": "5",
    }
    blocked = client.send(f"{at}/booths/A01", {**edit, "blocked": "y"})
    assert blocked.status_code == 422
    assert (
        client.send(f"{at}/booths/A01", {**edit, "blocked": "y", "blocked_why": "Cột nhà"}).status_code == 303
    )
    db.session.expire_all()
    assert (booth.y, booth.kw, booth.blocked_why) == (24, 5, "Cột nhà")
    assert client.send(f"{at}/booths/A02/removal").status_code == 303
    assert queries.booth_named(fair.id, "A02") is None

    thing = {"kind": "stage", "text": "", "x": "20", "y": "3", "w": "6", "h": "4"}
    assert client.send(f"{hall}/things", thing).status_code == 303
    assert client.send(f"{hall}/things", {**thing, "x": "29"}).status_code == 422
    assert "Sân khấu" in client.get(hall).get_data(as_text=True)
    assert client.send(f"{hall}/things/0/removal").status_code == 303
    for path in (
        at,
        hall,
        f"{hall}/edit",
        f"{hall}/sheet",
        f"{at}/booths",
        f"{at}/zones/{made.id}",
        f"{at}/print",
    ):
        assert client.get(path).status_code == 200, path
    assert client.send(f"{hall}/removal").status_code == 422
    assert client.send(f"{at}/zones/{made.id}/removal").status_code == 422


def test_a_held_booth_is_refused_with_a_sentence_on_its_page(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    client.sign_in("officer@demo.vn")
    page = client.send(f"{place(ground)}/booths/A01/removal")
    assert page.status_code == 422 and "HTX Đồng Lạc" in page.get_data(as_text=True)
    assert client.get(f"{place(ground)}/booths/Z99").status_code == 404


def test_the_table_twin_pages_with_as_many_statements_for_any_plan(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    pages = (f"{place(ground)}/booths", place(ground), f"{place(ground)}/halls/{ground.hall.ref}")
    for at, path in enumerate(pages):
        few = statements(client, path)
        row = row_of(spot(ground, row=f"R{at}", x=6, y=40 + at * 6), 15, Direction.RIGHT)
        draw(ground, world.officer, added={each.code: each for each in row})
        assert statements(client, path) == few, path


def statements(client: ReadingClient, path: str) -> int:
    client.get(path)
    with queries_sent() as sent:
        assert client.get(path).status_code == 200
    return len(sent)


# --- from a sheet -------------------------------------------------------------------------------------

HEADER = ["Dãy", "Số đầu", "Số gian", "Khu", "X", "Y", "Hướng", "Góc", "Điện", "Nước"]


def bring(client: ReadingClient, ground: Fairground, body: bytes, name: str = "day.xlsx") -> str:
    answer = client.send(
        f"{place(ground)}/halls/{ground.hall.ref}/sheet",
        {"file": (io.BytesIO(body), name)},
        content_type="multipart/form-data",
    )
    return answer.get_data(as_text=True)


@pytest.mark.parametrize("write", [write_xlsx, write_csv])
def test_rows_come_from_a_sheet_after_a_look(
    world: World, ground: Fairground, client: ReadingClient, write: Any
) -> None:
    client.sign_in("officer@demo.vn")
    rows = [
        ["D", 1, 4, "A", "3", "20,5", "phải", "hai đầu", 3, "x"],
        ["E", 1, 3, "Khu B", "40", "20", "xuống", "", "", ""],
    ]
    page = bring(client, ground, write(HEADER, rows), f"day.{'csv' if write is write_csv else 'xlsx'}")
    assert "D01–D04" in page and "E01–E03" in page and "D01" not in codes(ground)
    kept = re.search(r'name="kept" value="([^"]*)"', page)
    assert kept is not None
    done = client.send(
        f"{place(ground)}/halls/{ground.hall.ref}/sheet", {"kept": html.unescape(kept[1]), "draw": "1"}
    )
    assert done.status_code == 303
    d01, e03 = (queries.booth_named(ground.fair.id, code) for code in ("D01", "E03"))
    assert d01 is not None and e03 is not None
    assert (d01.x, d01.y, d01.corner, d01.kw, d01.water) == (6, 41, True, 3, True)
    assert (e03.x, e03.y, e03.zone.code, e03.water) == (80, 52, "B", False)


def test_every_wrong_row_is_told_beside_its_line(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    client.sign_in("officer@demo.vn")
    rows = [
        ["D", 1, 4, "A", "3", "20", "", "", "", ""],
        ["A", 1, 2, "A", "3", "30", "", "", "", ""],
        ["F", 1, 4, "A", "4", "21", "", "", "", ""],
        ["G", 1, 40, "A", "3", "36", "", "", "", ""],
        ["H", "một", 4, "Q", "3", "30,2", "", "", "", ""],
    ]
    page = bring(client, ground, write_xlsx(HEADER, rows))
    told = re.findall(r"dòng (\d+)</span>(?:(?!</li>).)*?<b>(.*?)</b>", page, re.DOTALL)
    assert [line for line, _ in told] == ["3", "4", "5", "6"], page
    assert "A01" in told[0][1] and "D0" in told[1][1]
    assert not {"D01", "F01"} & codes(ground)
    assert "Khu" in bring(client, ground, write_xlsx(["Dãy", "Số gian"], [["A", 3]]))


# --- who sees what ------------------------------------------------------------------------------------


def test_an_exhibitor_sees_states_and_no_names(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    other = newcomer("HTX Bí Mật")
    standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    stand = standing(ground, applied(ground, other, by=world.officer), ground.booth("A02"))
    offered = newcomer("HTX Được Mời")
    third = standing(ground, applied(ground, offered, by=world.officer), ground.booth("A03"))
    with transaction():
        db.session.execute(
            db.update(Stand).where(Stand.id == third.id).values(state=StandState.OFFERED, confirmed_at=None)
        )
    client.sign_in("donglac@demo.vn")
    page = client.get(f"/desk/fairs/{ground.fair.slug}/plan").get_data(as_text=True)
    look = dict(re.findall(r'class="b h-leaf b-(\w+)" data-booth="(\d+)"', page))
    assert {"mine", "taken", "offered", "free"} <= set(look)
    assert look["mine"] == str(ground.booth("A01").id) and look["offered"] == str(ground.booth("A03").id)
    assert "Bí Mật" not in page and "Được Mời" not in page
    assert queries.holders(ground.fair.id)[ground.booth("A02").id][0].stand_id == stand.id


def test_visitors_find_a_stand_once_it_is_published(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    asked = applied(ground, world.dong_lac, products=(world.carrots,), by=world.director)
    standing(ground, asked, ground.booth("A01"), ground.booth("A02"))
    here = f"/fairs/{ground.fair.slug}/plan"
    assert "HTX Đồng Lạc" not in client.get(f"{here}?q=dong+lac").get_data(as_text=True)
    with transaction():
        db.session.execute(db.update(Fair).where(Fair.id == ground.fair.id).values(state=FairState.PUBLISHED))
        ground.hall.version += 1
    for words in ("dong lac", "ca rot", "a02"):
        page = client.get(here, query_string={"q": words}).get_data(as_text=True)
        assert "HTX Đồng Lạc" in page and len(re.findall(r"is-found", page)) == 2, words
        row = re.search(r"<tr>.*?</tr>", page[page.index("<tbody") :], re.DOTALL)
        assert row and "A01" in row[0] and "A02" in row[0] and "Khu A" in row[0] and "Cà rốt" in row[0]
    nobody = client.get(f"{here}?q=khong+ai+ca").get_data(as_text=True)
    assert "is-found" not in nobody and "HTX Đồng Lạc" not in nobody.split("<svg", 1)[0]
    lit = client.get(f"{here}?booth=A02").get_data(as_text=True)
    assert lit.count("is-found") == 1
    there = lit[lit.index('id="there"') :].split("</section>")[0]
    assert "HTX Đồng Lạc" in there and "A01, A02" in there
    empty = client.get(f"{here}?booth=A03").get_data(as_text=True)
    assert "HTX" not in empty[empty.index('id="there"') :].split("</section>")[0]
    assert 'id="there"' not in client.get(f"{here}?booth=zzz").get_data(as_text=True)
    english = client.get(f"/en{here}").get_data(as_text=True)
    assert "Who stands where?" in english


def test_the_visitors_table_says_of_every_booth_what_the_plan_shows(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with transaction():
        ground.booth("A02").blocked, ground.booth("A02").blocked_why = True, "cột nhà"
    here = f"/fairs/{ground.fair.slug}/plan/booths"

    def told() -> dict[str, str]:
        page = client.get(here).get_data(as_text=True)
        rows = re.findall(r'<tr><th scope="row".*?</tr>', page, re.DOTALL)
        cells = [re.sub(r"<[^>]+>", " ", row).split() for row in rows]
        return {cell[0].rstrip(":"): " ".join(cell) for cell in cells}

    before = told()
    assert len(before) == 12 and not any("Đồng Lạc" in each for each in before.values())
    with transaction():
        db.session.execute(db.update(Fair).where(Fair.id == ground.fair.id).values(state=FairState.PUBLISHED))
        ground.hall.version += 1
    after = told()
    assert "HTX Đồng Lạc" in after["A01"] and str(floor.STATE_LABELS["blocked"]) in after["A02"]
    assert str(floor.STATE_LABELS["free"]) in after["A03"] and "cột nhà" not in after["A02"]
    only = client.get(f"{here}?q=b0").get_data(as_text=True)
    assert only.count('<th scope="row"') == 6 and "A01" not in only


def test_a_long_list_of_exhibitors_is_paged_and_nobody_is_left_out(
    world: World, ground: Fairground, client: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("marketplace.fairs.views.plan.EXHIBITORS", 2)
    for code in ("A01", "A02", "A03", "A04", "A05"):
        standing(ground, applied(ground, newcomer(), by=world.officer), ground.booth(code))
    with transaction():
        ground.fair.state = FairState.PUBLISHED
    address, seen = f"/fairs/{ground.fair.slug}/plan", []
    for _page in range(3):
        page = client.get(address).get_data(as_text=True)
        seen.append(re.findall(r'class="plan-code" href="[^"]*booth=(\w+)', page))
        on = re.search(r'rel="next" href="([^"]+)"', page)
        address = f"/fairs/{ground.fair.slug}/plan{html.unescape(on[1])}" if on else ""
    assert [len(each) for each in seen] == [2, 2, 1] and not address
    assert sorted(code for each in seen for code in each) == ["A01", "A02", "A03", "A04", "A05"]


def test_an_exhibitor_may_see_only_what_is_free(
    world: World, ground: Fairground, client: ReadingClient
) -> None:
    standing(ground, applied(ground, world.dong_lac, by=world.director), ground.booth("A01"))
    with transaction():
        ground.booth("A02").blocked, ground.booth("A02").blocked_why = True, "cột nhà"
    client.sign_in("donglac@demo.vn")
    here = f"/desk/fairs/{ground.fair.slug}/plan"
    every = re.findall(r'<th scope="row">(\w+)<', client.get(here).get_data(as_text=True))
    free = re.findall(r'<th scope="row">(\w+)<', client.get(f"{here}?only=free").get_data(as_text=True))
    assert len(every) == 12 and set(every) - set(free) == {"A01", "A02"}


def test_a_draft_has_no_public_plan(world: World, client: ReadingClient) -> None:
    draft = fairground(world, state=FairState.DRAFT)
    assert client.get(f"/fairs/{draft.fair.slug}/plan").status_code == 404


# --- drawn and printed --------------------------------------------------------------------------------


def test_the_drawing_is_to_scale_and_says_itself(world: World, ground: Fairground) -> None:
    drawn = floor.draw(ground.hall, queries.booths_in(ground.hall.id), queries.zones_of(ground.fair.id))
    assert f'viewBox="-20 -20 {120 * 8 + 40} {80 * 8 + 84}"' in drawn
    a03 = ground.booth("A03")
    assert f'data-booth="{a03.id}" transform="translate({a03.x * 8} {a03.y * 8})"' in drawn
    assert drawn.count('class="bk"') == 12 and "<title" in drawn and "<desc" in drawn
    assert "style=" not in drawn and "<style" not in drawn


def test_the_plan_is_printed_on_a3(world: World, ground: Fairground, client: ReadingClient) -> None:
    asked = applied(ground, world.dong_lac, by=world.director)
    standing(ground, asked, ground.booth("A01"))
    with transaction():
        ground.fair.venue = "Quảng trường"
    with client.application.test_request_context("/"):
        sheet = kinds.write("fairs.plan", {"fair": ground.fair.slug})
    assert sheet is not None
    pages = PdfReader(io.BytesIO(press.pdf(sheet.html))).pages
    wide, high = float(pages[0].mediabox.width), float(pages[0].mediabox.height)
    assert abs(wide / 72 * 25.4 - 420) < 1 and abs(high / 72 * 25.4 - 297) < 1
    text = "".join(page.extract_text() for page in pages)
    assert "A01" in text and "HTX Đồng Lạc" in text and "10 m" in text
    assert kinds.write("fairs.plan", {"fair": "khong-co"}) is None


def test_two_thousand_booths_are_drawn_in_one_go(world: World, client: ReadingClient) -> None:
    big = fairground(world, booths=6)
    with transaction():
        services.change_hall(hall=big.hall, name="Nhà lớn", width=400, depth=700, by=world.officer)
    drawn = {
        f"{line}-{at}": spot(big, row=f"R{line}", number=at + 1, x=6 + at * 6, y=24 + line * 12, kw=at % 4)
        for line in range(40)
        for at in range(50)
    }
    assert len(draw(big, world.officer, added=drawn)) == 2000
    client.sign_in("officer@demo.vn")
    page = client.get(f"{place(big)}/halls/{big.hall.ref}").get_data(as_text=True)
    assert page.count('class="bk"') == 2006


def test_the_plan_says_how_many_booths_have_no_power(world: World, client: ReadingClient) -> None:
    ground = fairground(world, booths=3)
    client.sign_in(world.officer.email)
    with transaction():
        for booth, kw in zip(ground.booths, (0, 2, 0), strict=True):
            booth.kw = kw
    here = f"/office/fairs/{ground.fair.slug}/plan"
    assert "2 gian chưa có điện" in client.get(here).get_data(as_text=True)
    with transaction():
        for booth in ground.booths:
            booth.kw = 3
    assert "chưa có điện" not in client.get(here).get_data(as_text=True)
