"""Papers as PDF: pressed by the worker from our own templates, with nothing from outside, or a reason why not."""

from __future__ import annotations

import datetime as dt
import http.server
import io
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from flask import Flask
from pypdf import PdfReader

from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.media import queries as media
from marketplace.foundation.media import store
from marketplace.foundation.papers import Paper, PaperRefused, PaperState, Sheet, press, want
from marketplace.foundation.papers.kinds import KINDS, paper
from marketplace.foundation.papers.states import Failure
from marketplace.foundation.papers.tasks import find_waiting_papers, forget_old_papers, press_paper
from tests import services
from tests.client import ReadingClient
from tests.world import World

PAGE = '<html lang="vi"><title>Phiếu</title><body><h1>Phiếu giao hàng số {name}</h1></body></html>'


@pytest.fixture(autouse=True)
def _machine() -> None:
    services.need(services.pango)


@pytest.fixture
def kind(app: Flask) -> Iterator[str]:
    @paper("test.slip")
    def slip(name: str) -> Sheet | None:
        if name == "gone":
            return None
        if name == "long":
            raise PaperRefused(Failure.TOO_LONG)
        return Sheet(PAGE.format(name=name))

    yield "test.slip"
    KINDS.pop("test.slip")


def wanted(kind: str, by: Any, name: str = "ẵm ướt") -> Paper:
    with transaction():
        return want(kind=kind, values={"name": name}, title="Phiếu", back="/", by=by)


def made(kind: str, by: Any, name: str = "ẵm ướt") -> Paper:
    asked = wanted(kind, by, name)
    press_paper(asked.id)
    db.session.expire_all()
    return asked


def words(pdf: bytes) -> str:
    return "\n".join(page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages)


# --- the press --------------------------------------------------------------------------------------


def test_vietnamese_is_set_in_our_own_type_without_any_of_the_system() -> None:
    pdf = press.pdf(PAGE.format(name="ĐL-0001 nghiêng ngả, ướt ẵm"))
    page = PdfReader(io.BytesIO(pdf)).pages[0]
    assert "Phiếu giao hàng số ĐL-0001 nghiêng ngả, ướt ẵm" in page.extract_text()
    fonts = {str(font.get_object()["/BaseFont"]) for font in page["/Resources"]["/Font"].values()}
    assert fonts and all("Be-Vietnam-Pro" in name for name in fonts)
    assert pdf == press.pdf(PAGE.format(name="ĐL-0001 nghiêng ngả, ướt ẵm"))


@pytest.fixture
def listener() -> Iterator[tuple[int, list[str]]]:
    """A server on this machine that writes down who asked it for something."""
    asked: list[str] = []

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(200)
            self.end_headers()

        def log_message(self, *_args: object) -> None:
            pass

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port, asked
    server.shutdown()


def test_a_page_fetches_nothing_from_outside(listener: tuple[int, list[str]], tmp_path: Path) -> None:
    port, asked = listener
    secret = tmp_path / "secret.txt"
    secret.write_text("mật khẩu bí mật")
    there = f"http://127.0.0.1:{port}"
    pdf = press.pdf(
        f"""<html lang="vi"><title>t</title><head><link rel="stylesheet" href="{there}/a.css">
        <style>@import url({there}/b.css); @font-face {{ font-family: X; src: url({there}/c.ttf) }}
        body {{ background: url({there}/d.png); font-family: X }}</style></head><body><h1>Giấy</h1>
        <img src="{there}/e.png" alt="e"><img src="file:///etc/passwd" alt="f"><img src="file://{secret}" alt="g">
        <object data="{there}/h"></object><embed src="file://{secret}"><img src="/static/../../../etc/passwd" alt="i">
        <img src="data:image/svg+xml,<svg xmlns='http://www.w3.org/2000/svg'><image href='{there}/j'/></svg>" alt="j">
        <a rel="attachment" href="file://{secret}">k</a></body></html>"""
    )
    assert asked == []
    assert "mật khẩu" not in words(pdf) and b"secret.txt" not in _attached(pdf)


def _attached(pdf: bytes) -> bytes:
    return b"".join(content for files in PdfReader(io.BytesIO(pdf)).attachments.values() for content in files)


