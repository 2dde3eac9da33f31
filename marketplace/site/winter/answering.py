"""Quotes and what is said about them until the buyer chooses."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from functools import partial

from sqlalchemy import select

from marketplace.catalogue.models import Product
from marketplace.foundation import clock
from marketplace.foundation.calendar import Week
from marketplace.foundation.db import db
from marketplace.foundation.money import Money
from marketplace.linkage import pool_weeks, queries, services
from marketplace.linkage.models import Need, Quote
from marketplace.linkage.services import Numbers
from marketplace.linkage.states import STANDING, NeedState, PoolState
from marketplace.site.winter.asking import crop_of, open_needs
from marketplace.site.winter.life import Season, rounded
from marketplace.supply import queries as ledger
from marketplace.supply.queries import Free

VALID_FOR = dt.timedelta(days=16)
LESS = 96
"""A buyer asks for so many hundredths of the price."""


def quote(season: Season, week: Week) -> None:
    """Cooperatives with something free in the weeks of an open request answer it."""
    for need_id, _buyer in season.read(open_needs):
        for grower_id, product_id, portion in season.read(partial(_able, season, need_id)):
            if season.happens("quotes"):
                act = partial(_quote, season, week, need_id, grower_id, product_id, portion)
                season.do("quote", act)


def _able(season: Season, need_id: int) -> list[tuple[int, int, int]]:
    """(cooperative, product, portion) of those who could bring something of every line, by chance in which order."""
    need = db.session.get_one(Need, need_id)
    weeks = sorted({str(line.iso_week) for line in need.lines})
    lines = {week: sum(str(line.iso_week) == week for line in need.lines) for week in weeks}
    free: dict[tuple[int, int], list[Free]] = {}
    for row in ledger.free_by_cooperative(goods_id=need.goods_id, weeks=weeks, grade=""):
        if row.free > 0 and queries.may_quote(need, row.cooperative_id):
            free.setdefault((row.cooperative_id, row.product_id), []).append(row)
    most = max(line.quantity for line in need.lines)
    found = []
    for (cooperative, product), rows in sorted(free.items()):
        if len(rows) == len(weeks):
            part = min(row.free * 7 / 10 / lines[row.week] for row in rows)
            portion = min(rounded(float(part), 10), int(most))
            if portion * 12 >= int(most):
                found.append((cooperative, product, portion))
    season.chance("quotes").shuffle(found)
    return found[: season.behaviour.most_quotes * 2]


def _quote(season: Season, week: Week, need_id: int, grower_id: int, product_id: int, portion: int) -> None:
    need = db.session.get_one(Need, need_id)
    grower, crop = season.grower(grower_id), crop_of(need)
    chance = season.chance("quotes")
    price = season.price(crop.slug, str(week)) * chance.uniform(0.98, 1.22) * float(crop.kg)
    first, last = need.first_day, need.last_day
    assert first is not None and last is not None
    services.submit_quote(
        need=need,
        cooperative=season.cooperative(grower),
        numbers=Numbers(
            product=db.session.get_one(Product, product_id),
            portion=Decimal(portion),
            price=Money(rounded(price, 10)),
            carriage=Money(chance.choice((0, 0, 100, 150))),
            first=first,
            last=last,
            loading="Sân hợp tác xã",
            valid_until=clock.now() + VALID_FOR,
        ),
        by=season.person(grower.director),
    )


def bargain(season: Season) -> None:
    """Buyers ask for less, sellers give in or stay; some take their quote back."""
    for quote_id, need_id in season.read(_standing):
        if season.happens("changes_mind"):
            season.do("quote withdrawn", partial(_withdraw, season, quote_id))
        elif season.happens("counters") and season.do(
            "counter", partial(_counter, season, quote_id, need_id)
        ):
            verb = "counter accepted" if season.happens("gives_in") else "counter declined"
            season.do(verb, partial(_reply, season, quote_id, verb == "counter accepted"))


def _standing() -> list[tuple[int, int]]:
    query = (
        select(Quote.id, Quote.need_id)
        .join(Quote.need)
        .where(Quote.state.in_(STANDING), Need.state == NeedState.OPEN)
        .order_by(Quote.id)
    )
    return [(row.id, row.need_id) for row in db.session.execute(query)]


def _withdraw(season: Season, quote_id: int) -> None:
    quote = db.session.get_one(Quote, quote_id)
    by = season.person(season.grower(quote.cooperative_id).director)
    services.withdraw_quote(quote=quote, reason="Đã bán cho người khác", by=by)


def _counter(season: Season, quote_id: int, need_id: int) -> bool:
    quote, need = db.session.get_one(Quote, quote_id), db.session.get_one(Need, need_id)
    numbers = services.numbers_of(quote.offer)
    less = Money(rounded(int(numbers.price) * LESS / 100, 10))
    asked = Numbers(**{**vars(numbers), "price": less, "words": "Lấy đều cả đợt"})
    by = season.person(season.company(need.organisation_id).director)
    services.counter_quote(quote=quote, numbers=asked, by=by)
    return True


def _reply(season: Season, quote_id: int, gives_in: bool) -> None:
    quote = db.session.get_one(Quote, quote_id)
    by = season.person(season.grower(quote.cooperative_id).director)
    if gives_in:
        services.accept_counter(quote=quote, by=by)
    else:
        services.decline_counter(quote=quote, reason="Giá đã sát", by=by)


# --- choosing -----------------------------------------------------------------------------------------


def choose(season: Season, week: Week) -> None:
    """After the deadline: the cheapest first until the request is full, the next in reserve; or none."""
    for need_id, buyer_id in season.read(_to_decide):
        offers = season.read(partial(_offers, season, need_id))
        target = season.read(partial(_worth, season, need_id, week))
        dear = season.behaviour.too_dear
        if not offers or offers[0][0] * 100 > target * (100 + dear):
            season.do("none suitable", partial(_none, season, need_id, buyer_id))
        else:
            _award(season, need_id, buyer_id, offers)


def _to_decide() -> list[tuple[int, int]]:
    query = select(Need.id, Need.organisation_id).where(Need.state == NeedState.CLOSED).order_by(Need.id)
    return [(row.id, row.organisation_id) for row in db.session.execute(query)]


Offer = tuple[int, str, int, Decimal]
"""Price with carriage, "quote" or "pool", its number, how much of it fits."""


def _offers(season: Season, need_id: int) -> list[Offer]:
    need = db.session.get_one(Need, need_id)
    found: list[Offer] = []
    for quote in queries.quotes_in(need.id, STANDING):
        if quote.offer.valid:
            each = int(quote.offer.price) + int(quote.offer.carriage)
            found.append((each, "quote", quote.id, queries.fitting(need, quote.offer.quantities)))
    for pool in queries.pool.answers_of_pools(need.id):
        if pool.state is PoolState.ANSWERING:
            each = int(pool_weeks.price_of_one(pool, need.unit))
            fits = queries.fitting(need, queries.offered_by_pool(pool))
            found.append((each, "pool", pool.id, fits))
    return sorted(offer for offer in found if offer[3] > 0)


def _worth(season: Season, need_id: int, week: Week) -> float:
    need = db.session.get_one(Need, need_id)
    crop = crop_of(need)
    wanted = need.target_price or season.price(crop.slug, str(week)) * float(crop.kg) * 1.1
    return float(wanted)


def _award(season: Season, need_id: int, buyer_id: int, offers: list[Offer]) -> None:
    """All that fits; where the days of several do not fit together, the first alone."""
    for most in (4, 1):
        if season.do("award", partial(_choose, season, need_id, buyer_id, offers, most)):
            return
    season.do("none suitable", partial(_none, season, need_id, buyer_id))


def _choose(season: Season, need_id: int, buyer_id: int, offers: list[Offer], most: int) -> bool:
    need = db.session.get_one(Need, need_id)
    left, chosen = need.left, list[tuple[Offer, Decimal]]()
    for offer in offers if need.splits else sorted(offers, key=lambda each: (-each[3], each)):
        share = min(offer[3], left)
        if share > 0 and len(chosen) < (most if need.splits else 1):
            chosen.append((offer, share))
            left -= share
    taken = {offer[1:3] for offer, _share in chosen}
    rest = [f"{offer[1]}:{offer[2]}" for offer in offers if offer[1:3] not in taken]
    services.choose_quotes(
        need=need,
        shares={offer[2]: share for offer, share in chosen if offer[1] == "quote"},
        pools={offer[2]: share for offer, share in chosen if offer[1] == "pool"},
        reserves=rest[:1] if season.happens("keeps_reserve") else [],
        by=season.person(season.company(buyer_id).director),
    )
    return True


def _none(season: Season, need_id: int, buyer_id: int) -> None:
    need = db.session.get_one(Need, need_id)
    by = season.person(season.company(buyer_id).director)
    services.choose_none(need=need, reason="Giá cao hơn thị trường, hoặc chưa ai báo giá", by=by)
