"""A province of 3,000 members over ten years, written by a fixed seed: what the office's pages are measured on.

The small world of the tests is made first, with a subject for every page. Then its parts are written many times
(`bench.copies`): Đồng Lạc with its ten years of reports, dues, grades, loans and courses; an order that was paid and
received; a contract with its slips and sheets; the fairs at every beat; requests with their quotes.
"""

from __future__ import annotations

import random
from decimal import Decimal
from itertools import accumulate
from typing import Any

from sqlalchemy import select, text

from bench.copies import Copied, Copy, Rows, counted_on, gathered, multiply
from marketplace.catalogue.models import Commodity
from marketplace.deliveries import services as deliveries
from marketplace.foundation.db import db, transaction
from marketplace.orders import services as orders
from marketplace.supply import queries as ledger
from marketplace.supply import services as supply
from marketplace.supply.models import StockMove
from tests.orders.agreed import delivery_of, pay, send_off
from tests.orders.buying import order_for
from tests.world import World

SEED = 2026
MEMBERS, ORDERS, CONTRACTS, FAIRS, YEARS = 3_000, 300_000, 2_000, 40, 10
OF_A_MEMBER = {
    "cooperatives", "organisations", "addresses", "membership_moves", "certificates", "bank_accounts", "products",
    "price_tiers", "price_changes", "product_papers", "stocks", "member_sectors", "life_events",
    "standing_spells", "alliance_memberships", "coop_officers", "partner_helps", "recognitions", "loans",
    "loan_checks", "loan_movements", "loan_instalments", "phone_calls", "alliance_complaints", "plots",
    "annual_reports", "annual_report_versions", "annual_report_verdicts", "classifications", "dues", "charges",
    "payment_entries", "issued_documents", "seller_facts", "memberships", "people",
}  # fmt: skip
OF_A_YEAR = {
    "annual_reports", "annual_report_versions", "annual_report_verdicts", "classifications", "dues", "charges",
    "payment_entries", "issued_documents",
}  # fmt: skip
NOT_COPIED = {
    "audit_entries", "audit_words", "audit_subjects", "letters", "notices", "links", "task_marks", "bulk_lines",
    "trade_days", "trade_months", "trade_marks", "order_counters", "contract_counters", "delivery_counters",
    "document_counters", "acceptance_counters", "settlement_counters", "need_counters", "deal_paths", "deal_links",
}  # fmt: skip
UPWARDS = {
    "cooperatives": ("organisation_id", "address_id"),
    "memberships": ("person_id",),
    "orders": ("group_id",),
    "order_lines": ("claim_id",),
    "delivery_lines": ("claim_id",),
    "loads": ("delivery_id",),
    "fair_applications": ("application_id",),
}


