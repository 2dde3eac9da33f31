"""Search over Vietnamese listings: SQLite FTS5 and PostgreSQL beside Tantivy, in one run.

    python -m bench.search 10000 100000 1000000     (nice -n 10 for the last)

Every engine answers the same questions: the first 24 by score, a count, and counts of four facet groups. What
each does for it differs, and is part of what is measured: ours counts and facets at most the 1,000 best hits,
and ranks exact writing and titles first; Tantivy counts and aggregates every hit and knows one order, the
score. So Tantivy is timed twice, with its aggregations (as a page with facets needs) and without.
"""

from __future__ import annotations

import json
import os
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, field
from itertools import accumulate
from pathlib import Path
from typing import Any

import pysqlite3
from sqlalchemy import Connection, create_engine

from marketplace.foundation.db.search import TOP_SCORE, Entry, Index, Synonyms
from marketplace.foundation.db.search.entry import exact_words, folded_words
from marketplace.foundation.db.session import prepare_engine

SIZES = (10_000, 100_000, 1_000_000)
ENGINES = ("sqlite", "postgresql", "tantivy")
GROUPS = ("c", "k", "p", "cert")
PAGE = 24
QUESTIONS = 300

COMMODITIES = {
    "cu-qua": "Cà rốt|Khoai tây|Su hào|Củ cải|Bí đỏ|Dưa chuột|Cà chua|Ớt chỉ thiên|Khoai lang|Sắn dây|Gừng|Nghệ",
    "rau": "Rau muống|Cải bắp|Súp lơ xanh|Cải ngọt|Xà lách|Mồng tơi|Rau dền|Hành lá|Hành tím|Tỏi|Cần tây|Thì là",
    "trai-cay": "Vải thiều|Ổi lê|Na dai|Bưởi diễn|Cam sành|Chuối tiêu|Thanh long|Xoài cát|Nhãn lồng|Mít|Dứa|Táo",
    "luong-thuc": "Gạo nếp cái hoa vàng|Gạo tám thơm|Ngô nếp|Đậu xanh|Đậu đen|Lạc đỏ|Gạo lứt|Miến dong",
    "chan-nuoi": "Gà đồi|Trứng gà|Thịt lợn sạch|Vịt cỏ|Mật ong|Trứng vịt|Bò khô|Giò lụa",
    "thuy-san": "Cá rô phi|Tôm thẻ|Cá chép|Rươi|Cá trắm|Ếch|Lươn|Cá lăng",
}
QUALITIES = (
    "sạch|tươi|hữu cơ|loại một|đặc sản|VietGAP|sấy khô|mới thu hoạch|giống cũ|xuất khẩu|túi lưới|đóng hộp"
)
SYLLABLES = (
    "Đồng|Lạc|Kinh|Môn|Chí|Linh|Thanh|Hà|Nam|Sách|Cẩm|Giàng|Giang|Bình|Gia|Lộc|Tứ|Kỳ|Ninh|Thành|An|Phú|Hưng|Đạo|"
    "Tân|Dân|Hiệp|Hòa|Thượng|Quận|Lê|Lợi|Hồng|Quang|Minh|Đức|Vĩnh|Long|Xuyên|Thái|Sơn|Yên|Bắc|Văn|Tố|Cổ|Bì|Kim"
)
CERTIFICATES = ("vietgap", "globalgap", "ocop3", "ocop4", "huu-co")
UNITS = ("kg", "ta", "tui", "hop", "qua")


@dataclass(frozen=True)
class Question:
    text: str = ""
    facets_all: tuple[tuple[str, ...], ...] = ()
    price: tuple[int, int] | None = None


@dataclass
class Timing:
    """Milliseconds of each question, and how many hits each found."""

    built: float = 0.0
    size_mb: float = 0.0
    took: list[float] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)

    def summary(self) -> dict[str, float]:
        ranked = sorted(self.took)
        return {
            "p50_ms": round(statistics.median(ranked), 3),
            "p95_ms": round(ranked[int(len(ranked) * 0.95)], 3),
            "max_ms": round(ranked[-1], 3),
            "build_s": round(self.built, 1),
            "size_mb": round(self.size_mb),
            "questions_with_hits": sum(count > 0 for count in self.counts),
        }


