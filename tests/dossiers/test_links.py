"""A link to papers, and the pack: what whoever holds the link gets, and what they never get."""

from __future__ import annotations

import datetime as dt
import io
import re

import pytest
import time_machine
from flask import Flask
from pypdf import PdfReader

from marketplace.buyers import services as companies
from marketplace.buyers.wants import Want, of_kinds
from marketplace.cooperatives.states import PaperKind
from marketplace.dossiers import services
from marketplace.dossiers.models import DossierLink
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.papers import Paper, PaperState, binding
from marketplace.foundation.papers.tasks import press_paper
from marketplace.insights.invariants import CHECKS
from tests import services as machine
from tests.buyers.company import Company
from tests.client import ReadingClient, another
from tests.dossiers.papers import certified, in_days, ordered, pdf, photo
from tests.world import World

K = PaperKind


def linked(world: World, company: Company | None = None, days: int = 7) -> DossierLink:
    with transaction():
        return services.share(
            product=world.carrots,
            organisation=company.bigmart if company else None,
            meant_for="Chị Hạnh, BigMart",
            days=days,
            by=world.director,
        )


def opened(link: DossierLink) -> tuple[int, bool]:
    db.session.expire_all()
    return link.openings, link.last_opened_at is not None


def test_who_holds_the_link_sees_verified_papers_that_name_nobody(
    app: Flask, world: World, client: ReadingClient
) -> None:
    good = certified(world, world.carrots, K.FOOD_SAFETY, ends=200, file=pdf(), number="ATTP-1")
    drawn = certified(world, world.carrots, K.OCOP, ends=200, file=photo(), filename="o-nha.jpg")
    personal = certified(world, world.carrots, K.REGISTRATION, file=pdf(), number="DKHTX-7")
    waiting = certified(world, world.carrots, K.HACCP, ends=200, seen=False, file=pdf(), number="HACCP-W")
    ended = certified(world, world.carrots, K.GLOBALGAP, ends=-1, issued=-400, file=pdf(), number="GG-OLD")
    foreign = certified(world, world.onions, K.ORGANIC, ends=200, file=pdf(), number="HC-XA")
    link = linked(world)
    assert opened(link) == (0, False)
    page = client.get(f"/dossier/{link.ref}")
    assert opened(link) == (1, True)
    assert page.headers["Cache-Control"] == "no-store" and "noindex" in page.headers["X-Robots-Tag"]
    assert "ATTP-1" in page.text and "Đăng ký hợp tác xã" in page.text
    assert not any(number in page.text for number in ("HACCP-W", "GG-OLD", "HC-XA"))

    def answer(paper_id: int) -> int:
        return client.get(f"/dossier/{link.ref}/papers/{paper_id}").status_code

    assert (answer(good.id), answer(drawn.id)) == (200, 200)
    for paper in (personal, waiting, ended, foreign):
        assert answer(paper.id) == 404, paper.kind
        assert f"/papers/{paper.id}" not in page.text
    assert b"o nha chi Lan" not in client.get(f"/dossier/{link.ref}/papers/{drawn.id}").data
    assert "Registration of the cooperative" in client.get(f"/en/dossier/{link.ref}").text
    client.sign_in("kinhmon@demo.vn")
    assert client.send(f"/desk/dossier/links/{link.ref}/end").status_code == 404, "not theirs to take back"
    assert opened(link) == (2, True)


def test_a_link_ends_by_itself_or_when_it_is_taken_back(
    app: Flask, world: World, company: Company, client: ReadingClient
) -> None:
    paper = certified(world, world.carrots, K.FOOD_SAFETY, ends=200, file=pdf())
    client.sign_in("donglac@demo.vn")
    ordered(company, world.carrots)
    with transaction():
        wants = of_kinds([K.FOOD_SAFETY])
        companies.require_papers(organisation=company.bigmart, wants=wants, by=company.huy)
    place = f"/desk/dossier/{world.carrots.ref}"
    filled = {"meant_for": "Anh Tư", "buyer": company.bigmart.ref, "on": "", "days": "7"}
    for wrong in ({"meant_for": ""}, {"buyer": "khong"}, {"on": "01/01/2020"}, {"days": "9999"}):
        answer = client.send(f"{place}/links", {**filled, **wrong})
        assert answer.status_code == 422 and ("Anh Tư" in answer.text) == ("meant_for" not in wrong)
    assert client.send(f"{place}/links", filled).status_code == 303
    link = db.session.scalars(db.select(DossierLink)).one()
    assert link.organisation_id == company.bigmart.id
    assert f"/dossier/{link.ref}" in client.get(place).text

    stranger = another(app)
    paths = [f"/dossier/{link.ref}", f"/dossier/{link.ref}/papers/{paper.id}"]
    assert [stranger.get(path).status_code for path in paths] == [200, 200]
    with time_machine.travel(clock.now() + dt.timedelta(days=7, seconds=1)):
        assert [stranger.get(path).status_code for path in paths] == [410, 404]
        assert stranger.post(f"/dossier/{link.ref}/pack").status_code == 404
    assert client.send(f"/desk/dossier/links/{link.ref}/end").status_code == 303
    assert client.send(f"/desk/dossier/links/{link.ref}/end").status_code == 303, "twice is once"
    assert [stranger.get(path).status_code for path in paths] == [410, 404]
    assert "đã hết hạn" in stranger.get(paths[0]).text
    assert opened(link) == (1, True) and link.revoked_by_id == world.director.id
    assert CHECKS["Y3"][1]() == 0
    assert "Anh Tư" not in client.get(place).text
    assert stranger.get("/dossier/khong-co").status_code == 404


