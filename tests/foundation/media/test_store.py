"""Files by name, in a folder or in a bucket: whole or not there, and never anywhere else."""

from __future__ import annotations

import datetime as dt
import hashlib
import stat

import pytest

from marketplace.foundation.media import store
from tests import services

CONTENT = b"a picture, for all the storage knows"
NAME = f"{hashlib.sha256(CONTENT).hexdigest()}.avif"
HOSTILE = [
    "",
    ".",
    "..",
    "../../etc/passwd",
    "..%2f..%2fetc%2fpasswd",
    "%2e%2e/secret",
    "....//....//secret",
    "/etc/passwd",
    "\\windows\\system32",
    "..\\..\\secret",
    "C:secret",
    "ab/cd/" + NAME,
    NAME + "/../../x",
    NAME + "\0.html",
    NAME + "\n",
    NAME[:-5] + ".html/",
    "a" * 300,
    "." + NAME,
    NAME.upper(),
    "tệp-tiếng-việt-dài-hơn-hai-mươi-sáu-chữ",
    "~root" + "a" * 26,
    "a" * 26 + "..",
    "a" * 26 + ".a/b",
]


@pytest.fixture
def bucket(monkeypatch):
    """(STORAGE_URL, S3_ENDPOINT_URL) of an empty bucket of a server that speaks S3."""
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "for-tests-only")
    monkeypatch.delenv("AWS_SESSION_TOKEN", raising=False)
    server = services.need(services.s3)
    return f"s3://{server.bucket()}/shop", server.endpoint_url


@pytest.fixture(params=["folder", "bucket"])
def areas(request, tmp_path):
    """(public, private) storage of one STORAGE_URL."""
    if request.param == "folder":
        url, endpoint = f"file://{tmp_path}/files", ""
    else:
        url, endpoint = request.getfixturevalue("bucket")
    return tuple(store.open_storage(url, endpoint, area) for area in ("public", "private"))


def test_a_file_is_kept_found_replaced_and_removed(areas):
    public, private = areas
    assert not public.exists(NAME)
    with pytest.raises(store.Missing):
        public.get(NAME)

    public.put(NAME, CONTENT)
    public.put(NAME, CONTENT)
    assert public.exists(NAME) and public.get(NAME) == CONTENT
    (name, written), *others = public.names()
    assert (name, others) == (NAME, [])
    assert abs(written - dt.datetime.now(dt.UTC)) < dt.timedelta(minutes=2)

    assert not private.exists(NAME), "what is public is not private, and the other way round"
    private.put("a" * 26, b"a paper")
    assert [name for name, _ in private.names()] == ["a" * 26]
    private.put("a" * 26, b"another paper")
    assert private.get("a" * 26) == b"another paper"

    public.delete(NAME)
    public.delete(NAME)
    assert not public.exists(NAME) and list(public.names()) == []
    assert private.exists("a" * 26)


@pytest.mark.parametrize("name", HOSTILE)
def test_a_hostile_name_leads_nowhere(tmp_path, name):
    (tmp_path / "secret").write_text("not for you")
    folder = store.open_storage(f"file://{tmp_path}/files", "", "public")
    for act in (folder.get, folder.exists, folder.delete, lambda name: folder.put(name, b"x")):
        with pytest.raises(ValueError, match="not a file name"):
            act(name)
    assert [path.name for path in tmp_path.rglob("*")] == ["secret"]


def test_the_same_guard_stands_before_a_bucket():
    bucket = store.open_storage("s3://market-files", "http://127.0.0.1:9", "public")
    for name in HOSTILE:
        with pytest.raises(ValueError, match="not a file name"):
            bucket.get(name)


def test_a_write_that_fails_leaves_nothing_behind(tmp_path):
    folder = store.open_storage(f"file://{tmp_path}", "", "public")
    folder.put(NAME, CONTENT)
    with pytest.raises(TypeError):
        folder.put(NAME, "text is not bytes")
    files = [path for path in tmp_path.rglob("*") if path.is_file()]
    assert [path.name for path in files] == [NAME]
    assert folder.get(NAME) == CONTENT


def test_private_files_are_for_this_account_only(tmp_path):
    folder = store.open_storage(f"file://{tmp_path}", "", "private")
    folder.put("a" * 26, b"a paper")
    path = tmp_path / "private" / "aa" / "aa" / ("a" * 26)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    for above in (path.parent, path.parent.parent, path.parent.parent.parent):
        assert stat.S_IMODE(above.stat().st_mode) == 0o700, above


def test_a_bucket_that_does_not_answer_is_said_so(monkeypatch):
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "for-tests-only")
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "for-tests-only")
    bucket = store.open_storage("s3://market-files", f"http://127.0.0.1:{services.free_port()}", "public")
    with pytest.raises(store.StorageAway):
        bucket.put(NAME, CONTENT)


def test_a_missing_bucket_is_not_a_missing_file(bucket):
    _, endpoint = bucket
    with pytest.raises(store.StorageAway):
        store.open_storage("s3://no-such-bucket", endpoint, "public").get(NAME)


@pytest.mark.parametrize(
    "url", ["file:///", "file://elsewhere/folder", "s3://", "ftp://x/y", "instance/files"]
)
def test_an_odd_storage_url_is_refused(url):
    with pytest.raises(ValueError, match="write file"):
        store.open_storage(url, "", "public")