class Province:
    """Places and cooperatives out of real syllables, their sizes as uneven as life."""

    def __init__(self) -> None:
        chance = random.Random(2025)
        syllables = SYLLABLES.split("|")
        self.places = sorted({" ".join(chance.sample(syllables, 2)) for _ in range(900)})
        self.cooperatives = [
            f"HTX {chance.choice(('Nông nghiệp', 'Dịch vụ nông nghiệp', 'Nông sản sạch', 'Rau quả'))} {place}"
            for place in chance.choices(self.places, k=1_500)
        ]
        self.commodities = [
            (category, name) for category, names in COMMODITIES.items() for name in names.split("|")
        ]
        self.often = list(accumulate(1 / (rank + 3) for rank in range(len(self.commodities))))
        self.sellers = list(accumulate(1 / (rank + 20) for rank in range(len(self.cooperatives))))

    def listings(self, size: int) -> Iterator[Entry]:
        """The same listings on every run."""
        chance = random.Random(7)
        qualities = QUALITIES.split("|")
        for entry_id in range(1, size + 1):
            category, name = chance.choices(self.commodities, cum_weights=self.often)[0]
            seller = chance.choices(range(len(self.cooperatives)), cum_weights=self.sellers)[0]
            cooperative = self.cooperatives[seller]
            place, was = self.places[seller % len(self.places)], self.places[seller * 7 % len(self.places)]
            facets = {
                f"c:{category}",
                f"k:{'-'.join(folded_words(name))}",
                f"p:{seller % 34}",
                f"m:{chance.randrange(1, 13)}",
                f"u:{chance.choice(UNITS)}",
                f"s:{int(chance.random() < 0.7)}",
            }
            if chance.random() < 0.4:
                facets.add(f"cert:{chance.choice(CERTIFICATES)}")
            yield Entry(
                id=entry_id,
                title=f"{name} {' '.join(chance.sample(qualities, 2))} {place}",
                body=f"{cooperative} xã {place} trước là xã {was} huyện {chance.choice(self.places)}",
                score=chance.randrange(TOP_SCORE + 1),
                facets=facets,
                numbers={"price": 1_000 * int(2 ** chance.uniform(2, 9))},
            )

    def questions(self) -> list[Question]:
        """What people ask, in the proportions guessed for a market: most of it two to four words, half of it
        without marks, a third with filters, some half-typed or misspelt."""
        chance = random.Random(11)
        kinds: list[tuple[float, Callable[[random.Random], Question]]] = [
            (0.22, lambda r: Question(plain(self._commodity(r)))),
            (0.14, lambda r: Question(self._commodity(r))),
            (0.14, lambda r: Question(plain(f"{self._commodity(r)} {r.choice(self.places)}"))),
            (0.08, lambda r: Question(f"{self._commodity(r)} {r.choice(self.places)}")),
            (0.06, lambda r: Question(plain(r.choice(self.cooperatives)))),
            (0.12, lambda r: Question(plain(self._commodity(r)), ((f"p:{r.randrange(34)}",),))),
            (
                0.07,
                lambda r: Question("", ((f"c:{r.choice(list(COMMODITIES))}",), (f"p:{r.randrange(34)}",))),
            ),
            (0.05, lambda r: Question(plain(self._commodity(r)), price=(10_000, 60_000))),
            (0.04, lambda r: Question("", (tuple(f"cert:{kind}" for kind in r.sample(CERTIFICATES, 2)),))),
            (0.04, lambda r: Question(plain(f"{self._commodity(r)} {r.choice(self.places)}")[:-1])),
            (0.04, lambda r: Question(misspelt(plain(self._commodity(r)), r))),
        ]
        weights = [weight for weight, _ in kinds]
        return [chance.choices(kinds, weights)[0][1](chance) for _ in range(QUESTIONS)]

    def _commodity(self, chance: random.Random) -> str:
        return chance.choices(self.commodities, cum_weights=self.often)[0][1]


def plain(text: str) -> str:
    return " ".join(folded_words(text))


def misspelt(text: str, chance: random.Random) -> str:
    at = max(range(len(text)), key=lambda place: len(text[:place].split()[-1:] or "") and chance.random())
    return text[:at] + chance.choice("bcdghklmnprstvx") + text[at + 1 :]


# --- ours -----------------------------------------------------------------------------------------------


