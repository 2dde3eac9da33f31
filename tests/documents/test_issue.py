"""Papers that stand as they were written: what is frozen, how they are counted, what replaces them."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from marketplace.documents import codes, queries, services
from marketplace.documents.content import frozen, thawed
from marketplace.documents.invariants import CHECKS
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from tests.client import ReadingClient
from tests.orders.agreed import holds
from tests.world import World

SLIP, PACKING = "deliveries.slip", "deliveries.packing"


def written(world: World, about: str = "delivery:1", kind: str = PACKING, **more: object) -> IssuedDocument:
    told = {"kg": Decimal("12.5"), **{name: value for name, value in more.items() if name != "number"}}
    with transaction():
        return services.issue(
            kind=kind,
            issuer_id=world.dong_lac.organisation_id,
            about=about,
            title="PG-2026-000001",
            content=told,
            stories={"delivery": 1},
            number=str(more.get("number", "")),
            by=world.director,
        )


def broken() -> dict[str, int]:
    return {number: count for number, (_sentence, check) in CHECKS.items() if (count := check())}


def test_every_kind_of_value_comes_back_as_it_was_frozen() -> None:
    told = {
        "sum": Money(1_205_000),
        "kg": Decimal("40.500"),
        "none": Decimal(0),
        "day": dt.date(2026, 11, 28),
        "at": dt.datetime(2026, 11, 28, 3, 15, 0, 123, tzinfo=dt.UTC),
        "hour": dt.time(6, 30),
        "lines": [{"name": "Cà rốt", "lot": None, "count": 3, "packed": True}],
    }
    assert thawed(frozen(told)) == told
    assert isinstance(thawed(frozen(told))["sum"], Money)
    with pytest.raises(TypeError):
        frozen(1.5)


def test_the_same_again_is_the_same_paper_and_something_else_replaces_it(world: World) -> None:
    first = written(world)
    assert written(world) is first
    second = written(world, lot="2811-ABC")
    assert (second.replaces_id, queries.current(PACKING, "delivery:1")) == (first.id, second)
    assert [(d.number, newer) for d, newer in queries.about(["delivery:1"])] == [
        (second.number, ""),
        (first.number, second.number),
    ]
    assert first.told == {"kg": Decimal("12.5")}
    assert "Đã lập Danh sách đóng hàng" in history_of("delivery", 1)[0].sentence
    assert broken() == {}


def test_numbers_have_no_gap_per_seller_kind_and_year(world: World) -> None:
    assert [written(world, f"delivery:{n}").number[-6:] for n in (1, 2)] == ["000001", "000002"]
    with pytest.raises(ZeroDivisionError), transaction():
        services.issue(
            kind=PACKING,
            issuer_id=world.dong_lac.organisation_id,
            about="delivery:3",
            title="",
            content={},
            stories={},
        )
        raise ZeroDivisionError
    assert written(world, "delivery:3").seq == 3, "what was rolled back left no gap"
    next_year = dt.datetime(clock.today().year + 1, 1, 2, tzinfo=dt.UTC)
    with clock.standing_at(next_year):
        assert written(world, "delivery:4").number == f"DG-{next_year.year}-000001"
    with transaction():
        theirs = services.issue(
            kind=PACKING, issuer_id=world.kinh_mon.organisation_id, about="delivery:5", title="", content={}, stories={}
        )  # fmt: skip
    assert theirs.seq == 1
    assert broken() == {}


def test_a_paper_with_a_number_of_its_own_keeps_it_and_counts_its_versions(world: World) -> None:
    numbers = [written(world, kind=SLIP, number="PG-2026-000007", sent=n).number for n in (1, 2, 3)]
    assert numbers == ["PG-2026-000007", "PG-2026-000007/2", "PG-2026-000007/3"]


def test_nobody_changes_or_deletes_a_paper_and_what_was_tampered_with_is_found(world: World) -> None:
    paper = written(world)
    for sql in ("UPDATE issued_documents SET number = 'X'", "DELETE FROM issued_documents"):
        with pytest.raises(DBAPIError, match="append-only"):
            db.session.execute(text(sql))
        db.session.rollback()
    drop = (
        "DROP TRIGGER issued_documents_no_redaction"
        if db.engine.dialect.name == "sqlite"
        else "DROP TRIGGER issued_documents_redaction ON issued_documents"
    )
    db.session.execute(text(drop))
    db.session.execute(text("UPDATE issued_documents SET title = 'khác'"))
    db.session.expire_all()
    assert broken() == {"D2": 1}
    db.session.rollback()
    assert paper.id and holds() is None


def test_a_seller_finds_its_papers_of_a_year_and_nobody_elses(world: World, client: ReadingClient) -> None:
    ours = written(world)
    client.sign_in("donglac@demo.vn")
    page = client.get("/desk/documents").get_data(as_text=True)
    assert ours.number in page and "Giấy tờ năm" in page
    assert ours.number not in client.get(f"/desk/documents?year={ours.year}&kind={SLIP}").get_data(
        as_text=True
    )
    client.get("/sign-out")
    client.sign_in("kinhmon@demo.vn")
    assert ours.number not in client.get("/desk/documents").get_data(as_text=True)
    assert client.get("/desk/documents?year=abc&kind=x&after=y").status_code == 200


def test_the_code_on_a_paper_says_to_anybody_whether_it_counts(world: World, client: ReadingClient) -> None:
    """A stranger reads the issuer, the day and the fingerprint; nothing of whom it was written for."""
    old = written(world, buyer={"name": "Trần Thị Lan", "phone": "0912345678"})
    paper, check = f"/documents/{old.ref}", f"/documents/{old.ref}/check"
    page = client.get(check).get_data(as_text=True)
    assert "Giấy này đang có giá trị." in page and old.number in page and old.sha256[:16] in page
    assert world.dong_lac.name in page and paper + '"' not in page
    assert "Trần Thị Lan" not in page and "0912345678" not in page and old.title not in page
    assert client.get(paper).status_code in (302, 303, 403, 404)
    assert codes.address_of(old) == f"http://localhost{check}"
    assert client.get("/documents/nobody/check").status_code == 404
    new = written(world, lot="2811-ABC")
    page = client.get(check).get_data(as_text=True)
    assert "Giấy này không còn giá trị" in page and new.number in page and new.ref not in page
    assert "no longer counts" in client.get(f"/en{check}").get_data(as_text=True)
    client.sign_in("donglac@demo.vn")
    assert paper + '"' in client.get(check).get_data(as_text=True)
