"""What is found, in which order, for what people really type."""

from __future__ import annotations

import time
import unicodedata

import pytest
from sqlalchemy import Connection

from marketplace.foundation.db.search import Entry, Index

CARROT, PLAIN_CARROT, TILAPIA, SHALLOT, BROCCOLI, APPLE, CABBAGE = range(1, 8)

STALL = [
    Entry(
        CARROT, "Cà rốt Đồng Lạc", "HTX Đồng Lạc phường Lê Đại Hành", 900, {"c:cu", "p:31"}, {"price": 12_000}
    ),
    Entry(PLAIN_CARROT, "Ca rot sach", "Hợp tác xã Kinh Môn", 950, {"c:cu", "p:30"}, {"price": 15_000}),
    Entry(TILAPIA, "Cá rô phi", "HTX Sông Hồng", 990, {"c:ca", "p:31"}, {"price": 60_000}),
    Entry(SHALLOT, "Hành tím", "HTX Đồng Lạc còn bán cà rốt", 10, {"c:hanh", "p:31"}),
    Entry(BROCCOLI, "Súp lơ xanh", "HTX Hoà Bình", 500, {"c:rau", "p:30"}, {"price": 20_000}),
    Entry(APPLE, "Na dai", "Đồi Chí Linh", 400, {"c:trai", "p:31"}, {"price": 50_000}),
    Entry(CABBAGE, "Cải bắp", "HTX Thuỷ Nguyên", 300, {"c:rau", "p:31"}, {"price": 8_000}),
]


@pytest.fixture
def stall(connection: Connection, produce: Index) -> Index:
    for entry in STALL:
        produce.put(connection, entry)
    return produce


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        pytest.param("ca rot", [PLAIN_CARROT, CARROT, SHALLOT], id="without marks: titles first, then score"),
        pytest.param("cà rốt", [CARROT, SHALLOT, PLAIN_CARROT], id="with marks: so written first"),
        pytest.param("CÀ RỐT", [CARROT, SHALLOT, PLAIN_CARROT], id="capitals"),
        pytest.param("rot ca", [PLAIN_CARROT, CARROT, SHALLOT], id="the other way round"),
        pytest.param("ca ro", [TILAPIA, PLAIN_CARROT, CARROT, SHALLOT], id="the last word only begun"),
        pytest.param("ca rot dong lac", [CARROT, SHALLOT], id="with its place"),
        pytest.param("đông lạc", [CARROT, SHALLOT], id="a wrong mark"),
        pytest.param("Ðồng lạc", [CARROT, SHALLOT], id="the Icelandic letter that looks like đ"),
        pytest.param("hòa bình", [BROCCOLI], id="the tone elsewhere: hòa, hoà"),
        pytest.param("thủy nguyên", [CABBAGE], id="the tone elsewhere: thủy, thuỷ"),
        pytest.param("mãng cầu", [APPLE], id="another name for na"),
        pytest.param("mang cau", [APPLE], id="another name, without marks"),
        pytest.param("su lo", [BROCCOLI], id="su lơ is súp lơ"),
        pytest.param("bắp cải", [CABBAGE], id="bắp cải is cải bắp"),
        pytest.param("hop tac xa kinh mon", [PLAIN_CARROT], id="hợp tác xã written out"),
        pytest.param("htx kinh mon", [PLAIN_CARROT], id="HTX for hợp tác xã"),
        pytest.param("cà rốt, (đồng lạc)!", [CARROT, SHALLOT], id="signs between the words"),
        pytest.param("khoai tây", [], id="nothing of the kind"),
    ],
)
def test_what_is_typed_finds(stall: Index, connection: Connection, typed: str, found: list[int]) -> None:
    assert stall.find(connection, typed).ids == found
    assert stall.find(connection, unicodedata.normalize("NFD", typed)).ids == found


@pytest.mark.parametrize(
    ("typed", "understood", "suggestion", "first"),
    [
        ("caf roost", "cà rốt", None, CARROT),
        ("ca rott", "ca rot", "ca rot", PLAIN_CARROT),
        ("carot", "ca rot", "ca rot", PLAIN_CARROT),
        ("cà rôtt đồng lạc", "cà rốt đồng lạc", "cà rốt đồng lạc", CARROT),
        ("broccoly hanh tim", "broccoly hanh tim", None, None),
        ("hanh tin", "Hành tím".lower(), "hành tím", SHALLOT),
    ],
)
def test_what_was_probably_meant(
    stall: Index,
    connection: Connection,
    typed: str,
    understood: str,
    suggestion: str | None,
    first: int | None,
) -> None:
    found = stall.find(connection, typed)
    assert (found.understood, found.suggestion, next(iter(found.ids), None)) == (
        understood,
        suggestion,
        first,
    )


def test_a_filter_that_leaves_nothing_is_no_misspelling(stall: Index, connection: Connection) -> None:
    found = stall.find(connection, "na dai", facets_all=[["c:cu"]])
    assert (found.ids, found.suggestion) == ([], None)


def test_hardly_anything_found_suggests_the_far_commoner_word(connection: Connection, produce: Index) -> None:
    produce.put(connection, Entry(1, "Cà rút đồng"))
    for entry_id in range(2, 20):
        produce.put(connection, Entry(entry_id, "Cà rốt"))
    found = produce.find(connection, "ca rut")
    assert (found.ids, found.understood, found.suggestion) == ([1], "ca rut", "cà rốt")


