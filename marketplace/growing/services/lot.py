"""Lots: harvested, tested, packed, sent off, called back.

What is left of a lot is taken by one conditional statement, never by reading and then writing. A recall and a truck
that leaves decide on the lot's row who was first.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import exists, func, or_, select, update

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.foundation import clock, formats
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.media import receive_document
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.quantity import quantity as exact
from marketplace.foundation.reference import random_ref, short_code
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _l
from marketplace.growing import cautions, queries
from marketplace.growing.cautions import Caution
from marketplace.growing.events import LotEvent, LotFreed, LotHarvested, LotRecalled, LotTested
from marketplace.growing.models import Lot, LotPlot, LotSending, LotTest, Plot
from marketplace.growing.queries.lot import SEASON
from marketplace.growing.states import LabResult, test_lifecycle


def harvest(
    *,
    product: Product,
    plots: Sequence[Plot],
    harvested_on: dt.date,
    kg: Decimal,
    grade: str = "",
    household_group: str = "",
    early_reason: str = "",
    for_sale: bool = False,
    sent: str = "",
    by: Any,
) -> Lot:
    """What was harvested together; `for_sale`: it goes into the stock of the shop, where that is counted.

    Raises Refusal for a harvest that a rule speaks against, until a reason is given: then the lot keeps both. Sent
    again under the same `sent` it is the lot that is there.
    """
    if not plots:
        raise Refusal(_l("Please choose where it was harvested."), field="plots")
    if any(plot.cooperative_id != product.cooperative_id for plot in plots):
        raise Refusal(_l("This plot is another cooperative's."), field="plots")
    if harvested_on > clock.today():
        raise Refusal(_l("This day is still to come."), field="harvested_on")
    if sent:
        db.session.refresh(plots[0], with_for_update={"of": Plot})
        if (there := queries.sent_lot(sent, product.cooperative_id)) is not None:
            return there
    against = standing_against(product, plots, harvested_on)
    if against and not early_reason:
        sentences = " · ".join(cautions.told(each) for each in against[:3])
        raise Refusal(
            _l("%(cautions)s. Wait, or write here why it is harvested all the same.", cautions=sentences),
            field="early_reason",
        )
    lot = _made(
        product,
        harvested_on,
        harvested_on,
        kg=exact(kg),
        grade=grade,
        household_group=household_group or _groups(plots),
        cautions=[each.plain() for each in against] or None,
        early_reason=early_reason if against else "",
    )
    lot.plots = [LotPlot(plot=plot) for plot in plots]
    if sent:
        db.session.add(LotSending(client=sent, lot=lot))
    db.session.flush()
    announce(_event(LotHarvested, lot, by, product_id=product.id, kg=lot.kg, for_sale=for_sale))
    return lot


def standing_against(product: Product, plots: Sequence[Plot], day: dt.date) -> list[Caution]:
    """What the diary and the rules say against a harvest of these plots on that day."""
    since = day - SEASON
    sprays = queries.sprays_of({plot.id: since for plot in plots})
    rules = queries.rules_since(since)
    growing = queries.growing_in([plot.id for plot in plots])
    found = []
    for plot in plots:
        markets = {each.market for each in growing[plot.id] if each.product_id == product.id} or {""}
        for market in sorted(markets):
            found += cautions.at_harvest(sprays[plot.id], queries.crop_of(product, market), rules, day)
    return list(dict.fromkeys(found))


def label(
    *,
    product: Product,
    harvested_on: dt.date,
    packed_on: dt.date,
    kg: Decimal | None,
    plot: str,
    grower: str,
) -> Lot:
    """A lot of goods that were harvested for one delivery and are told apart only now, while packing."""
    return _made(product, harvested_on, packed_on, kg=kg, plot=plot, grower=grower, packed_on=packed_on)


def take(*, lot: Lot, kg: Decimal, packed_on: dt.date) -> None:
    """Pack so much of it. Raises Refusal with what is left, for a lot called back, and for one that failed a test."""
    if lot.harvested_on > packed_on:
        raise Refusal(_l("Goods cannot be packed before their harvest."))
    wanted = exact(kg)
    failed = exists().where(LotTest.lot_id == Lot.id, LotTest.result == LabResult.FAILED)
    if _changed(
        update(Lot)
        .where(
            Lot.id == lot.id,
            Lot.recalled_at.is_(None),
            ~failed,
            or_(Lot.kg.is_(None), Lot.kg >= Lot.taken + wanted),
        )
        .values(taken=Lot.taken + wanted, packed_on=func.coalesce(Lot.packed_on, packed_on))
    ):
        db.session.refresh(lot)
        return
    db.session.refresh(lot)
    raise _cannot_take(lot)


def give_back(*, lot: Lot, kg: Decimal) -> None:
    """So much of it is no longer packed for anybody."""
    _changed(update(Lot).where(Lot.id == lot.id).values(taken=Lot.taken - exact(kg)))
    db.session.refresh(lot)


def take_off(*, lot: Lot, kg: Decimal) -> None:
    """So much of it leaves the yard. Raises Refusal for a lot called back: whoever comes first on its row, wins."""
    if not _changed(
        update(Lot).where(Lot.id == lot.id, Lot.recalled_at.is_(None)).values(gone=Lot.gone + exact(kg))
    ):
        raise Refusal(
            _l(
                "Lot %(code)s was recalled: these goods stay here. Unpack them and take another lot.",
                code=lot.code,
            )
        )
    db.session.refresh(lot)


def recall(*, lot: Lot, by: Any) -> None:
    """Nothing of it leaves any more. Raises Refusal when it was called back before."""
    if not _changed(
        update(Lot).where(Lot.id == lot.id, Lot.recalled_at.is_(None)).values(recalled_at=clock.now())
    ):
        raise Refusal(_l("Lot %(code)s was recalled already.", code=lot.code))
    db.session.refresh(lot)
    announce(_event(LotRecalled, lot, by))


def free(*, lot: Lot, by: Any) -> None:
    """There was no ground for the recall: it may leave again."""
    _changed(update(Lot).where(Lot.id == lot.id).values(recalled_at=None))
    db.session.refresh(lot)
    announce(_event(LotFreed, lot, by))


def add_test(
    *,
    lot: Lot,
    number: str,
    lab: str,
    sampled_on: dt.date,
    result: LabResult = LabResult.WAITING,
    note: str = "",
    file: Clean | None = None,
    by: Any,
) -> LotTest:
    """A sample was taken, or its result is there; `file` is the laboratory's sheet, already without its traces."""
    if sampled_on > clock.today():
        raise Refusal(_l("This day is still to come."), field="sampled_on")
    test = LotTest(
        ref=random_ref(),
        lot=lot,
        number=number,
        lab=lab,
        sampled_on=sampled_on,
        result=result,
        note=note,
        document=_received(file, by),
        added_by_id=id_of(by),
        added_at=clock.now(),
    )
    db.session.add(test)
    db.session.flush()
    _announce_test(test, by)
    return test


