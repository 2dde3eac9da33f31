"""The report of a fair as plain values: what is frozen when it is filed, and what every form of it is made from."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from marketplace import config
from marketplace.fairs import figures, queries
from marketplace.fairs.figures import BREAKDOWNS, KINDS, Amount, Book, Figure, Unit
from marketplace.fairs.models import Fair, FairResult, ReportLayout
from marketplace.fairs.states import FAIR_KIND_LABELS, SOURCE_LABELS, EntryKind
from marketplace.foundation import formats
from marketplace.foundation.words import _, in_language

NATION = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
DECLARED = (
    "sales", "orders", "memoranda", "memoranda_value", "contracts", "contracts_value",
)  # fmt: skip
VERIFIED = tuple(f"verified_{column}" for column in DECLARED)


def layout() -> ReportLayout:
    """The one in force; before anybody chose, what the law of papers asks for anyway."""
    return queries.layout_in_force() or ReportLayout(
        above="LIÊN MINH HỢP TÁC XÃ VIỆT NAM",
        issuer=config.current().alliance_name.upper(),
        symbol="BC-LMHTX",
        place=config.current().alliance_place,
        addressee="Sở Công Thương",
        opening="",
        recipients="Như trên;\nỦy ban nhân dân tỉnh (để báo cáo);\nLưu: VT.",
        signer_title="CHỦ TỊCH",
        signer="",
        lines=[],
    )


def lines_of(layout: ReportLayout) -> list[dict[str, Any]]:
    """Key, title ("" for the figure's own) and whether it is printed; figures nobody has placed come last."""
    placed = [line for line in layout.lines if line["key"] in KINDS]
    known = {line["key"] for line in placed}
    return [*placed, *({"key": key, "title": "", "on": True} for key in KINDS if key not in known)]


def body_of(
    fair: Fair, *, number: str, dated: dt.date, results: Sequence[FairResult], reason: str = ""
) -> dict[str, Any]:
    """Everything the report says, in Vietnamese. `results` are those that stand in it, locked."""
    chosen = layout()
    with in_language("vi"):
        book = figures.book_of(fair)
        counted = figures.figures(book)
        return {
            "number": number,
            "dated": dated.isoformat(),
            "reason": reason,
            "head": _head(chosen),
            "fair": _fair(fair),
            "lines": [_line(counted[line["key"]], line["title"]) for line in lines_of(chosen) if line["on"]],
            "rows": {key: _rows(each) for key, each in counted.items()},
            "tables": [
                _money(book),
                *(_table(book, by) for by in BREAKDOWNS),
                _goods(book),
                *(_noted(book, kind) for kind in EntryKind),
            ],
            "owing": [each.name for each in book.exhibitors if not each.declared],
            "difficulties": _words(results, "difficulties"),
            "proposals": _words(results, "proposals"),
            "results": {
                result.ref: [int(getattr(result, column)) for column in (*DECLARED, *VERIFIED)]
                for result in results
            },
        }


def digest(body: dict[str, Any]) -> str:
    """The same for the same words and figures, however a database keeps them."""
    plain = json.dumps(body, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


def shown(value: Any, unit: str) -> str:
    """A frozen amount as it is printed; a dash where nothing is known."""
    if value is None:
        return "–"
    if unit == Unit.MONEY:
        return formats.vnd(int(Decimal(value)))
    return formats.number(Decimal(value))


# --- its parts ---------------------------------------------------------------------------------------


def _head(chosen: ReportLayout) -> dict[str, Any]:
    return {
        "above": chosen.above,
        "issuer": chosen.issuer,
        "place": chosen.place,
        "addressee": chosen.addressee,
        "opening": chosen.opening,
        "recipients": [line.strip() for line in chosen.recipients.splitlines() if line.strip()],
        "signer_title": chosen.signer_title,
        "signer": chosen.signer,
    }


def _fair(fair: Fair) -> dict[str, Any]:
    return {
        "name": fair.name_vi,
        "kind": str(FAIR_KIND_LABELS[fair.kind]),
        "theme": fair.theme_vi,
        "organisers": fair.organisers,
        "venue": fair.venue,
        "in_province": fair.in_province,
        "first_day": fair.first_day.isoformat(),
        "last_day": fair.last_day.isoformat(),
        "budget": [[str(line.source), int(line.amount)] for line in fair.budget],
    }


def _line(figure: Figure, title: str) -> dict[str, Any]:
    kind = figure.kind
    return {
        "key": kind.key,
        "title": title or str(kind.title),
        "unit": str(kind.unit),
        "apart": kind.apart,
        "adds": kind.adds,
        "counted": _plain(figure.counted),
        "declared": _plain(figure.declared),
        "verified": _plain(figure.verified),
        "source": str(kind.source),
        "how": str(kind.how),
    }


def _rows(figure: Figure) -> list[list[Any]]:
    return [
        [row.name, row.detail, _plain(row.counted), _plain(row.declared), _plain(row.verified)]
        for row in figure.rows
    ]


def _table(book: Book, by: str) -> dict[str, Any]:
    groups = figures.broken_down(book, by)
    return {
        "key": by,
        "title": str(BREAKDOWNS[by][0]),
        "columns": [
            _("Group"),
            _("Exhibitors"),
            _("Standard booths"),
            _("Direct sales, as declared"),
            _("Direct sales, verified"),
        ],
        "units": ["", "count", "number", "money", "money"],
        "rows": [
            [
                group.name or _("Not known"),
                group.exhibitors,
                _plain(group.booths),
                int(group.declared),
                int(group.verified),
            ]
            for group in groups
        ],
    }


def _money(book: Book) -> dict[str, Any]:
    """Planned against used, by source; what nobody has counted stays empty."""
    return {
        "key": "money",
        "title": _("Budget by source"),
        "columns": [
            _("Source"),
            _("Planned budget"),
            _("For support"),
            _("Promised"),
            _("Support paid"),
            _("Used beside support"),
            _("Used in all"),
        ],
        "units": ["", "money", "money", "money", "money", "money", "money"],
        "rows": [
            [
                str(SOURCE_LABELS[each.source]),
                *map(_plain, (each.planned, each.support, each.promised, each.paid, each.beside, each.used)),
            ]
            for each in book.money
        ],
    }


def _noted(book: Book, kind: EntryKind) -> dict[str, Any]:
    return {
        "key": str(kind),
        "title": _("Side events") if kind is EntryKind.SIDE_EVENT else _("Awards"),
        "columns": [_("What"), _("Day"), _("Who"), _("People")],
        "units": ["", "", "", "count"],
        "rows": [
            [each.title, formats.date(each.day), each.who, each.people]
            for each in book.entries
            if each.kind is kind
        ],
    }


def _goods(book: Book) -> dict[str, Any]:
    return {
        "key": "goods",
        "title": _("Goods sold, by the day sheets"),
        "columns": [_("Product"), _("Unit"), _("Quantity"), _("Sum, as declared")],
        "units": ["", "", "number", "money"],
        "rows": [
            [goods.product, formats.unit_name(goods.unit), _plain(goods.quantity), int(goods.amount)]
            for goods in figures.goods_sold(book)
        ],
    }


def _words(results: Sequence[FairResult], column: str) -> list[list[str]]:
    return [
        [result.stand.application.cooperative.name, str(getattr(result, column))]
        for result in results
        if getattr(result, column)
    ]


def _plain(value: Amount | None) -> Any:
    """A whole number as such, any other as its digits: both databases give back what they got."""
    if value is None or isinstance(value, int):
        return None if value is None else int(value)
    return format(value.normalize(), "f")
