"""A photo from the form to the page; a paper from the form to those who may read it."""

from __future__ import annotations

import datetime as dt
import io
import os
import signal

import pytest
from sqlalchemy import func, select
from werkzeug.datastructures import FileStorage

from marketplace.foundation.db import db, transaction
from marketplace.foundation.db.public import VERSION
from marketplace.foundation.media import (
    DocumentRefused,
    Photo,
    PhotoRefused,
    PhotoState,
    Picture,
    pictures,
    process_photo,
    queries,
    receive_document,
    receive_photo,
    remove_photo,
    send_document,
    store,
    tasks,
)
from marketplace.foundation.words import in_language
from tests.foundation.media.pictures import corners, png, saved

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


class Someone:
    id = 7


def take(data: bytes | None = None, filename: str = "IMG_0001.jpg") -> Photo:
    with transaction():
        return receive_photo(
            stream=FileStorage(io.BytesIO(data or saved(corners(900, 600))), filename),
            filename=filename,
            by=Someone(),
        )


def take_paper(data: bytes = PDF, filename: str | None = "giấy chứng nhận.pdf"):
    with transaction():
        return receive_document(stream=io.BytesIO(data), filename=filename, by=Someone())


def fresh(photo: Photo) -> Photo:
    """The photo as the worker left it, read in a transaction of its own."""
    db.session.rollback()
    return db.session.get(Photo, photo.id, populate_existing=True)


def public_files() -> list[str]:
    return sorted(name for name, _ in store.public().names())


def private_files() -> list[str]:
    return sorted(name for name, _ in store.private().names())


def later(monkeypatch, **ahead: int) -> None:
    moment = dt.datetime.now(dt.UTC) + dt.timedelta(**ahead)
    monkeypatch.setattr("marketplace.foundation.clock.now", lambda: moment)


# --- a photo's way ----------------------------------------------------------------------------------


def test_a_photo_waits_behind_a_placeholder_and_is_then_shown(app, drain):
    photo = take()
    assert photo.state == PhotoState.WAITING and photo.uploaded_by_id == 7
    assert photo.src == "/media/waiting.svg" and photo.sources() == [] and photo.share_url == ""
    assert private_files() == [photo.ref] and public_files() == []
    version = db.session.scalar(VERSION)

    assert drain() == 1

    photo = fresh(photo)
    assert photo.is_ready and (photo.width, photo.height) == (900, 600)
    assert private_files() == [], "the original, which knows where it was taken, is gone"
    assert public_files() == sorted(r["name"] for r in photo.renditions) and len(public_files()) == 7
    assert db.session.scalar(VERSION) > version, "pages that show it are renewed"


def test_a_page_gets_the_file_that_fits(app, drain):
    photo = take()
    drain()
    photo = fresh(photo)
    by_width = {r["width"]: f"/media/{r['name']}" for r in photo.renditions if r["format"] == "webp"}
    assert sorted(by_width) == [400, 800, 900]
    assert photo.url(300) == by_width[400] and photo.url(400) == by_width[400]
    assert photo.url(401) == by_width[800] and photo.url(5000) == by_width[900]
    assert photo.src == by_width[800]
    assert photo.url(400, "avif").endswith(".avif") and photo.share_url.endswith(".jpg")
    assert [kind for kind, _ in photo.sources()] == ["image/avif", "image/webp"]
    assert photo.srcset("webp") == ", ".join(f"{by_width[w]} {w}w" for w in (400, 800, 900))


def test_pictures_of_a_list_come_in_one_answer(app, drain):
    ready = take()
    drain()
    waiting = take()
    db.session.rollback()
    assert pictures([]) == {}
    found = pictures([ready.id, waiting.id, 999_999])
    assert set(found) == {ready.id, waiting.id}
    assert found[ready.id] == fresh(ready).picture and found[ready.id].is_ready
    assert found[waiting.id] == Picture()


def test_a_refusal_at_the_form_keeps_nothing(app):
    with pytest.raises(PhotoRefused) as refused, transaction():
        receive_photo(stream=io.BytesIO(b"<svg/>"), filename="x.jpg", by=None, field="photo")
    assert (refused.value.code, refused.value.field) == ("svg", "photo")
    assert private_files() == [] and db.session.scalar(select(func.count(Photo.id))) == 0