def set_result(*, test: LotTest, passed: bool, note: str = "", file: Clean | None = None, by: Any) -> None:
    """The laboratory answered. It is not written over: another sample is another test."""
    test_lifecycle.advance(test, "pass" if passed else "fail")
    test.note = note or test.note
    if file is not None:
        test.document = _received(file, by)
    db.session.flush()
    _announce_test(test, by)


def _received(file: Clean | None, by: Any) -> Any:
    if file is None:
        return None
    return receive_document(stream=file.stream, filename=file.filename, by=by, field="file")


def _announce_test(test: LotTest, by: Any) -> None:
    told = {"test_id": test.id, "result": str(test.result), "number": test.number}
    announce(_event(LotTested, test.lot, by, **told))


def _made(product: Product, harvested_on: dt.date, on: dt.date, **facts: Any) -> Lot:
    """A lot with the papers that hold on the day `on`, and a code that its day begins."""
    papers = [
        {"kind": str(paper.kind), "number": paper.number, "expires_on": str(paper.expires_on or "")}
        for paper in catalogue.badges(product, on)
    ]
    lot = Lot(
        code=random_ref()[:10].upper(),
        product=product,
        harvested_on=harvested_on,
        certificates=papers,
        created_at=clock.now(),
        **facts,
    )
    db.session.add(lot)
    db.session.flush()
    lot.code = f"{harvested_on:%d%m}-{short_code(lot.id)}"
    db.session.flush()
    return lot


def _groups(plots: Sequence[Plot]) -> str:
    """The groups that tended these plots, as far as a column holds."""
    return ", ".join(dict.fromkeys(plot.household_group for plot in plots if plot.household_group))[:120]


def _cannot_take(lot: Lot) -> Refusal:
    if lot.recalled_at is not None:
        return Refusal(_l("Lot %(code)s was recalled: please take another one.", code=lot.code))
    failing = select(LotTest.id).where(LotTest.lot_id == lot.id, LotTest.result == LabResult.FAILED)
    if db.session.scalar(failing.limit(1)):
        return Refusal(_l("Lot %(code)s failed a test: please take another one.", code=lot.code))
    left = formats.weight(lot.free, locale())
    return Refusal(_l("Only %(left)s are left of lot %(code)s.", left=left, code=lot.code))


def _changed(statement: Any) -> bool:
    done: Any = db.session.execute(statement.execution_options(synchronize_session=False))
    return bool(done.rowcount)


def _event(kind: type[LotEvent], lot: Lot, by: Any, **more: Any) -> LotEvent:
    return kind(lot_id=lot.id, code=lot.code, actor_id=id_of(by), **more)
