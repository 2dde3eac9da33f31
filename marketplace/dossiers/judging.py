"""Holding papers against what is wanted of them, on the day the goods arrive. Plain values, no database."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from marketplace.buyers.wants import Want
from marketplace.cooperatives.states import PAPER_LABELS, PERSONAL_PAPERS, PaperKind, PaperState
from marketplace.dossiers.states import URGENCY, Standing
from marketplace.foundation import formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _


@dataclass(frozen=True)
class Held:
    """A certificate of a cooperative; `products` are those that claim it."""

    id: int
    kind: PaperKind
    number: str
    issued_by: str
    issued_on: dt.date | None
    expires_on: dt.date | None
    state: PaperState
    document_id: int | None
    products: frozenset[int] = frozenset()

    @property
    def may_travel(self) -> bool:
        """Whether it may be handed to whoever holds a link: seen by the alliance, there as a file, about no person."""
        seen = self.state is PaperState.VERIFIED and self.document_id is not None
        return seen and self.kind not in PERSONAL_PAPERS


@dataclass(frozen=True)
class Row:
    """One want on one day. `paper` is the one that fulfils it or comes nearest; `until` its last day that counts for
    this want (None: no end, or no paper). `unnamed`: a good paper is there, but the product does not name it."""

    want: Want
    state: Standing
    on: dt.date
    paper: Held | None = None
    until: dt.date | None = None
    unnamed: bool = False

    @property
    def name(self) -> str:
        return str(PAPER_LABELS[self.want.kind])

    @property
    def sentence(self) -> str:
        """How it stands, in the reader's language."""
        if self.state is Standing.THERE:
            return (
                _("Valid until %(day)s", day=_day(self.until)) if self.until else _("Valid, without an end")
            )
        if self.state is Standing.WAITING:
            return _("Sent in; the alliance is checking it")
        if self.state is Standing.EXPIRES:
            return self._ended()
        if self.unnamed:
            return _("The cooperative has it, but this product does not name it yet")
        return _("Nothing was sent in")

    def _ended(self) -> str:
        assert self.paper is not None, "only a paper ends"
        if self.until == self.paper.expires_on and self.until is not None:
            return _("Ends on %(end)s, before %(day)s", end=_day(self.until), day=_day(self.on))
        if self.paper.issued_on is None:
            return _(
                "It does not say when it was issued, and it must not be older than %(n)s days", n=self._age
            )
        return _(
            "Issued on %(issued)s: older than %(n)s days on %(day)s",
            issued=_day(self.paper.issued_on),
            n=self._age,
            day=_day(self.on),
        )

    @property
    def _age(self) -> int:
        return self.want.max_age_days or 0


@dataclass(frozen=True)
class Dossier:
    """A cooperative's papers for one product (None: for whatever it grows) on one day; `rows` in the list's order."""

    cooperative_id: int
    product_id: int | None
    on: dt.date
    rows: tuple[Row, ...]

    @property
    def gaps(self) -> list[Row]:
        """What cannot be shown on the day, what is missing first."""
        return [row for row in self.urgent if row.state is not Standing.THERE]

    @property
    def to_send(self) -> list[Row]:
        """Gaps that the cooperative can close; the rest waits for the alliance."""
        return [row for row in self.gaps if row.state is not Standing.WAITING]

    @property
    def urgent(self) -> list[Row]:
        return sorted(self.rows, key=lambda row: URGENCY.index(row.state))

    @property
    def complete(self) -> bool:
        return not self.gaps

    @property
    def there(self) -> list[Row]:
        return [row for row in self.rows if row.state is Standing.THERE]

    @property
    def until(self) -> dt.date | None:
        """The first day on which something that is there ends; None: nothing ends."""
        return min((row.until for row in self.there if row.until is not None), default=None)

    @property
    def handed_out(self) -> list[Held]:
        """The papers that a link or a pack holds, each once."""
        papers = [row.paper for row in self.there if row.paper is not None]
        return list({paper.id: paper for paper in papers if paper.may_travel}.values())


def judge(want: Want, papers: Iterable[Held], product_id: int | None, on: dt.date) -> Row:
    """How this want stands with these papers of one cooperative: one that counts on the day; else one that is being
    checked; else the one that ended last; else nothing."""
    known = [paper for paper in papers if paper.kind is want.kind]
    verified = [paper for paper in known if paper.state is PaperState.VERIFIED]
    named = [paper for paper in verified if _names(want, paper, product_id)]
    if good := _good(want, named, on):
        return _row(want, Standing.THERE, on, good)
    if coming := _good(want, [p for p in known if p.state is PaperState.WAITING], on):
        return _row(want, Standing.WAITING, on, coming)
    if named:
        return _row(want, Standing.EXPIRES, on, max(named, key=lambda paper: _last_day(want, paper)))
    if nearly := _good(want, verified, on):
        return Row(want, Standing.MISSING, on, nearly, unnamed=True)
    return Row(want, Standing.MISSING, on)


def compiled(
    cooperative_id: int, product_id: int | None, wants: Sequence[Want], papers: Sequence[Held], on: dt.date
) -> Dossier:
    """The dossier of one product against wants that hold for it (wants.for_goods)."""
    return Dossier(
        cooperative_id, product_id, on, tuple(judge(want, papers, product_id, on) for want in wants)
    )


def _names(want: Want, paper: Held, product_id: int | None) -> bool:
    return not want.names_product or product_id is None or product_id in paper.products


def _good(want: Want, papers: Iterable[Held], on: dt.date) -> Held | None:
    """Of those that count on the day the one that counts longest."""
    fitting = [paper for paper in papers if _last_day(want, paper) >= on]
    return max(fitting, key=lambda paper: (_last_day(want, paper), paper.id), default=None)


def _last_day(want: Want, paper: Held) -> dt.date:
    return want.good_until(paper.issued_on, paper.expires_on) or dt.date.max


def _row(want: Want, state: Standing, on: dt.date, paper: Held) -> Row:
    return Row(want, state, on, paper, want.good_until(paper.issued_on, paper.expires_on))


def _day(day: dt.date | None) -> str:
    assert day is not None
    return formats.date(day, locale())
