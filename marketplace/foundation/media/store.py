"""Where files live: a local folder or an S3 bucket, one interface, two areas that never mix.

Public pictures are named by the hash of their content; private papers and originals by a random reference.
A name is letters and digits and perhaps one ending, so no name can lead anywhere else.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import os
import re
import tempfile
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol
from urllib.parse import unquote, urlsplit

from flask import current_app

NAME = re.compile(r"[0-9a-z]{26,64}(?:\.[a-z0-9]{1,5})?", re.ASCII)
CONTENT_TYPES = {"avif": "image/avif", "webp": "image/webp", "jpg": "image/jpeg"}


class Missing(LookupError):
    """No file of this name is kept here."""


class StorageAway(Exception):
    """The storage cannot be reached or will not answer; trying later may help."""


class Storage(Protocol):
    """Files by name. Writing is all or nothing; writing the same name again replaces it."""

    def put(self, name: str, data: bytes) -> None: ...

    def get(self, name: str) -> bytes:
        """The bytes, or Missing."""

    def exists(self, name: str) -> bool: ...

    def delete(self, name: str) -> None:
        """Remove a file; one that is gone already is fine."""

    def names(self) -> Iterator[tuple[str, dt.datetime]]:
        """Every file with the time it was last written."""


def public() -> Storage:
    """Pictures that pages show, behind /media/."""
    return current_app.extensions["media"].public


def private() -> Storage:
    """Originals and papers, which no address shows."""
    return current_app.extensions["media"].private


def content_name(data: bytes, ending: str) -> str:
    return f"{hashlib.sha256(data).hexdigest()}.{ending}"


def url_of(name: str) -> str:
    """Where a public file is served."""
    return f"/media/{name}"


def open_storage(storage_url: str, s3_endpoint_url: str, area: str) -> Storage:
    """The storage that STORAGE_URL names; `area` is public or private. Raises ValueError for an odd URL."""
    parts = urlsplit(storage_url)
    if parts.scheme == "file" and parts.netloc in {"", "localhost"} and len(parts.path) > 1:
        return LocalFolder(Path(unquote(parts.path)) / area, secret=area == "private")
    if parts.scheme == "s3" and parts.netloc:
        prefix = "/".join([*parts.path.strip("/").split("/"), area]).lstrip("/")
        return S3Bucket(parts.netloc, prefix, s3_endpoint_url)
    raise ValueError("write file:///a/folder or s3://bucket")


def _key(name: str) -> str:
    """ab/cd/abcd….avif: folders stay small. Raises ValueError for what is not a name."""
    if not NAME.fullmatch(name):
        raise ValueError(f"not a file name: {name[:80]!r}")
    return f"{name[:2]}/{name[2:4]}/{name}"


class LocalFolder:
    """A folder of this machine. A file appears whole or not at all, and stays through a power cut."""

    def __init__(self, root: Path, *, secret: bool = False) -> None:
        self.root = root
        self.folder_mode = 0o700 if secret else 0o755
        self.file_mode = 0o600 if secret else 0o644

    def put(self, name: str, data: bytes) -> None:
        path = self.root / _key(name)
        self._make(path.parent)
        handle, draft = tempfile.mkstemp(dir=path.parent, prefix=".")
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fchmod(file.fileno(), self.file_mode)
                os.fsync(file.fileno())
            os.replace(draft, path)
        except BaseException:
            with suppress(OSError):
                os.unlink(draft)
            raise
        _keep_entry(path.parent)

    def _make(self, folder: Path) -> None:
        """The folder and those above it up to our root, each closed to others when secret."""
        self.root.parent.mkdir(parents=True, exist_ok=True)
        for level in (self.root, folder.parent, folder):
            level.mkdir(exist_ok=True, mode=self.folder_mode)

    def get(self, name: str) -> bytes:
        try:
            return (self.root / _key(name)).read_bytes()
        except FileNotFoundError as gone:
            raise Missing(name) from gone

    def exists(self, name: str) -> bool:
        return (self.root / _key(name)).is_file()

    def delete(self, name: str) -> None:
        (self.root / _key(name)).unlink(missing_ok=True)

    def names(self) -> Iterator[tuple[str, dt.datetime]]:
        for path in self.root.glob("??/??/*"):
            if NAME.fullmatch(path.name):
                with suppress(FileNotFoundError):
                    yield path.name, dt.datetime.fromtimestamp(path.stat().st_mtime, dt.UTC)


def _keep_entry(folder: Path) -> None:
    """Write the folder's own entry to disk: without it a power cut forgets that the file was renamed."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


class S3Bucket:
    """A bucket of S3 or of a server that speaks like it."""

    def __init__(self, bucket: str, prefix: str, endpoint_url: str = "") -> None:
        self.bucket = bucket
        self.prefix = prefix
        self.endpoint_url = endpoint_url or None
        self._client: Any = None

    @property
    def client(self) -> Any:
        """Made at first use: boto3 is slow to import, and a local folder never needs it."""
        if self._client is None:
            import boto3
            from botocore.config import Config

            self._client = boto3.session.Session().client(
                "s3",
                endpoint_url=self.endpoint_url,
                region_name=os.environ.get("AWS_REGION", "us-east-1"),
                config=Config(
                    connect_timeout=5,
                    read_timeout=20,
                    retries={"max_attempts": 3, "mode": "standard"},
                    s3={"addressing_style": "path"} if self.endpoint_url else {},
                    request_checksum_calculation="when_required",
                    response_checksum_validation="when_required",
                ),
            )
        return self._client

    def put(self, name: str, data: bytes) -> None:
        kind = CONTENT_TYPES.get(name.rpartition(".")[2], "application/octet-stream")
        self._ask("put_object", Key=self._at(name), Body=data, ContentType=kind)

    def get(self, name: str) -> bytes:
        return bytes(self._ask("get_object", Key=self._at(name))["Body"].read())

    def exists(self, name: str) -> bool:
        try:
            self._ask("head_object", Key=self._at(name))
        except Missing:
            return False
        return True

    def delete(self, name: str) -> None:
        self._ask("delete_object", Key=self._at(name))

    def names(self) -> Iterator[tuple[str, dt.datetime]]:
        more: dict[str, str] = {}
        while True:
            answer = self._ask("list_objects_v2", Prefix=f"{self.prefix}/", **more)
            for item in answer.get("Contents", ()):
                name = item["Key"].rpartition("/")[2]
                if NAME.fullmatch(name):
                    yield name, item["LastModified"]
            if not answer.get("IsTruncated"):
                return
            more = {"ContinuationToken": answer["NextContinuationToken"]}

    def _at(self, name: str) -> str:
        return f"{self.prefix}/{_key(name)}"

    def _ask(self, verb: str, **what: Any) -> Any:
        from botocore.exceptions import BotoCoreError, ClientError

        try:
            return getattr(self.client, verb)(Bucket=self.bucket, **what)
        except ClientError as problem:
            if problem.response.get("Error", {}).get("Code") in {"NoSuchKey", "404", "NotFound"}:
                raise Missing(what.get("Key", "")) from problem
            raise StorageAway(str(problem)) from problem
        except BotoCoreError as problem:
            raise StorageAway(str(problem)) from problem