def test_a_photo_that_turns_out_bad_says_why(app, drain):
    whole = png(64, 48, data=bytes(20))
    photo = take(whole, "C:\\Ảnh\\vườn vải.png")
    drain()
    photo = fresh(photo)
    assert photo.state == PhotoState.REFUSED and photo.refusal == "truncated"
    assert photo.filename == "vườn vải.png"
    assert private_files() == [] and photo.src == "/media/waiting.svg"
    with in_language("en"):
        assert str(photo.reason) == "This photo did not arrive whole. Please choose it again."


def test_working_twice_changes_nothing(app, drain):
    photo = take()
    drain()
    before, files, version = fresh(photo).renditions, public_files(), db.session.scalar(VERSION)
    process_photo(photo.id)
    process_photo(photo.id)
    assert (fresh(photo).renditions, public_files(), db.session.scalar(VERSION)) == (before, files, version)
    process_photo(999_999)


def test_the_same_photo_sent_twice_shares_its_files(app, drain):
    one, two = take(), take()
    drain()
    assert fresh(one).renditions == fresh(two).renditions and len(public_files()) == 7
    assert private_files() == []


def test_a_worker_killed_half_way_is_made_good_by_the_next(app, monkeypatch):
    photo = take()
    folder = type(store.public())
    keep, kept = folder.put, []

    def killed_at_the_third(self, name: str, data: bytes) -> None:
        kept.append(name)
        if len(kept) == 3:
            os.kill(os.getpid(), signal.SIGKILL)
        keep(self, name, data)

    worker = os.fork()
    if worker == 0:
        try:
            db.session.remove()
            db.engine.dispose(close=False)
            monkeypatch.setattr(folder, "put", killed_at_the_third)
            process_photo(photo.id)
        finally:
            os._exit(1)
    _, ended = os.waitpid(worker, 0)
    assert os.WIFSIGNALED(ended) and os.WTERMSIG(ended) == signal.SIGKILL
    assert fresh(photo).state == PhotoState.WAITING and len(public_files()) == 2
    db.session.rollback()

    process_photo(photo.id)
    assert fresh(photo).is_ready and len(public_files()) == 7 and private_files() == []
    assert queries.lost_files() == []


def test_a_lost_wake_up_is_noticed(app, drain, monkeypatch):
    photo = take()
    app.extensions["huey"].flush()
    tasks.find_waiting_photos()
    assert drain() == 0, "it has not waited long"
    later(monkeypatch, minutes=3)
    tasks.find_waiting_photos()
    assert drain() == 1 and fresh(photo).is_ready


def test_a_photo_whose_original_is_lost_is_refused(app, drain):
    photo = take()
    assert queries.lost_files() == []
    store.private().delete(photo.ref)
    assert queries.lost_files() == [f"private/{photo.ref}"]
    drain()
    assert fresh(photo).refusal == "truncated" and queries.lost_files() == []


def test_files_that_no_row_needs_are_swept_after_a_day(app, drain, monkeypatch):
    shown, waiting, paper = take(), take(saved(corners(700, 500))), take_paper()
    process_photo(shown.id)
    removed = take(saved(corners(640, 480)))
    process_photo(removed.id)
    with transaction():
        remove_photo(photo=fresh(removed))
    with pytest.raises(RuntimeError, match="changed my mind"), transaction():
        receive_photo(stream=io.BytesIO(saved(corners())), filename="x.jpg", by=None)
        raise RuntimeError("changed my mind")
    assert len(private_files()) == 3

    tasks.sweep_files()
    assert len(private_files()) == 3, "a file of this minute may still get its row"

    later(monkeypatch, hours=25)
    tasks.sweep_files()
    assert private_files() == sorted([waiting.ref, paper.ref])
    assert public_files() == sorted(r["name"] for r in fresh(shown).renditions)
    assert queries.lost_files() == []


# --- the picture door -------------------------------------------------------------------------------


def test_a_picture_is_served_for_ever_and_runs_nothing(app, client, drain):
    photo = take()
    drain()
    photo = fresh(photo)
    for address, kind in (
        (photo.url(400, "avif"), "image/avif"),
        (photo.url(400), "image/webp"),
        (photo.share_url, "image/jpeg"),
    ):
        answer = client.get(address)
        assert answer.status_code == 200 and answer.content_type == kind
        assert answer.data == store.public().get(address.rpartition("/")[2])
        assert answer.headers["Cache-Control"] == "public, max-age=31536000, s-maxage=3600, immutable"
        assert_harmless(answer, shown_in_letters=address.endswith(".jpg"))
        assert "Set-Cookie" not in answer.headers

        again = client.get(address, headers={"If-None-Match": answer.headers["ETag"]})
        assert again.status_code == 304 and again.data == b""
        head = client.head(address)
        assert head.status_code == 200 and head.data == b""
        assert head.headers["Content-Length"] == str(len(answer.data))
        assert client.post(address).status_code == 405


