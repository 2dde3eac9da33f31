"""The rules that ship: files under data/, and the same form of file from an officer."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Any, TypeVar

from marketplace.foundation.errors import Refusal
from marketplace.foundation.money import Money
from marketplace.foundation.text import clean_line
from marketplace.foundation.words import _l
from marketplace.registry import queries
from marketplace.registry.services import scheme as schemes
from marketplace.registry.services import size_class as sizes
from marketplace.registry.states.classification import Grade
from marketplace.registry.states.size_class import Branch, Size

DATA = Path(__file__).parent / "data"
LONGEST_FILE = 200_000
T = TypeVar("T")


def load_schemes(*, by: Any = None) -> int:
    """Enter what is not there yet, in the caller's transaction; returns how many."""
    made = 0
    for path in sorted((DATA / "schemes").glob("*.json")):
        terms = read_scheme(path.read_bytes())
        if queries.scheme.scheme_by_code(terms.code) is None:
            schemes.add(terms=terms, by=by)
            made += 1
    for path in sorted((DATA / "sizes").glob("*.json")):
        rules = read_sizes(path.read_bytes())
        if queries.size_class.rules_by_code(rules.code) is None:
            sizes.add(terms=rules, by=by)
            made += 1
    return made


def is_scheme(data: bytes) -> bool:
    """Whether a file holds a scheme of grades; what it is otherwise, reading it tells."""
    return b'"criteria"' in data


def told_scheme(scheme: Any) -> dict[str, Any]:
    """A scheme as its file would be."""
    return {
        **_told_head(scheme),
        "most": str(scheme.most),
        "grades": {str(each.grade): str(each.least) for each in scheme.grades},
        "criteria": [
            [
                line.code,
                line.within,
                line.name_vi,
                line.name_en,
                None if line.most is None else str(line.most),
            ]
            for line in scheme.criteria
        ],
    }


def told_sizes(rules: Any) -> dict[str, Any]:
    """Rules of size as their file would be."""
    rows = [[str(row.branch), str(row.size), row.members, row.revenue, row.capital] for row in rules.rows]
    return {**_told_head(rules), "rows": rows}


def _told_head(rules: Any) -> dict[str, Any]:
    names = ("code", "name_vi", "name_en", "source")
    return {**{name: getattr(rules, name) for name in names}, "valid_from": rules.valid_from.isoformat()}


def read_scheme(data: bytes) -> schemes.Terms:
    """A scheme as a file. Raises Refusal for another kind of file."""
    return _read(data, _scheme)


def read_sizes(data: bytes) -> sizes.Terms:
    """Rules of size as a file. Raises Refusal for another kind of file."""
    return _read(data, _sizes)


def _scheme(told: Any) -> schemes.Terms:
    return schemes.Terms(
        **_head(told),
        most=_points(told["most"]),
        grades={Grade(grade): _points(least) for grade, least in told["grades"].items()},
        criteria=[
            schemes.Criterion(
                clean_line(code)[:12],
                clean_line(within)[:12],
                clean_line(vi)[:300],
                clean_line(en)[:300],
                None if most is None else _points(most),
            )
            for code, within, vi, en, most in told["criteria"]
        ],
    )


def _sizes(told: Any) -> sizes.Terms:
    return sizes.Terms(
        **_head(told),
        rows=[
            sizes.Row(Branch(branch), Size(size), _whole(members), _money(revenue), _money(capital))
            for branch, size, members, revenue, capital in told["rows"]
        ],
    )


def _head(told: Any) -> dict[str, Any]:
    texts = {"code": 60, "name_vi": 300, "name_en": 300, "source": 500}
    head: dict[str, Any] = {name: clean_line(str(told[name]))[:longest] for name, longest in texts.items()}
    if not all(head.values()):
        raise ValueError("an empty name")
    return {**head, "valid_from": dt.date.fromisoformat(told["valid_from"])}


def _points(written: Any) -> Decimal:
    """Points are written as text: a float would not be exact."""
    if isinstance(written, float):
        raise ValueError("points are text")
    points = Decimal(str(written))
    if not points.is_finite() or points < 0 or points != round(points, 2):
        raise ValueError("not points")
    return points


def _whole(written: Any) -> int | None:
    if written is None:
        return None
    if isinstance(written, bool) or not isinstance(written, int) or written < 0:
        raise ValueError("not a whole number")
    return written


def _money(written: Any) -> Money | None:
    amount = _whole(written)
    return None if amount is None else Money(amount)


def _read(data: bytes, shape: Callable[[Any], T]) -> T:
    if len(data) > LONGEST_FILE:
        raise Refusal(_l("This file is too long for rules of this kind."), field="file")
    try:
        return shape(json.loads(data))
    except (ValueError, KeyError, TypeError, AttributeError, InvalidOperation, RecursionError) as garbled:
        raise Refusal(
            _l("We cannot read these rules. Take the file of the rules in force as a pattern."), field="file"
        ) from garbled
