"""The rules of classification: added from a day on, taken back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.errors import Refusal
from marketplace.foundation.events import announce, id_of
from marketplace.foundation.reference import random_ref
from marketplace.foundation.words import _l
from marketplace.registry import queries
from marketplace.registry.events import SchemeAdded, SchemeTakenBack
from marketplace.registry.models import ClassificationScheme, SchemeCriterion, SchemeGrade
from marketplace.registry.states.classification import Grade


@dataclass(frozen=True)
class Criterion:
    """A line of a scheme; `most` is None where its maximum is not known."""

    code: str
    within: str
    name_vi: str
    name_en: str
    most: Decimal | None


@dataclass(frozen=True)
class Terms:
    """A whole scheme."""

    code: str
    name_vi: str
    name_en: str
    valid_from: dt.date
    most: Decimal
    source: str
    grades: Mapping[Grade, Decimal]
    criteria: Sequence[Criterion]


def add(*, terms: Terms, by: Any = None) -> ClassificationScheme:
    """In force from its first day on, until a newer one is. Raises Refusal for one that does not add up."""
    _refuse_odd_grades(terms)
    _refuse_odd_criteria(terms)
    scheme = ClassificationScheme(
        ref=random_ref(),
        code=terms.code,
        name_vi=terms.name_vi,
        name_en=terms.name_en,
        valid_from=terms.valid_from,
        most=terms.most,
        source=terms.source,
        added_by_id=id_of(by),
        added_at=clock.now(),
        taken_back_reason="",
        grades=[SchemeGrade(grade=grade, least=least) for grade, least in terms.grades.items()],
        criteria=[
            SchemeCriterion(
                position=place,
                code=line.code,
                within=line.within,
                name_vi=line.name_vi,
                name_en=line.name_en,
                most=line.most,
            )
            for place, line in enumerate(terms.criteria)
        ],
    )
    db.session.add(scheme)
    db.session.flush()
    announce(
        SchemeAdded(
            scheme_id=scheme.id,
            code=scheme.code,
            since=f"{scheme.valid_from:%d/%m/%Y}",
            actor_id=id_of(by),
        )
    )
    return scheme


def take_back(*, scheme: ClassificationScheme, reason: str, by: Any) -> None:
    """It counts no more: for its years the scheme before it counts again. Raises Refusal once somebody was scored by
    it."""
    if not reason.strip():
        raise Refusal(_l("Please say why."), field="reason")
    db.session.refresh(scheme, with_for_update={"of": ClassificationScheme})
    if scheme.taken_back_at is not None:
        raise Refusal(_l("This scheme was taken back already."))
    if queries.scheme.is_used(scheme.id):
        raise Refusal(
            _l(
                "Cooperatives were scored by this scheme already. Add a new one from the day on which it ends."
            )
        )
    scheme.taken_back_at, scheme.taken_back_by_id = clock.now(), id_of(by)
    scheme.taken_back_reason = reason.strip()[:500]
    db.session.flush()
    announce(
        SchemeTakenBack(
            scheme_id=scheme.id, code=scheme.code, words=scheme.taken_back_reason, actor_id=id_of(by)
        )
    )


def _refuse_odd_grades(terms: Terms) -> None:
    missing = [grade for grade in Grade if grade not in terms.grades]
    if missing:
        raise Refusal(_l("Please give the threshold of every grade."), field="grades")
    leasts = [terms.grades[grade] for grade in Grade]
    if leasts != sorted(leasts, reverse=True) or len(set(leasts)) < len(leasts):
        raise Refusal(_l("A better grade needs more points than the one below it."), field="grades")
    if leasts[0] > terms.most:
        raise Refusal(_l("The best grade needs more points than there are."), field="grades")
    if leasts[-1] != 0:
        raise Refusal(_l("The lowest grade begins at 0 points."), field="grades")


def _refuse_odd_criteria(terms: Terms) -> None:
    known: dict[str, Criterion] = {}
    for line in terms.criteria:
        if line.code in known:
            raise Refusal(_l("Two lines are numbered %(code)s.", code=line.code), field="criteria")
        if line.within and line.within not in known:
            raise Refusal(
                _l(
                    "Line %(code)s belongs to %(within)s, which does not stand above it.",
                    code=line.code,
                    within=line.within,
                ),
                field="criteria",
            )
        known[line.code] = line
    for whole in ["", *known]:
        _refuse_odd_sum(terms, known, whole)


def _refuse_odd_sum(terms: Terms, known: Mapping[str, Criterion], whole: str) -> None:
    """The parts of what is known come to the whole; parts that are not known may still fill it."""
    most = known[whole].most if whole else terms.most
    parts = [line.most for line in terms.criteria if line.within == whole]
    if most is None or not parts:
        return
    given = sum((part for part in parts if part is not None), Decimal(0))
    if given > most or (None not in parts and given != most):
        raise Refusal(
            _l(
                "The points of %(whole)s do not come to %(most)s.",
                whole=whole or terms.code,
                most=most.normalize(),
            ),
            field="criteria",
        )