class Ours:
    """The shop's own index on a real file or a real server."""

    def __init__(self, url: str, size_of: Callable[[Connection], float]) -> None:
        extra = {"module": pysqlite3} if url.startswith("sqlite") else {}
        self._engine = create_engine(url, **extra)
        prepare_engine(self._engine)
        self._index = Index(
            "bench", Synonyms([("HTX", "hợp tác xã"), ("súp lơ", "su lơ"), ("na", "mãng cầu")])
        )
        self._size_of = size_of

    def build(self, listings: Iterator[Entry]) -> float:
        with self._engine.begin() as connection:
            kind = connection.dialect.name
            for statement in self._index.drop(kind) + self._index.ddl(kind):
                connection.exec_driver_sql(statement)
            self._index.rebuild(connection, listings)
        with self._engine.connect() as connection:
            return self._size_of(connection)

    @contextmanager
    def asking(self) -> Iterator[Callable[[Question], int]]:
        with self._engine.connect() as connection:
            yield lambda question: self._ask(connection, question)

    def close(self) -> None:
        self._engine.dispose()

    def _ask(self, connection: Connection, question: Question) -> int:
        low, high = question.price or (None, None)
        found = self._index.find(
            connection,
            question.text,
            facets_all=question.facets_all,
            price_min=low,
            price_max=high,
            limit=PAGE,
            facet_groups=GROUPS,
        )
        return found.count


@contextmanager
def sqlite_index() -> Iterator[Ours]:
    folder = Path(tempfile.mkdtemp(prefix="bench-search-"))
    path = folder / "search.db"
    ours = Ours(f"sqlite:///{path}", lambda _: path.stat().st_size / 1e6)
    try:
        yield ours
    finally:
        ours.close()
        shutil.rmtree(folder)


@contextmanager
def postgresql_index() -> Iterator[Ours]:
    """On BENCH_POSTGRESQL_URL, or on the private server that the tests use."""
    url = os.environ.get("BENCH_POSTGRESQL_URL")
    server = None
    if not url:
        from tests import services

        server = services.postgresql()
        url = server.fresh()
    size = (
        "SELECT sum(pg_total_relation_size(oid)) / 1e6 FROM pg_class"
        " WHERE relname LIKE 'search_bench%%' AND relkind = 'r'"
    )
    ours = Ours(
        url.replace("postgresql://", "postgresql+psycopg://"),
        lambda connection: float(connection.exec_driver_sql(size).scalar_one()),
    )
    try:
        yield ours
    finally:
        ours.close()
        if server:
            server.drop(url)


# --- the reference -------------------------------------------------------------------------------------------


