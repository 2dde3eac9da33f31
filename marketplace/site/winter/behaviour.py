"""How people and weather behave in the simulated season: all of it is data, and printed with the report.

Goods, months, yields and prices of fields are those of the province's winter crop as the press told of them in the
years 2019–2026; who grows and who buys is invented.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields
from typing import Any

from marketplace.foundation.words import _l


@dataclass(frozen=True)
class Crop:
    """`slug` of the goods, `commodity` of the product; `kg` of one unit; `price` of a kilogram at the field, from to;
    `weekly` kilograms of a cooperative in a full week, from to; `months`: parts of a hundred of a full week."""

    slug: str
    commodity: str
    name_vi: str
    name_en: str
    unit: str
    kg: str
    price: tuple[int, int]
    weekly: tuple[int, int]
    months: Mapping[int, int]
    sown_days: int
    variety: str
    weight: int
    kg_of_sao: int


CROPS = (
    Crop("ca-rot", "ca-rot-dong-lac", "Cà rốt", "Carrots", "kg", "1", (5_000, 8_000), (3_000, 9_000),
         {12: 25, 1: 70, 2: 100, 3: 95, 4: 60}, 105, "Ti-103", 34, 2_000),
    Crop("cai-bap", "cai-bap", "Cải bắp", "Cabbage", "kg", "1", (2_500, 4_500), (2_500, 7_000),
         {11: 60, 12: 100, 1: 100, 2: 85, 3: 50}, 75, "KK Cross", 22, 1_800),
    Crop("su-hao", "su-hao", "Su hào", "Kohlrabi", "cu", "0.45", (5_500, 6_700), (1_500, 4_000),
         {10: 60, 11: 80, 12: 100, 1: 100, 2: 70, 3: 45}, 50, "B40", 14, 1_100),
    Crop("hanh-cu", "hanh-tuoi", "Hành củ tươi", "Fresh shallots", "kg", "1", (12_000, 17_000), (1_500, 5_000),
         {12: 20, 1: 70, 2: 100, 3: 60}, 75, "Hành tía", 14, 700),
    Crop("hanh-la", "hanh-la", "Hành lá", "Spring onion", "kg", "1", (12_000, 20_000), (500, 1_800),
         {11: 80, 12: 100, 1: 100, 2: 70, 3: 30}, 45, "Hành hương", 8, 500),
    Crop("toi", "toi", "Tỏi", "Garlic", "kg", "1", (20_000, 30_000), (800, 2_500),
         {1: 20, 2: 100, 3: 100}, 120, "Tỏi tía", 8, 350),
)  # fmt: skip
BY_SLUG = {crop.slug: crop for crop in CROPS}


def of_hundred(default: int, words: Any) -> Any:
    """Something that happens so many times in a hundred, or a share of so many per cent."""
    return field(default=default, metadata={"words": words, "sign": "%"})


def count(default: int, words: Any) -> Any:
    return field(default=default, metadata={"words": words, "sign": ""})


@dataclass(frozen=True)
class Behaviour:
    """One number for everything that somebody may do otherwise."""

    # weather and fields
    rain: int = of_hundred(12, _l("A week of rain and cold in a district"))
    rain_takes: int = of_hundred(
        18, _l("What such a week takes from the harvest of the next weeks, up to twice as much")
    )
    storm: int = of_hundred(2, _l("A week of flood in a district: force majeure"))
    storm_takes: int = of_hundred(65, _l("What a flood takes"))
    misjudged: int = of_hundred(16, _l("How far a first forecast lies beside the harvest, up or down"))
    said_again_from: int = of_hundred(12, _l("A forecast is said again from such a change on"))
    # buyers
    asks: int = of_hundred(22, _l("A buyer publishes a request in a week"))
    invites: int = of_hundred(18, _l("A request goes only to cooperatives that were invited"))
    seals: int = of_hundred(22, _l("Quotes stay sealed until the deadline"))
    by_day: int = of_hundred(25, _l("A request names days, not weeks"))
    whole: int = of_hundred(12, _l("A request goes to one seller only"))
    amends: int = of_hundred(12, _l("An open request is changed"))
    counters: int = of_hundred(35, _l("A buyer asks the seller of a quote for a lower price"))
    too_dear: int = of_hundred(28, _l("Above its own price by so much a buyer finds none suitable"))
    keeps_reserve: int = of_hundred(40, _l("The next best quote waits in reserve"))
    withdraws_need: int = of_hundred(4, _l("A request is taken back"))
    skips: int = of_hundred(6, _l("A planned delivery is not called"))
    calls_less: int = of_hundred(25, _l("Less is called than was planned"))
    cuts: int = of_hundred(9, _l("A call is cut in the middle of the week"))
    takes_back: int = of_hundred(2, _l("A call is taken back"))
    # sellers
    quotes: int = of_hundred(34, _l("A cooperative with goods free quotes for a request"))
    changes_mind: int = of_hundred(6, _l("A quote is taken back"))
    gives_in: int = of_hundred(55, _l("A seller takes a lower price that was asked for"))
    drops_contract: int = of_hundred(4, _l("A contract is not signed in the end"))
    no_answer: int = of_hundred(4, _l("A call stays without an answer"))
    sells_aside_from: int = of_hundred(
        18, _l("The market pays so much more: some begin to sell there instead")
    )
    sells_aside: int = of_hundred(30, _l("A cooperative then brings less than was called"))
    # depots
    depot_silent: int = of_hundred(4, _l("A depot writes nothing: what left counts as accepted"))
    refuses: int = of_hundred(30, _l("A depot refuses some of a load"))
    seller_silent: int = of_hundred(15, _l("A cooperative lets its time to sign a slip pass"))
    objects: int = of_hundred(14, _l("A cooperative objects to a slip on which something was refused"))
    lets_decide: int = of_hundred(50, _l("A side lets the alliance decide a dispute"))
    takes_back_dispute: int = of_hundred(30, _l("An objection is taken back after the answer"))
    tells_excuse: int = of_hundred(75, _l("After a flood a cooperative tells the buyer in time, with proof"))
    accepts_excuse: int = of_hundred(85, _l("The buyer accepts that nobody could help it"))
    recalls: int = of_hundred(8, _l("A lot is called back in a week"))
    # money
    disagrees: int = of_hundred(4, _l("A settlement sheet is disagreed with, and drawn up anew"))
    confirms_late: int = of_hundred(12, _l("A side confirms its sheet only days later"))
    pays_late: int = of_hundred(22, _l("A company of average promptness pays late"))
    # pools
    pools: int = of_hundred(45, _l("A pool is formed where no cooperative could bring the whole request"))
    joins: int = of_hundred(70, _l("An invited cooperative gives its word to a pool"))
    drops_out: int = of_hundred(2, _l("A member drops out of a pool that won"))
    # prices
    price_moves: int = of_hundred(6, _l("How far the market moves in a week, up or down"))
    price_jumps: int = of_hundred(5, _l("A week in which a price jumps"))
    price_jump: int = of_hundred(28, _l("How far it jumps"))
    # counted
    weeks_ahead: int = count(7, _l("Weeks ahead that are forecast"))
    contract_weeks: int = count(6, _l("Weeks that a request lasts at the most"))
    most_quotes: int = count(6, _l("Quotes for a request at the most"))
    payment_days: int = count(10, _l("Days in which a settlement is due"))
    most_days_late: int = count(25, _l("Days that a payment is late at the most"))

    def published(self) -> Iterator[tuple[str, Any, str]]:
        """(name, words, number) of each, as the report prints them."""
        for each in fields(self):
            yield each.name, each.metadata["words"], f"{getattr(self, each.name)}{each.metadata['sign']}"


@dataclass(frozen=True)
class Scale:
    """How many live the season, and how long."""

    coops: int = 60
    buyers: int = 30
    weeks: int = 20