def test_only_our_own_static_files_and_type_can_be_had(app: Flask) -> None:
    icon = app.jinja_env.globals["asset"]("img/icon.svg")
    assert press._own(icon) is not None
    assert press._own("type:Regular") is not None
    for other in ("/static/../manifest.json", "/static/", "type:../x", "file:///etc/passwd", "/etc/passwd"):
        assert press._own(other) is None, other


# --- the wish ---------------------------------------------------------------------------------------


def test_a_wanted_paper_waits_then_is_ready_under_the_hash_of_its_content(kind: str, world: World) -> None:
    one, other = made(kind, world.household), made(kind, world.household)
    assert (one.state, one.id == other.id) == (PaperState.READY, False)
    content = store.private().get(one.name)
    assert one.name == other.name == store.content_name(content, "pdf")
    assert "Phiếu giao hàng số ẵm ướt" in words(content)
    assert media.lost_files() == []


def test_twice_in_a_row_is_one_wish(kind: str, world: World) -> None:
    assert wanted(kind, world.household).id == wanted(kind, world.household).id
    assert wanted(kind, world.household).id != wanted(kind, world.director).id
    assert wanted(kind, world.household, "x").id != wanted(kind, world.household).id


def test_pressing_again_changes_nothing(kind: str, world: World) -> None:
    done = made(kind, world.household)
    name = done.name
    press_paper(done.id)
    db.session.expire_all()
    assert (done.state, done.name) == (PaperState.READY, name)


@pytest.mark.parametrize(("name", "failure"), [("gone", Failure.GONE), ("long", Failure.TOO_LONG)])
def test_a_paper_that_cannot_be_written_says_why(
    kind: str, world: World, client: ReadingClient, name: str, failure: Failure
) -> None:
    failed = made(kind, world.household, name)
    assert (failed.state, failed.failure) == (PaperState.FAILED, failure)
    client.sign_in("household@demo.vn")
    assert str(failed.reason) in client.get(f"/papers/{failed.ref}").get_data(as_text=True)
    assert client.get(f"/papers/{failed.ref}/file").status_code == 404


def test_without_the_library_the_page_says_that_pdfs_cannot_be_made_here(
    kind: str, world: World, client: ReadingClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    for loaded in [name for name in sys.modules if name.partition(".")[0] == "weasyprint"]:
        monkeypatch.delitem(sys.modules, loaded)
    monkeypatch.setitem(sys.modules, "weasyprint", None)
    failed = made(kind, world.household)
    assert (failed.state, failed.failure) == (PaperState.FAILED, Failure.NO_PRESS)
    client.sign_in("household@demo.vn")
    page = client.get(f"/papers/{failed.ref}").get_data(as_text=True)
    assert "Máy chủ này không làm được PDF" in page


def test_only_who_wanted_it_sees_it(kind: str, world: World, client: ReadingClient) -> None:
    done = made(kind, world.household)
    for path in (f"/papers/{done.ref}", f"/papers/{done.ref}/file"):
        assert client.get(path).status_code == 404
    client.sign_in("donglac@demo.vn")
    for path in (f"/papers/{done.ref}", f"/papers/{done.ref}/file"):
        assert client.get(path).status_code == 404


def test_the_page_looks_again_until_it_is_ready(kind: str, world: World, client: ReadingClient) -> None:
    asked = wanted(kind, world.household)
    client.sign_in("household@demo.vn")
    assert client.get(f"/papers/{asked.ref}").headers["Refresh"].startswith("2;")
    press_paper(asked.id)
    page = client.get(f"/papers/{asked.ref}")
    assert "Refresh" not in page.headers
    assert client.get(f"/papers/{asked.ref}/file").data.startswith(b"%PDF")


def test_a_lost_wake_up_is_found_and_old_papers_go(kind: str, world: World, drain: Any) -> None:
    asked = wanted(kind, world.household)
    paper_id, late = asked.id, clock.now()
    with clock.standing_at(late + dt.timedelta(minutes=5)):
        find_waiting_papers()
        drain()
    db.session.rollback()
    done = db.session.get_one(Paper, paper_id)
    assert done.state is PaperState.READY
    name = done.name
    assert name in media.private_names()
    with clock.standing_at(late + dt.timedelta(days=31)):
        forget_old_papers()
    assert name not in media.private_names()
