"""Grades: added, changed while nobody named them, followed by another, ended."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

from marketplace.catalogue.events.grade import GradeAdded, GradeChanged, GradeEnded, GradeFollowed
from marketplace.catalogue.grading import market_known
from marketplace.catalogue.models import Goods, GradeSpec
from marketplace.catalogue.states import Measure
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l


def add_grade(
    *,
    goods: Goods,
    sign: str,
    name_vi: str,
    valid_from: dt.date,
    market: str = "",
    name_en: str = "",
    measure: Measure = Measure.NONE,
    least: Decimal | None = None,
    most: Decimal | None = None,
    max_defects: Decimal | None = None,
    rules_vi: str = "",
    rules_en: str = "",
    source: str = "",
    position: int = 10,
    is_example: bool = False,
    by: Any = None,
) -> GradeSpec:
    """What a sign means from a day on. Raises Refusal for an unknown market or sizes upside down."""
    spec = GradeSpec(
        ref=random_ref(), goods=goods, is_example=is_example, added_by_id=id_of(by), added_at=clock.now()
    )
    _write(
        spec,
        market=market,
        sign=sign,
        name_vi=name_vi,
        name_en=name_en,
        measure=measure,
        least=least,
        most=most,
        max_defects=max_defects,
        rules_vi=rules_vi,
        rules_en=rules_en,
        source=source,
        position=position,
        valid_from=valid_from,
    )
    db.session.add(spec)
    db.session.flush()
    announce(GradeAdded(grade_id=spec.id, actor_id=id_of(by)))
    return spec


def change_grade(*, spec: GradeSpec, by: Any, **told: Any) -> GradeSpec:
    """Another meaning, `told` as add_grade takes it. One that was named ends the day before `valid_from`, and the new
    one follows it; one that nobody named is written anew. Returns the grade that counts then."""
    db.session.refresh(spec, with_for_update={"of": GradeSpec})
    if not spec.used:
        _write(spec, **told)
        db.session.flush()
        announce(GradeChanged(grade_id=spec.id, actor_id=id_of(by)))
        return spec
    return _follow(spec, by, **told)


def end_grade(*, spec: GradeSpec, last_day: dt.date, by: Any) -> None:
    """It counts until this day, included. What was agreed by it stands."""
    db.session.refresh(spec, with_for_update={"of": GradeSpec})
    if last_day < spec.valid_from:
        raise Refusal(_l("The last day comes before the first one."), field="last_day")
    if spec.valid_until is not None and last_day > spec.valid_until:
        raise Refusal(_l("This grade ended before that day: add a new one."), field="last_day")
    spec.valid_until = last_day
    db.session.flush()
    announce(GradeEnded(grade_id=spec.id, until=f"{last_day:%d/%m/%Y}", actor_id=id_of(by)))


def note_grade_used(*, spec: GradeSpec) -> None:
    """A request or a contract names it now: from here on it is never changed."""
    if not spec.used:
        spec.used = True
        db.session.flush()


def _follow(spec: GradeSpec, by: Any, **told: Any) -> GradeSpec:
    first: dt.date = told["valid_from"]
    if first <= spec.valid_from:
        raise Refusal(
            _l(
                "The new meaning must begin after %(day)s, when the one in use began.",
                day=f"{spec.valid_from:%d/%m/%Y}",
            ),
            field="valid_from",
        )
    if spec.valid_until is not None:
        raise Refusal(_l("This grade has ended: add a new one."))
    last = first - dt.timedelta(days=1)
    spec.valid_until = last
    db.session.flush()
    announce(GradeFollowed(grade_id=spec.id, until=f"{last:%d/%m/%Y}", actor_id=id_of(by)))
    return add_grade(goods=spec.goods, by=by, **told)


def _write(spec: GradeSpec, **told: Any) -> None:
    if not market_known(told["market"]):
        raise Refusal(_l("We do not know this market."), field="market")
    least, most = told["least"], told["most"]
    if told["measure"] is Measure.NONE and (least is not None or most is not None):
        raise Refusal(_l("Say what the size is measured in."), field="measure")
    if told["measure"] is not Measure.NONE and least is None and most is None:
        raise Refusal(_l("Write the smallest or the largest size."), field="least")
    if least is not None and most is not None and most <= least:
        raise Refusal(_l("The largest size must be above the smallest."), field="most")
    for name, value in told.items():
        setattr(spec, name, value)