def assert_harmless(answer, *, shown_in_letters=False) -> None:
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert answer.headers["Cross-Origin-Resource-Policy"] == (
        "cross-origin" if shown_in_letters else "same-origin"
    )


def test_the_placeholder_is_there(client):
    answer = client.get("/media/waiting.svg")
    assert answer.content_type == "image/svg+xml" and answer.data.startswith(b"<svg")
    assert b"<script" not in answer.data and b"style" not in answer.data
    assert_harmless(answer)


@pytest.mark.parametrize(
    "path",
    [
        "",
        "..",
        "../wsgi.py",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e/%2e%2e/etc/passwd",
        "....//....//etc/passwd",
        "/etc/passwd",
        "..%5c..%5csecret",
        "%00",
        "a" * 64 + ".avif",
        "a" * 64 + ".html",
        "a" * 64 + ".avif%00.html",
        "a" * 64 + ".avif/",
        "A" * 64 + ".avif",
        "a" * 63 + ".avif",
        "a" * 5000,
        "private/aa/aa/" + "a" * 26,
        "waiting.svg%0d%0aX-Evil:1",
        "%ff%fe",
    ],
)
def test_other_names_lead_nowhere(client, path):
    answer = client.get(f"/media/{path}")
    assert answer.status_code == 404 and answer.data == b"404 Not Found"
    assert answer.headers["Cache-Control"] == "no-store" and "X-Evil" not in answer.headers
    assert_harmless(answer)


def test_an_original_and_a_paper_have_no_address(app, client):
    photo, paper = take(), take_paper()
    for name in (photo.ref, paper.ref, f"{photo.sha256}.jpg", f"{paper.sha256}.pdf"):
        assert client.get(f"/media/{name}").status_code == 404


# --- papers -----------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind", "ending"),
    [(PDF, "pdf", "pdf"), (saved(corners()), "jpeg", "jpg"), (saved(corners(), "PNG"), "png", "png")],
    ids=["pdf", "jpeg", "png"],
)
def test_a_paper_is_kept_as_it_came_and_only_downloaded(app, data, kind, ending):
    paper = take_paper(data, "giấy chứng nhận.html")
    assert (paper.kind, paper.size_bytes, paper.filename) == (kind, len(data), f"giấy chứng nhận.{ending}")
    with app.test_request_context():
        answer = send_document(paper)
        answer.direct_passthrough = False
        assert answer.get_data() == data
    assert answer.headers["Content-Disposition"].startswith("attachment;")
    assert "gi%E1%BA%A5y%20ch%E1%BB%A9ng%20nh%E1%BA%ADn." + ending in answer.headers["Content-Disposition"]
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert_harmless(answer)


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"", "empty"),
        (b"<html>%PDF-1.7 %%EOF", "other_type"),
        (b"MZ\x90\0 a program", "other_type"),
        (b"PK\3\4 a text document", "other_type"),
        (saved(corners(), "GIF"), "other_type"),
        (b"%PDF-1.7\n half of it", "truncated"),
        (PDF[:-6] + bytes(10 * 1024 * 1024) + b"%%EOF", "too_big"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_paper_is_refused(app, data, code):
    with pytest.raises(DocumentRefused) as refused, transaction():
        receive_document(stream=io.BytesIO(data), filename="x.pdf", by=None, field="file")
    assert (refused.value.code, refused.value.field) == (code, "file")
    assert private_files() == []


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd.pdf"),
        ("C:\\giấy tờ\\đơn.PDF", "đơn.pdf"),
        ("a\r\nSet-Cookie: x=1.pdf", "aSet-Cookie x=1.pdf"),
        ('x";<script>.pdf', "xscript.pdf"),
        ("\u202egpj.exe.pdf", "gpj.exe.pdf"),
        ("", "giay-to.pdf"),
        (None, "giay-to.pdf"),
        ("...", "giay-to.pdf"),
        ("đ" * 400 + ".pdf", "đ" * 110 + ".pdf"),
        ("gia\u0301.pdf", "giá.pdf"),
    ],
)
def test_a_hostile_filename_becomes_a_plain_one(app, given, kept):
    paper = take_paper(filename=given)
    assert paper.filename == kept
    with app.test_request_context():
        disposition = send_document(paper).headers["Content-Disposition"]
    assert "\n" not in disposition and "\r" not in disposition
