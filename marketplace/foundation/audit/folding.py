"""Old history is folded: what people said and were called goes, what happened stays, and so does the chain.

The words of an entry stand beside the chain, so the seals hold before and after. Each fold sums up its range and is
sealed into a chain of folds; the fact that announces it is sealed into the first chain. So nobody takes words out of
a younger entry and calls it a fold, and no fold disappears.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Any

import structlog
from sqlalchemy import func, select

from marketplace.foundation import clock
from marketplace.foundation.audit.models import AuditEntry, AuditFold, AuditSeal, AuditWords
from marketplace.foundation.audit.recorder import GENESIS, digest_of
from marketplace.foundation.db.base import db
from marketplace.foundation.db.redacting import redacting

log = structlog.get_logger()
TOLD_BY = "TrailFolded"
"""The kind of the fact that announces a fold."""
INSTEAD = "…"
BATCH = 2_000


def fold(edge: dt.datetime, limit: int = BATCH) -> AuditFold | None:
    """Fold what follows the last fold and is older than `edge`, `limit` entries at the most; None when there is
    nothing. Call it in a transaction, one caller at a time. A range whose seals do not hold is left as it is."""
    last = last_fold()
    links = _links(last.last_seq + 1 if last else 1, edge, limit)
    if not links:
        return None
    prev = last.last_hash if last else GENESIS
    for link, entry in links:
        if link.prev_hash != prev or digest_of(entry, prev) != link.hash:
            log.error("fold", seq=link.seq, why="the chain is broken here")
            return None
        prev = link.hash
    made = AuditFold(
        number=last.number + 1 if last else 1,
        first_seq=links[0][0].seq,
        last_seq=links[-1][0].seq,
        since=min(entry.at for _link, entry in links),
        until=max(entry.at for _link, entry in links),
        facts=len(links),
        words=_take_words([entry.id for _link, entry in links]),
        kinds=dict(Counter(entry.kind for _link, entry in links)),
        last_hash=prev,
        at=clock.now(),
        prev_hash=last.hash if last else GENESIS,
    )
    made.hash = digest_of_fold(made)
    db.session.add(made)
    db.session.flush()
    return made


def last_fold() -> AuditFold | None:
    return db.session.scalar(select(AuditFold).order_by(AuditFold.number.desc()).limit(1))


def _links(first: int, edge: dt.datetime, limit: int) -> list[tuple[AuditSeal, AuditEntry]]:
    """From this link on without a gap, all older than the edge."""
    rows = db.session.execute(
        select(AuditSeal, AuditEntry)
        .join(AuditEntry, AuditEntry.id == AuditSeal.entry_id)
        .where(AuditSeal.seq >= first)
        .order_by(AuditSeal.seq)
        .limit(limit)
    ).all()
    numbered = enumerate(((link, entry) for link, entry in rows), start=first)
    return [
        pair for _, pair in takewhile(lambda one: one[1][0].seq == one[0] and one[1][1].at < edge, numbered)
    ]


def _take_words(entry_ids: Sequence[int]) -> int:
    found = db.session.scalars(select(AuditWords).where(AuditWords.entry_id.in_(entry_ids))).all()
    with redacting():
        for one in found:
            one.words = {name: INSTEAD if said else said for name, said in one.words.items()}
        db.session.flush()
    return len(found)


def digest_of_fold(fold: AuditFold) -> str:
    told = json.dumps(
        [
            *(fold.number, fold.first_seq, fold.last_seq, fold.since.isoformat(), fold.until.isoformat()),
            *(fold.facts, fold.words, fold.kinds, fold.last_hash, fold.at.isoformat()),
        ],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    return hashlib.sha256(f"{fold.prev_hash}\n{told}".encode()).hexdigest()


def broken_folds() -> int:
    """How many folds do not hold, or are told of and gone, or still have words."""
    folds = db.session.scalars(select(AuditFold).order_by(AuditFold.number)).all()
    told = _told()
    broken = len(told.keys() - {one.number for one in folds})
    number, seq, prev = 1, 1, GENESIS
    for one in folds:
        follows = (one.number, one.first_seq, one.prev_hash) == (number, seq, prev)
        sound = follows and digest_of_fold(one) == one.hash == told.get(one.number) and _fits(one)
        broken += not sound
        number, seq, prev = one.number + 1, one.last_seq + 1, one.hash
    return broken


def _told() -> dict[int, str]:
    rows = db.session.scalars(select(AuditEntry.data).where(AuditEntry.kind == TOLD_BY))
    return {data["number"]: data["hash"] for data in rows}


def _fits(one: AuditFold) -> bool:
    """The range is as the fold says, and nobody's words are in it."""
    head = db.session.scalar(select(AuditSeal.hash).where(AuditSeal.seq == one.last_seq))
    within: Any = AuditSeal.seq.between(one.first_seq, one.last_seq)
    kinds = db.session.execute(
        select(AuditEntry.kind, func.count().label("told"))
        .join(AuditSeal, AuditSeal.entry_id == AuditEntry.id)
        .where(within)
        .group_by(AuditEntry.kind)
    )
    said = db.session.scalars(
        select(AuditWords.words).join(AuditSeal, AuditSeal.entry_id == AuditWords.entry_id).where(within)
    ).all()
    bare = all(not word or word == INSTEAD for words in said for word in words.values())
    counted = {row.kind: row.told for row in kinds}
    return head == one.last_hash and counted == one.kinds and len(said) == one.words and bare
