"""Grades of the catalogue in a contract: which may be chosen for its goods, and how one that was chosen reads."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from marketplace.catalogue import grading
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as catalogue_services
from marketplace.foundation import clock
from marketplace.foundation.words import _

Copy = Mapping[str, Any]


def to_choose(content: Mapping[str, Any]) -> dict[str, Copy]:
    """Key of a choice → the grade as it would be kept, for the goods that the contract names."""
    goods = catalogue.goods_of_products([line["product_id"] for line in content["goods"]["lines"]])
    found = [spec for spec in catalogue.grades_on(clock.today()) if spec.goods_id in goods]
    return {str(spec.id): grading.copy_of(spec) for spec in found}


def called(row: Mapping[str, Any]) -> str:
    """ "Loại A", or "Grade 1" where no grade of the catalogue was chosen."""
    name = grading.name_in(row.get("spec") or {})
    return name or _("Grade %(sign)s", sign=row["grade"] or "–")


def choice_words(copy: Copy) -> str:
    """ "Loại A · Export to Korea · 150–200 g each"."""
    market = grading.market_name(copy["market"]) if copy["market"] else ""
    return " · ".join(filter(None, (grading.name_in(copy), market, *grading.lines_of(copy)[:1])))


def note_used(content: Mapping[str, Any]) -> None:
    """What was offered names these: from now on their meaning is never changed."""
    ids = {row["spec"]["spec_id"] for row in content["price"]["grades"] if row.get("spec")}
    for spec_id in sorted(ids):
        spec = catalogue.grade_by_id(spec_id)
        if spec is not None:
            catalogue_services.note_grade_used(spec=spec)
