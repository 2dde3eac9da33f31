"""Lots: one by its code, those of a cooperative, those with something left."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from sqlalchemy import ColumnElement, Select, exists, func, select
from sqlalchemy.orm import contains_eager, joinedload, selectinload

from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import Page, db, page_of
from marketplace.growing.models import DiaryEntry, Lot, LotPlot, LotSending, LotTest, Plot
from marketplace.growing.queries.diary import sprays_of
from marketplace.growing.states import LabResult
from marketplace.places.models import AdminUnit

SEASON = dt.timedelta(days=200)
"""As long as a crop stands in the field: what was sprayed earlier belongs to the one before."""
USUAL = dt.timedelta(days=14)
OPEN = dt.timedelta(days=365)
MOST_OPEN = 60
MOST_EXPORTED = 5_000


@dataclass(frozen=True)
class LotRow:
    """A line of a list; `tests` are those that it passed."""

    code: str
    name: str
    cooperative: str
    harvested_on: dt.date
    kg: Decimal | None
    free: Decimal
    grade: str
    tests: int
    failed: int
    cautions: int
    recalled: bool


def lot_by_code(code: str) -> Lot | None:
    """With what its page tells."""
    return _one(select(Lot).where(Lot.code == code.upper()))


def sent_lot(client: str, cooperative_id: int) -> Lot | None:
    """The lot that this page sent already."""
    return _one(
        select(Lot)
        .join(LotSending, LotSending.lot_id == Lot.id)
        .join(Lot.product)
        .where(LotSending.client == client, Product.cooperative_id == cooperative_id)
    )


def own_lot(code: str, organisation_ids: Collection[int]) -> Lot | None:
    """A lot of a cooperative one acts for."""
    theirs = Cooperative.organisation_id.in_([*organisation_ids])
    return _one(
        select(Lot).join(Lot.product).join(Product.cooperative).where(Lot.code == code.upper(), theirs)
    )


def _one(query: Select[Any]) -> Lot | None:
    plot = selectinload(Lot.plots).joinedload(LotPlot.plot)
    found: Lot | None = db.session.scalar(
        query.options(
            joinedload(Lot.product).joinedload(Product.cooperative),
            joinedload(Lot.product).joinedload(Product.commodity),
            plot.joinedload(Plot.unit).joinedload(AdminUnit.parent),
            selectinload(Lot.tests).joinedload(LotTest.document),
        )
    )
    return found


def test_by_ref(ref: str) -> LotTest | None:
    return db.session.scalar(
        select(LotTest)
        .where(LotTest.ref == ref)
        .options(joinedload(LotTest.lot).joinedload(Lot.product).joinedload(Product.cooperative))
    )


def own_test(ref: str, organisation_ids: Collection[int]) -> LotTest | None:
    found = test_by_ref(ref)
    if found is None or found.lot.product.cooperative.organisation_id not in organisation_ids:
        return None
    return found


def lots_of(cooperative_id: int, after: str | None = None, size: int = 30) -> Page[LotRow]:
    """A cooperative's lots, the latest harvest first."""
    return _rows(_listed().where(Product.cooperative_id == cooperative_id), after, size)


def lots(words: str = "", tab: str = "all", after: str | None = None, size: int = 40) -> Page[LotRow]:
    """Lots of everybody, by a part of the code: all, "recalled", "failed" tests, or harvested against a "caution"."""
    return _rows(_narrowed(words, tab), after, size)


def for_export(words: str = "", tab: str = "all") -> Sequence[LotRow]:
    return _rows(_narrowed(words, tab), None, MOST_EXPORTED).rows


def _narrowed(words: str, tab: str) -> Select[Any]:
    query = _listed()
    if words:
        query = query.where(Lot.code.contains(words.upper(), autoescape=True))
    if tab in _TABS:
        query = query.where(_TABS[tab])
    return query


def _tests(*wanted: ColumnElement[bool]) -> Any:
    return (
        select(func.count()).select_from(LotTest).where(LotTest.lot_id == Lot.id, *wanted).scalar_subquery()
    )