def written(scale: float = 1.0, world: World | None = None) -> None:
    """Beside the small world with its subjects, which stands already."""
    chance = random.Random(SEED)
    world = world or World.found()
    order, harvest = _an_order(world)
    member = world.dong_lac.id
    _years(member)
    units = [
        *db.session.scalars(text("SELECT unit_current_id FROM addresses WHERE unit_current_id IS NOT NULL"))
    ]
    goods = [each.id for each in db.session.query(Commodity).order_by(Commodity.id).limit(30)]
    members = int(MEMBERS * scale)
    sellers = _members(member, members, units, goods, chance)
    often = [*accumulate(1 / (rank + 20) for rank in range(members + 1))]

    def copies(count: int, days: int) -> list[Copy]:
        chosen = chance.choices(range(members + 1), cum_weights=often, k=count)
        return [Copy(k + 1, seller, chance.randrange(days)) for k, seller in enumerate(chosen)]

    rows = gathered({"orders": [order], "stock_moves": [harvest]}, upwards=UPWARDS, but=NOT_COPIED)
    multiply(rows, copies(int(ORDERS * scale), 3_650), mark="o", sellers=sellers, told={})
    for table, count, days in (("contracts", CONTRACTS, 3_650), ("fairs", FAIRS, 1), ("needs", CONTRACTS, 1)):
        ids = [*db.session.scalars(text(f"SELECT id FROM {table}"))]
        if not ids:
            continue
        rows = gathered({table: ids}, upwards=UPWARDS, but=NOT_COPIED | _others(table))
        multiply(
            rows,
            copies(max(1, int(count * scale) // len(ids)), days),
            mark=table[0],
            sellers=sellers,
            told={},
        )
    counted_on()


def told(scale: float) -> str:
    """How large it is, in words."""
    sizes = {"members": MEMBERS, "orders": ORDERS, "contracts": CONTRACTS, "fairs": FAIRS}
    return ", ".join(f"{count * scale:,.0f} {name}" for name, count in sizes.items()) + f", {YEARS} years"


def _others(table: str) -> set[str]:
    """What hangs on a fair or a request and is a thing of its own."""
    return {"contracts", "orders", "needs", "fairs"} - {table}


def _an_order(world: World) -> tuple[int, int]:
    """An order that was paid and received, and the harvest it took: together they leave the stock as it was."""
    stock = ledger.stock_of(world.carrots.id)
    assert stock is not None
    with transaction():
        supply.add_harvest(stock=stock, quantity=Decimal(50), by=world.director)
    harvest = db.session.scalars(select(StockMove.id).order_by(StockMove.id.desc())).first()
    order = order_for((world.carrots, 50)).orders[0]
    with transaction():
        orders.accept(order=order, by=world.director)
    pay(order, world)
    send_off(order, world)
    with transaction():
        deliveries.receive(delivery=delivery_of(order))
    assert harvest is not None
    return order.id, harvest


def _years(member: int) -> None:
    """The member's last year told again for those before it."""
    roots = {
        table: [*db.session.scalars(text(f"SELECT min(id) FROM {table} WHERE cooperative_id = {member}"))]
        for table in ("annual_reports", "classifications", "dues")
    }
    rows = gathered(roots, upwards={}, only=OF_A_YEAR)
    multiply(rows, [Copy(k, years=k, days=365 * k) for k in range(1, YEARS)], mark="y", sellers=None, told={})


def _members(member: int, count: int, units: list[int], goods: list[int], chance: random.Random) -> Copied:
    rows = gathered({"cooperatives": [member]}, upwards=UPWARDS, only=OF_A_MEMBER)
    rows = _without_officers(rows)
    copies = [
        Copy(k, unit=chance.choice(units), goods=chance.choice(goods), days=0) for k in range(1, count + 1)
    ]
    twice = "(p.k - CASE WHEN p.k % 100 = 7 THEN 1 ELSE 0 END)"  # one in a hundred was entered twice
    return multiply(
        rows,
        copies,
        mark="m",
        told={
            ("cooperatives", "slug"): "'htx-' || p.k",
            ("cooperatives", "name"): f"'HTX Nông sản số ' || {twice}",
            ("cooperatives", "short_name"): f"'HTX số ' || {twice}",
            ("cooperatives", "sort_name"): f"'nong san so ' || {twice}",
            ("cooperatives", "folded"): f"'htx nong san so ' || {twice}",
            ("cooperatives", "tax_code"): f"'08' || substr('00000000' || {twice}, -8)"
            if db.engine.dialect.name == "sqlite"
            else f"'08' || lpad({twice}::text, 8, '0')",
            ("organisations", "name"): f"'HTX Nông sản số ' || {twice}",
            ("addresses", "unit_current_id"): "p.unit",
            ("products", "commodity_id"): "p.goods",
            ("people", "phone"): "'+843' || (10000000 + p.k)",
            ("stocks", "on_hand"): "0",
            ("stocks", "reserved"): "0",
        },
    )


def _without_officers(rows: Rows) -> Rows:
    """People of the alliance belong to no member."""
    officers: Any = text(
        "SELECT m.person_id FROM memberships m JOIN organisations o ON o.id = m.organisation_id "
        "WHERE o.kind = 'alliance'"
    )
    return {**rows, "people": rows.get("people", set()) - {(each,) for each in db.session.scalars(officers)}}
