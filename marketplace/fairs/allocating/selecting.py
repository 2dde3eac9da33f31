"""Stage A: who gets in, in which zone, how large. One question after the other, each answer a rule for the next."""

from __future__ import annotations

from collections.abc import Sequence

from marketplace.fairs.allocating import claims as rules
from marketplace.fairs.allocating.claims import Claim, Claims, Cut
from marketplace.fairs.allocating.ground import Ground
from marketplace.fairs.allocating.programme import Programme

NEARLY = 1e-5


def select(ground: Ground, cuts: Sequence[Cut] = ()) -> tuple[dict[int, Claim], dict[str, int], float]:
    """The claims that are granted, the value of each question, and the gap."""
    programme = Programme()
    options = [(i, zone.id, halves) for i in ground.loose for zone, halves in ground.open_to(ground.asked[i])]
    claims = rules.state(programme, ground, options)
    for cut in cuts:
        columns = [claims.columns[claim] for claim in cut.claims]
        programme.at_most(dict.fromkeys(columns, 1.0), cut.most)
    figures = _ask_who(programme, ground, claims)
    sizes = {column: float(claim[2]) for claim, column in claims.columns.items()}
    figures["halves"] = programme.hold(sizes).value
    answer = programme.hold(_wishes(ground, claims), NEARLY)
    figures["wishes_hoped"] = answer.value
    granted = {claim[0]: claim for claim, column in claims.columns.items() if answer[column]}
    return granted, figures, programme.gap


def _ask_who(programme: Programme, ground: Ground, claims: Claims) -> dict[str, int]:
    """The reserved shares as far as they go; then as many of each band as possible; then those first in the order.

    Whoever is in then stays in, and the rows that led there are put away: the next questions are lighter without.
    """
    figures: dict[str, int] = {}
    if claims.missing:
        programme.hold(dict.fromkeys(claims.missing, -1.0))
    mark = len(programme.rows)
    for band in sorted({ground.asked[i].band for i in ground.loose}):
        mine = [i for i in ground.loose if ground.asked[i].band == band]
        figures[f"band_{band}"] = programme.hold(claims.placed(mine)).value
    weight = {i: len(ground.asked) - i for i in ground.loose}
    answer = programme.best(claims.placed(ground.loose, weight))
    figures["order"] = answer.value
    del programme.rows[mark:]
    for columns in claims.of.values():
        if any(answer[column] for column in columns):
            programme.equal(dict.fromkeys(columns, 1.0), 1)
        else:
            for column in columns:
                programme.upper[column] = 0
    return figures


def _wishes(ground: Ground, claims: Claims) -> dict[int, float]:
    """What each claim may hope for: the best wish that the zone can meet."""
    hoped: dict[int, float] = {}
    for (i, zone, halves), column in claims.columns.items():
        asked = ground.asked[i]
        ranks = (
            [ground.wish(asked, block) for block in ground.fitting(asked, zone, halves)]
            if asked.wishes
            else []
        )
        met = [rank for rank in ranks if rank is not None]
        hoped[column] = ground.value(i, min(met) if met else None)
    return hoped