def test_a_link_is_bounded(world: World, company: Company) -> None:
    for days in (0, services.LONGEST_DAYS + 1):
        with pytest.raises(Refusal):
            linked(world, days=days)
    for _number in range(services.MOST_LINKS):
        linked(world, company)
    with pytest.raises(Refusal, match="thu hồi"):
        linked(world, company)


def _made(paper_id: int) -> Paper:
    press_paper(paper_id)
    db.session.expire_all()
    return db.session.get_one(Paper, paper_id)


def test_the_pack_has_a_cover_and_every_paper_or_says_which_one_is_not_in_it(
    world: World, client: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    machine.need(machine.pango)
    certified(world, world.carrots, K.FOOD_SAFETY, ends=200, file=pdf(3), number="ATTP-1")
    certified(world, world.carrots, K.OCOP, ends=200, file=photo(), filename="a.jpg")
    certified(world, world.carrots, K.HACCP, ends=200, file=pdf(password="x"), number="KHOA-1")
    certified(world, world.carrots, K.REGISTRATION, file=pdf(5), number="DKHTX-7")
    certified(world, world.carrots, K.ORGANIC, ends=200, seen=False, file=pdf(7))
    link = linked(world)
    answer = client.post(f"/dossier/{link.ref}/pack")
    assert answer.status_code == 303
    place = answer.headers["Location"]
    asked = db.session.scalars(db.select(Paper)).one()
    assert _made(asked.id).state is PaperState.READY
    book = PdfReader(io.BytesIO(client.get(f"{place}/file").data))
    assert len(book.pages) == 1 + 3 + 1 + 1, "cover, three pages, a photo, a leaf for the locked one"
    cover = book.pages[0].extract_text()
    words = re.sub(r"\s+", " ", cover)
    assert "Giấy tờ của Cà rốt Đồng Lạc" in words and "ATTP-1" in words and "Kèm theo 3 giấy" in words
    assert any("KHOA-1" in page.extract_text() for page in book.pages[1:])
    assert b"o nha chi Lan" not in client.get(f"{place}/file").data

    with transaction():
        services.revoke(link=db.session.get_one(DossierLink, link.id), by=world.director)
    assert client.get(f"{place}/file").status_code in (403, 404, 302, 303), "the link's end is the pack's end"

    monkeypatch.setattr(binding, "MOST_PAGES", 4)
    again = linked(world)
    client.post(f"/dossier/{again.ref}/pack")
    failed = _made(db.session.scalars(db.select(Paper.id).order_by(Paper.id.desc())).first() or 0)
    assert failed.state is PaperState.FAILED
    assert "quá 200 trang" in str(failed.reason)


def test_scripts_of_a_foreign_pdf_stay_behind(app: Flask) -> None:
    from pypdf import PdfWriter
    from pypdf.actions import JavaScript
    from pypdf.annotations import Link

    book, kept = PdfWriter(), io.BytesIO()
    book.add_blank_page(200, 200)
    book.add_annotation(0, Link(rect=(0, 0, 50, 50), url="https://evil.example/"))
    book.add_open_action(JavaScript("app.alert('x')"))
    book.write(kept)
    pages = binding._pages(kept.getvalue())
    out = PdfWriter()
    for page in pages:
        out.add_page(page)
    written = io.BytesIO()
    out.write(written)
    assert b"evil.example" not in written.getvalue() and b"app.alert" not in written.getvalue()


def test_the_buyers_list_of_the_day_decides_what_a_link_shows(world: World, company: Company) -> None:
    with transaction():
        wants = [Want(K.VIETGAP, max_age_days=5)]
        companies.require_papers(organisation=company.bigmart, wants=wants, by=company.huy)
        link = services.share(
            product=world.carrots, organisation=company.bigmart, meant_for="x", days=7, on=in_days(6),
            by=world.director,
        )  # fmt: skip
    from marketplace.dossiers import queries

    assert [row.state for row in queries.linked(link).rows] == ["expires"], "six days old on the day"