def test_filters_are_an_and_of_ors(stall: Index, connection: Connection) -> None:
    def ids(*facets: list[str]) -> list[int]:
        return stall.find(connection, "", facets_all=facets).ids

    assert ids(["c:rau", "c:trai"]) == [BROCCOLI, APPLE, CABBAGE]
    assert ids(["c:rau", "c:trai"], ["p:31"]) == [APPLE, CABBAGE]
    assert ids(["c:khong-co"]) == []


def test_facets_count_what_was_found(stall: Index, connection: Connection) -> None:
    found = stall.find(connection, "cà rốt", facet_groups=["c", "p", "cert"])
    assert found.facets == {"c": {"cu": 2, "hanh": 1}, "p": {"31": 2, "30": 1}, "cert": {}}


def test_counts_stop_at_the_cap(stall: Index, connection: Connection) -> None:
    found = stall.find(connection, "", count_cap=3, limit=2, facet_groups=["c"])
    assert (found.count, found.capped, sum(found.facets["c"].values())) == (3, True, 3)
    exact = stall.find(connection, "", count_cap=7, limit=2)
    assert (exact.count, exact.capped) == (7, False)


def test_prices_between(stall: Index, connection: Connection) -> None:
    def ids(low: int | None, high: int | None) -> list[int]:
        return stall.find(connection, "", price_min=low, price_max=high, order="price_up").ids

    assert ids(12_000, 20_000) == [CARROT, PLAIN_CARROT, BROCCOLI]
    assert ids(12_001, 19_999) == [PLAIN_CARROT]
    assert ids(None, 12_000) == [CABBAGE, CARROT]
    assert ids(50_000, None) == [APPLE, TILAPIA]
    assert ids(20_000, 10_000) == []


@pytest.mark.parametrize("count_cap", [1_000, 1])
def test_other_orders(stall: Index, connection: Connection, count_cap: int) -> None:
    """Sorted at once, or walked part by part when there are more than are counted."""

    def ids(order: str) -> list[int]:
        return stall.find(connection, "", order=order, count_cap=count_cap, limit=7).ids

    rising = [CABBAGE, CARROT, PLAIN_CARROT, BROCCOLI, APPLE, TILAPIA]
    assert ids("price_up") == [*rising, SHALLOT]
    assert ids("price_down") == [*reversed(rising), SHALLOT]
    assert ids("new") == [7, 6, 5, 4, 3, 2, 1]


HOSTILE = [
    "",
    "   ",
    '"',
    "'",
    '" OR "1',
    "a AND (b OR",
    "NEAR(ca rot, 2)",
    "title:ca*",
    "-ca ^rot",
    "!ca & rot | :*",
    "%_*" * 100,
    "ca\x00rot",
    "\ud800",
    "🥕🥬" * 50,
    "ca " * 2_000,
    "x" * 5_000,
    " ".join(f"w{number}" for number in range(1_000)),
    "½ ﬁ İ ß",
    "中文 العربية ไทย",
    "́" * 300,
    "\\'; DROP TABLE search_produce; --",
]


@pytest.mark.parametrize("typed", HOSTILE)
def test_no_text_is_an_error(stall: Index, connection: Connection, typed: str) -> None:
    began = time.perf_counter()
    stall.find(connection, typed, facet_groups=["c"])
    stall.find(connection, typed, order="price_up", price_min=1)
    assert time.perf_counter() - began < 1
    assert stall.find(connection, "").count == len(STALL)


@pytest.mark.parametrize("facet", [*HOSTILE, "c:cu' | 'c:rau", 'c:cu" OR "c:rau', "C:CU "])
def test_no_facet_is_an_error(stall: Index, connection: Connection, facet: str) -> None:
    found = stall.find(connection, "ca", facets_all=[[facet]], facet_groups=[facet])
    assert found.ids in ([], [PLAIN_CARROT, CARROT])


def test_hostile_facets_can_be_kept_too(stall: Index, connection: Connection) -> None:
    for place, facet in enumerate(HOSTILE):
        stall.put(connection, Entry(100 + place, f"Gừng {facet}", facet, facets={f"x:{facet}"}))
    assert stall.find(connection, "gung", limit=50).count == len(HOSTILE)


def test_ten_thousand_filters_are_cut(stall: Index, connection: Connection) -> None:
    began = time.perf_counter()
    wide = stall.find(connection, "ca rot", facets_all=[[f"c:{number}" for number in range(10_000)]])
    deep = stall.find(connection, "ca rot", facets_all=[["c:cu"] for _ in range(10_000)])
    assert time.perf_counter() - began < 1
    assert (wide.ids, deep.ids) == ([], [PLAIN_CARROT, CARROT])


@pytest.mark.parametrize("limit", [-5, 0, 10**9])
def test_odd_limits_and_orders(stall: Index, connection: Connection, limit: int) -> None:
    found = stall.find(
        connection, "", limit=limit, order="sideways", count_cap=-1, price_min=-5, price_max=10**30
    )
    assert found.ids[0] == TILAPIA