class Tantivy:
    """The same tokens as terms, the score and the facets as fast fields, one merged segment or few."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._tantivy = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("folded", tokenizer_name="whitespace", index_option="basic")
        builder.add_text_field("exact", tokenizer_name="whitespace", index_option="basic")
        builder.add_unsigned_field("id", stored=True, fast=True)
        builder.add_unsigned_field("score", fast=True)
        builder.add_unsigned_field("price", indexed=True, fast=True)
        for group in ("c", "k", "p", "cert", "m", "u", "s"):
            builder.add_text_field(group, tokenizer_name="raw", index_option="basic", fast=True)
        self._schema = builder.build()
        self._index = tantivy.Index(self._schema, path=str(folder))
        self._folder = folder
        self.faceted = True

    def build(self, listings: Iterator[Entry]) -> float:
        writer = self._index.writer(heap_size=400_000_000, num_threads=1)
        for entry in listings:
            document = self._tantivy.Document()
            both = f"{entry.title} {entry.body}"
            document.add_text("folded", " ".join(folded_words(both)))
            document.add_text("exact", " ".join(exact_words(both)))
            document.add_unsigned("id", entry.id)
            document.add_unsigned("score", entry.score)
            document.add_unsigned("price", entry.numbers["price"])
            for facet in entry.facets:
                group, _, value = facet.partition(":")
                document.add_text(group, value)
            writer.add_document(document)
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        return sum(path.stat().st_size for path in self._folder.iterdir()) / 1e6

    @contextmanager
    def asking(self) -> Iterator[Callable[[Question], int]]:
        self._searcher = self._index.searcher()
        yield self._ask

    def _ask(self, question: Question) -> int:
        words = folded_words(question.text)
        marked = words != exact_words(question.text)
        terms = [
            self._term("exact" if marked else "folded", w)
            for w in (exact_words(question.text) if marked else words)
        ]
        count = self._search(question, terms)
        if not count and words:
            begun = self._tantivy.Query.regex_query(self._schema, "folded", words[-1] + ".*")
            count = self._search(question, [*terms[:-1], begun])
        if not count and words:
            near = [self._tantivy.Query.fuzzy_term_query(self._schema, "folded", word, 1) for word in words]
            count = self._search(question, near)
        return count

    def _search(self, question: Question, terms: list[Any]) -> int:
        parts = [*terms, *(self._any(choices) for choices in question.facets_all)]
        if question.price:
            kind = self._tantivy.FieldType.Unsigned
            parts.append(self._tantivy.Query.range_query(self._schema, "price", kind, *question.price))
        must = self._tantivy.Occur.Must
        query = self._tantivy.Query.boolean_query([(must, part) for part in parts])
        result: Any = self._searcher.search(query, limit=PAGE, order_by_field="score")
        for _, address in result.hits:
            self._searcher.doc(address)
        if self.faceted:
            counts = {group: {"terms": {"field": group, "size": 50}} for group in GROUPS}
            self._searcher.aggregate(query, counts)
        return result.count

    def _any(self, choices: tuple[str, ...]) -> Any:
        terms = [self._term(*choice.split(":", 1)) for choice in choices]
        return self._tantivy.Query.boolean_query([(self._tantivy.Occur.Should, term) for term in terms])

    def _term(self, name: str, value: str) -> Any:
        return self._tantivy.Query.term_query(self._schema, name, value, "basic")


@contextmanager
def tantivy_index() -> Iterator[Tantivy]:
    folder = Path(tempfile.mkdtemp(prefix="bench-tantivy-"))
    try:
        yield Tantivy(folder)
    finally:
        shutil.rmtree(folder)


MAKERS: dict[str, Callable[[], AbstractContextManager[Any]]] = {
    "sqlite": sqlite_index,
    "postgresql": postgresql_index,
    "tantivy": tantivy_index,
}


# --- the run -------------------------------------------------------------------------------------------------


def run(
    sizes: tuple[int, ...] = SIZES, engines: tuple[str, ...] = ENGINES, budget_seconds: float = 1_200
) -> dict[str, Any]:
    """Measure, print and answer {size: {engine: figures}} with ratios and growth; stops building at the budget."""
    began = time.monotonic()
    province = Province()
    questions = province.questions()
    results: dict[str, Any] = {"questions": len(questions), "sizes": {}}
    for size in sizes:
        figures: dict[str, Any] = {}
        for engine in engines:
            if time.monotonic() - began > budget_seconds:
                results["cut_short"] = f"before {engine} at {size:,}"
                break
            try:
                figures.update(_measured(engine, province, size, questions))
            except ImportError as missing:
                figures[engine] = {"missing": str(missing)}
        results["sizes"][size] = figures
        _print(size, figures)
    results["growth"] = _growth(results["sizes"])
    print("growth of p50, smallest to largest:", json.dumps(results["growth"]))
    return results


def _measured(
    engine: str, province: Province, size: int, questions: list[Question]
) -> dict[str, dict[str, float]]:
    with MAKERS[engine]() as index:
        began = time.perf_counter()
        size_mb = index.build(province.listings(size))
        built = time.perf_counter() - began
        figures = {engine: _timed(index, questions, built, size_mb).summary()}
        if isinstance(index, Tantivy):
            index.faceted = False
            figures["tantivy without facets"] = _timed(index, questions, built, size_mb).summary()
        return figures


def _timed(index: Any, questions: list[Question], built: float, size_mb: float) -> Timing:
    """The better of two rounds for each question, after a round to warm up."""
    timing = Timing(built, size_mb)
    with index.asking() as ask:
        timing.counts = [ask(question) for question in questions]
        for question in questions:
            timing.took.append(min(_milliseconds(ask, question) for _ in range(2)))
    return timing


def _milliseconds(ask: Callable[[Question], int], question: Question) -> float:
    began = time.perf_counter()
    ask(question)
    return (time.perf_counter() - began) * 1_000


def _print(size: int, figures: dict[str, Any]) -> None:
    reference = figures.get("tantivy", {})
    print(f"\n{size:,} listings")
    for engine, values in figures.items():
        if "missing" in values:
            print(f"  {engine:24} not here: {values['missing']}")
            continue
        for mark in ("p50", "p95"):
            if reference.get(f"{mark}_ms"):
                values[f"{mark}_of_tantivy"] = round(values[f"{mark}_ms"] / reference[f"{mark}_ms"], 2)
        print(f"  {engine:24} " + "  ".join(f"{name} {value}" for name, value in values.items()))


def _growth(sizes: dict[int, dict[str, Any]]) -> dict[str, float]:
    if len(sizes) < 2:
        return {}
    first, last = sizes[min(sizes)], sizes[max(sizes)]
    return {
        engine: round(last[engine]["p50_ms"] / first[engine]["p50_ms"], 2)
        for engine in first
        if "p50_ms" in first[engine] and "p50_ms" in last.get(engine, {})
    }


if __name__ == "__main__":
    chosen = tuple(int(size) for size in sys.argv[1:] if size.isdigit()) or SIZES
    named = tuple(name for name in sys.argv[1:] if name in ENGINES) or ENGINES
    run(chosen, named)
