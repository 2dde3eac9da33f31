"""The report of a season: one page that needs nothing else, in Vietnamese and in English, to be printed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path
from typing import Any

from markupsafe import Markup

from marketplace.foundation import formats
from marketplace.foundation.calendar import Week
from marketplace.foundation.money import Money
from marketplace.foundation.web.locale import locale
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import _, _l, in_language, picked_later
from marketplace.fulfilment.states import REJECTION_LABELS, Rejection
from marketplace.fulfilment.states.dispute import SLIP_DISPUTE_LABELS, SlipDisputeState
from marketplace.fulfilment.states.shortfall import EXCUSE_LABELS, ExcuseState
from marketplace.linkage.labels import RULE_LABELS as SHARING_LABELS
from marketplace.linkage.states.call_off import CAUSE_LABELS, Cause
from marketplace.prices.chart import Chart, draw
from marketplace.prices.queries import Point
from marketplace.site.winter.behaviour import BY_SLUG
from marketplace.site.winter.figures import Figures
from marketplace.site.winter.life import Season

STYLE = Path(__file__).with_name("report.css")
STEP_LABELS = {
    "forecast": _l("Forecast"),
    "requested": _l("Requested"),
    "contracted": _l("Under contract"),
    "called": _l("Called"),
    "promised": _l("Promised"),
    "delivered": _l("Delivered"),
    "accepted": _l("Accepted at the depot"),
    "paid": _l("Paid"),
}
DRAWN = ("requested", "contracted", "called", "accepted")
WIDTH, HEIGHT = 860, 300


@dataclass(frozen=True)
class Told:
    """How the page calls what it shows."""

    season: Season
    figures: Figures
    took: float | None

    @property
    def tonnes(self) -> Chart | None:
        """The weeks, drawn as the price board draws prices: tonnes in place of đồng."""
        points = [
            _point(str(STEP_LABELS[step]), row.week, round(row.kg[step] / 1000))
            for step in DRAWN
            for row in self.figures.weeks
        ]
        return self._drawn(points, 0)

    def prices(self, slug: str) -> Chart | None:
        points = [_point(self.crop(slug), week, price) for week, price in self.figures.prices[slug]]
        return self._drawn(points, 0)

    def _drawn(self, points: Sequence[Point], months: int) -> Chart | None:
        first, last = self.season.weeks[0].start, self.season.weeks[-1].start
        return draw(points, months=months, first=first, last=last, step="week", width=WIDTH, height=HEIGHT)

    def crop(self, slug: str) -> str:
        crop = BY_SLUG[slug]
        return str(picked_later(crop.name_vi, crop.name_en))

    def cause(self, code: str) -> str:
        if code == "no_answer":
            return _("No answer in time")
        return str(CAUSE_LABELS[Cause(code)]) if code else _("Another amount was agreed")

    def reason(self, code: str) -> str:
        return str(REJECTION_LABELS[Rejection(code)])

    def dispute(self, state: str) -> str:
        return str(SLIP_DISPUTE_LABELS[SlipDisputeState(state)])

    def excuse(self, state: str) -> str:
        return str(EXCUSE_LABELS[ExcuseState(state)])

    def rule(self, rule: Any) -> str:
        return str(SHARING_LABELS[rule])

    def tonnes_of(self, kg: Decimal | int) -> str:
        return formats.number((Decimal(kg) / 1000).quantize(Decimal("0.1")), locale())

    @property
    def steps(self) -> dict[str, Any]:
        return STEP_LABELS


def _point(place: str, week: Week, number: int) -> Point:
    worth = Money(number)
    return Point(place, week.start, worth, worth, worth, frozenset())


def written(season: Season, figures: Figures, *, took: float | None = None) -> str:
    """The page. Without `took` (seconds) it depends on nothing but the season."""
    told = Told(season, figures, took)
    bodies = {}
    for language in ("vi", "en"):
        with in_language(language):
            bodies[language] = Markup(text_of("site/winter/body.html", told=told, figures=figures))  # noqa: S704
    style = Markup(f"<style>{STYLE.read_text(encoding='utf-8')}</style>")  # noqa: S704  a file of our own
    with in_language("vi"):
        return text_of("site/winter/report.html", bodies=bodies, style=style)
