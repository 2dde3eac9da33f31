"""The trail as a file: the same columns whether a page gives it out or the worker writes it."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Sequence
from typing import Any

from marketplace.accounts import queries
from marketplace.accounts.models import TrailExport
from marketplace.foundation.audit import Line, Sought, public_names, trail
from marketplace.foundation.db import db
from marketplace.foundation.sheets import as_text
from marketplace.foundation.words import _, in_language

BATCH = 2_000


def columns() -> list[str]:
    return [
        _("Line"),
        _("Time"),
        _("Who"),
        _("On behalf of"),
        _("What happened"),
        _("Kind of event"),
        _("Subject"),
    ]


def row(line: Line, members: dict[int, str], names: dict[tuple[str, int], str]) -> Sequence[Any]:
    return (
        line.id,
        line.at,
        line.actor or _("By itself"),
        members.get(line.on_behalf_of_id or 0, ""),
        line.sentence,
        line.kind,
        ", ".join(f"{subject}:{names.get((subject, number), number)}" for subject, number in line.subjects),
    )


def zipped(export: TrailExport, progress: Callable[[int], bool]) -> bytes | None:
    """Everything that was looked for, newest first, as CSV in a zip, batch by batch. `progress(done)` hears of each
    and says whether to go on."""
    sought, locale = Sought.read(export.sought, export.last_id), export.locale
    buffer, done, after = io.BytesIO(), 0, None
    with (
        in_language(locale),
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as parts,
        parts.open("nhat-ky.csv", "w", force_zip64=True) as raw,
        io.TextIOWrapper(raw, encoding="utf-8-sig", newline="") as text,
    ):
        writer = csv.writer(text)
        writer.writerow(columns())
        while True:
            page = trail(sought, after, BATCH)
            writer.writerows([as_text(value) for value in told] for told in _rows(page.rows))
            done, after = done + len(page.rows), page.next
            db.session.rollback()
            if not progress(done):
                return None
            if after is None:
                break
    return buffer.getvalue()


def _rows(lines: Sequence[Line]) -> list[Sequence[Any]]:
    members = queries.names_of_organisations(
        [*{line.on_behalf_of_id for line in lines if line.on_behalf_of_id}]
    )
    names = public_names(each for line in lines for each in line.subjects)
    return [row(line, members, names) for line in lines]