_PASSED = LotTest.result == LabResult.PASSED
_FAILED = LotTest.result == LabResult.FAILED
_TABS: dict[str, ColumnElement[bool]] = {
    "recalled": Lot.recalled_at.is_not(None),
    "failed": exists(select(LotTest.id).where(LotTest.lot_id == Lot.id, _FAILED)),
    "caution": Lot.early_reason != "",
}


def _listed() -> Select[Any]:
    return (
        select(
            Lot, Product.name_vi, Cooperative.short_name, Cooperative.name, _tests(_PASSED), _tests(_FAILED)
        )
        .join(Lot.product)
        .join(Product.cooperative)
        .options(contains_eager(Lot.product))
    )


def _rows(query: Select[Any], after: str | None, size: int) -> Page[LotRow]:
    page = page_of(query, Lot.harvested_on, Lot.id, after=after, size=size, descending=True)
    return page.map(_row)


def _row(row: Any) -> LotRow:
    lot: Lot = row[0]
    return LotRow(
        code=lot.code,
        name=lot.product.name,
        cooperative=row[2] or row[3],
        harvested_on=lot.harvested_on,
        kg=lot.kg,
        free=lot.free,
        grade=lot.grade,
        tests=row[4],
        failed=row[5],
        cautions=len(lot.cautions or []),
        recalled=lot.recalled_at is not None,
    )


def open_lots(product_ids: Collection[int]) -> dict[int, list[Lot]]:
    """Product id -> lots of which something is left to pack, the oldest harvest first; one statement.

    Neither recalled ones nor those that a laboratory found bad.
    """
    found: dict[int, list[Lot]] = {each: [] for each in product_ids}
    rows = db.session.scalars(
        select(Lot)
        .where(
            Lot.product_id.in_([*product_ids]),
            Lot.kg > Lot.taken,
            Lot.harvested_on > clock.today() - OPEN,
            Lot.recalled_at.is_(None),
            ~_TABS["failed"],
        )
        .order_by(Lot.harvested_on, Lot.id)
        .limit(MOST_OPEN)
    )
    for lot in rows:
        found[lot.product_id].append(lot)
    return found


def usual_lots(wanted: Mapping[int, Decimal]) -> dict[int, list[tuple[Lot, Decimal]]]:
    """Product id -> (lot, kilograms) that are proposed for so many: lots harvested from plots within two weeks, the
    oldest first. Nothing where they do not cover all of it: a proposal is never half. Two statements."""
    found = open_lots(wanted)
    fresh = _from_plots(
        [lot for lots in found.values() for lot in lots if lot.harvested_on > clock.today() - USUAL]
    )
    return {
        product_id: _covering([lot for lot in found[product_id] if lot.id in fresh], kg)
        for product_id, kg in wanted.items()
    }


def _covering(found: Sequence[Lot], kg: Decimal) -> list[tuple[Lot, Decimal]]:
    told: list[tuple[Lot, Decimal]] = []
    rest = kg
    for lot in found:
        share = min(rest, lot.free)
        if share > 0:
            told.append((lot, share))
            rest -= share
    return told if rest == 0 else []


def _from_plots(found: Sequence[Lot]) -> set[int]:
    """Those that name their plots; a lot made while packing is its own delivery's."""
    if not found:
        return set()
    query = select(LotPlot.lot_id).where(LotPlot.lot_id.in_([lot.id for lot in found]))
    return set(db.session.scalars(query))


def last_labels(product_ids: Collection[int]) -> dict[int, Lot]:
    """Product id -> the newest lot that was made while packing: field and grower are mostly the same as last time."""
    with_plots = exists(select(LotPlot.lot_id).where(LotPlot.lot_id == Lot.id))
    newest = select(func.max(Lot.id)).where(Lot.product_id.in_([*product_ids]), ~with_plots)
    query = select(Lot).where(Lot.id.in_(newest.group_by(Lot.product_id)))
    return {lot.product_id: lot for lot in db.session.scalars(query)}


def diary_summary(lot: Lot) -> list[DiaryEntry]:
    """What was sprayed in its plots in the season before its harvest, the latest first."""
    since = {each.plot_id: lot.harvested_on - SEASON for each in lot.plots}
    found = [entry for entries in sprays_of(since).values() for entry in entries]
    told = [entry for entry in found if entry.day <= lot.harvested_on]
    return sorted(told, key=lambda entry: (entry.day, entry.id), reverse=True)
