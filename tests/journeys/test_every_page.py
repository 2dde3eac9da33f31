"""Every page, in both languages, on a phone and on a desk: open to everybody, as wide as its screen, sound HTML.

The pages come from the app's own map of addresses, so a new one is read here from its first day. Each is fetched
once in each language; it must fit both widths, and axe reads it in both languages and at both widths: in Vietnamese
on the phone, in English on the desk. What the server sent goes to the HTML checker.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from decimal import Decimal
from itertools import chain, cycle
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from flask import Flask, render_template
from sqlalchemy import select
from werkzeug.routing import Rule

from marketplace import config, create_app
from marketplace.accounts import services as accounts
from marketplace.accounts.models import Approval, Organisation, Person
from marketplace.accounts.queries import alliance
from marketplace.accounts.states import Role
from marketplace.alliance import services as alliance_settings
from marketplace.alliance.states import DayKind
from marketplace.buyers import services as buyers
from marketplace.buyers.wants import of_kinds
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.cooperatives import services as cooperatives
from marketplace.cooperatives.models import Certificate
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import driving
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery, DeliveryOption, PickupPoint, PointShare, Round
from marketplace.deliveries.regular import regular_ways
from marketplace.documents import queries as documents
from marketplace.dossiers import services as dossiers
from marketplace.foundation import clock
from marketplace.foundation.calendar import week_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.mail import keys
from marketplace.foundation.money import Money
from marketplace.foundation.papers import want
from marketplace.foundation.sheets import read_table, write_xlsx
from marketplace.inbox.letters import LETTERS
from marketplace.inbox.queries import newest_about
from marketplace.inbox.states import Side
from marketplace.orders import services as orders
from marketplace.orders.models import Cart, PurchaseRequest
from marketplace.orders.states import ExceptionKind, Fault
from marketplace.payments import parties
from marketplace.payments import services as payments
from marketplace.payments.models import BankLine, Charge, Statement
from marketplace.payments.services import bank_statements
from marketplace.prices import services as prices
from marketplace.prices.models import Observation
from marketplace.prices.states import Level, Source, Turn
from marketplace.privacy import services as privacy
from marketplace.privacy.states import Came, Right
from marketplace.reputation import services as reputation
from marketplace.supply import services as supply
from marketplace.supply.queries import live_shortfall
from marketplace.supply.states import ClaimKind, ForecastSource
from tests import services
from tests.accounts.pages import exported
from tests.bridges.dealt import deals
from tests.bridges.let_read import let_read
from tests.buyers.company import HUY, Company
from tests.fairs.grounds import grounds
from tests.fulfilment.argued import PAGES as OF_DISPUTES
from tests.fulfilment.argued import argued
from tests.fulfilment.kept import arrivals
from tests.fulfilment.sheets import sheets
from tests.growing.traced import traced
from tests.helping.helped import helped, listed
from tests.insights.aimed import aimed
from tests.insights.reports_shown import reports_shown
from tests.journeys.conftest import Shop, opened_shop
from tests.journeys.test_first_order import sign_in
from tests.letters import letters_to, link_in
from tests.linkage.agreed import contracted
from tests.linkage.pool_pages import PARTS, pool_pages
from tests.linkage.quote_pages import quote_pages
from tests.linkage.shown import requests
from tests.moderation.pages import moderated_shown
from tests.news.shown import news_shown
from tests.orders.agreed import wish
from tests.orders.buying import checkout_of, order_for
from tests.orders.scale import thirty, weigh
from tests.programmes.advised import advised
from tests.programmes.courses_shown import courses_shown
from tests.programmes.lent import loans_shown
from tests.registry.lives_shown import lives_shown
from tests.registry.shown import years_shown
from tests.support.promised import supported
from tests.worklist.waiting_shown import waiting_shown
from tests.world import World

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
LANGUAGES = ("", "/en")
# Half of axe's time is contrast, which knows no language; what a language changes is seen at any width.
READ_AT = {"": (360,), "/en": (1280,)}
PEOPLE = {
    "company": HUY, "desk": "donglac@demo.vn", "office": "officer@demo.vn", "buyer": "household@demo.vn", "visitor": "",
}  # fmt: skip
BUYERS_AREAS = {
    "account", "buyer_cancellation", "buyer_changes", "buyer_complaints", "buyer_disputes", "buyer_method",
    "buyer_weighings", "complaints",
    "buyer_words", "choices", "documents", "followed_prices", "inbox", "need_watches", "orders", "owing",
    "papers", "price_doubts", "privacy", "sheet", "standing", "thread", "recall_answers", "two_step",
}  # fmt: skip
BUYERS_PAGES = {"accounts.sign_out", "deliveries.receive"}
KEYS = {"links.link", "choices.stop", "driver.show"}

# Addresses that answer with something other than a page.
FILES = {
    "accounts.me", "accounts.start", "bulk_products.export", "cart.add",
    "desk_invoices.data", "desk_profile.certificate_paper", "desk_profile.paper", "machines.alive", "machines.metrics",
    "machines.ready", "machines.robots", "machines.sitemap", "office_members.certificate_paper",
    "office_lots.export", "office_members.export", "office_members.paper", "office_support.export", "own_lots.sheet",
    "support.paper", "bank_statements.report", "owing.sellers_sheet", "papers.file",
    "payments.code", "payments.proof", "places.search", "privacy.file", "statements.buyer_sheet",
    "office_supply.export", "office_supply.photo", "supply_weeks.photo", "weeks_ahead.first", "weeks_ahead.manifest",
    "weeks_ahead.worker",
    "catalogue.your_price", "desk_delegations.paper", "office_delegations.paper",
    "price_lists.export", "registry_imports.report", "site.page_card", "site.product_card", "site.icon", "site.favicon",
    "static", "thread.alliance_file", "thread.buyer_file", "thread.seller_file",
    "buyer_meetings.calendar", "day_sheet.card", "day_sheet.file", "day_sheet.manifest", "day_sheet.today",
    "day_sheet.worker", "desk_meetings.calendar",
    "fair_report.as_docx", "fair_report.as_xlsx", "fair_result.own_evidence", "fairs.feed",
    "contract_signing.scan", "diary.manifest", "diary.worker",
    "fairs.one_for_calendar", "gate.manifest", "gate.passes", "gate.worker", "office_fair_applications.list",
    "office_meetings.sheet", "office_plan.sample", "office_prices.sample", "office_life_sheet.sample",
    "prices.export",
    "prices.export_board", "office_results.deal_file", "office_results.evidence", "selection_queue.export",
    "news.feed", "site.article_card", "site.season_card",
    "site.fair_card", "buyer_quotes.sheet", "office_quotes.sheet", "buyer_dossiers.export",
    "office_dossiers.export", "dossier_links.paper", "settlements.sheet",
    "desk_reports.sample", "office_classification.export", "office_grading.file", "office_grading.sizes_file",
    "office_loans.export", "office_reports.export", "office_reports.sample",
    "office_advice.export",
    "office_dues.export", "office_registry.export", "office_lives.paper", "office_courses.export",
    "office_period_reports.annexes", "desk_takedowns.photo", "office_moderation.photo",
    "office_targets.export", "office_figures.export", "buyer_arrivals.manifest", "buyer_arrivals.worker",
}  # fmt: skip
# Pages of something that the small world does not hold; the tests of their areas read them.
WITHOUT_SUBJECT = {
    "standing.start",  # read below, from an order
    "accounts.reset",
    "second_step.show",
    "office_products.decline_change",
    "bank_statements.columns",
    "registry_imports.columns",
    "registry_imports.show",
    "office_figures.sales",  # nothing was added up yet
    "office_figures.whole",  # its three lists: tests/insights/test_trade_pages.py
    "office_period_reports.figure",  # asked with a period: tests/insights/test_report_pages.py
    "office_period_reports.replace",  # of one that was issued: the same file
}
# Pages whose addresses do not name a fair, and yet are of one.
OF_FAIRS = {
    "day_sheet", "fair_result", "fair_visits", "gate", "selection_application", "selection_queue",
    "selection_reviews",
}  # fmt: skip
OF_HELPING = {
    "complaints", "desk_delegations", "office_complaints", "office_delegations", "office_phone",
}  # fmt: skip
OF_LOANS = {"desk_evidence", "desk_loans", "office_evidence", "office_funds", "office_loans"}
OWN_SUBJECTS = {
    "settled": {"office_settings"},
    "exported": {"office_trail"},
    "worded": {"office_wordings"},
    "closed": {"office_closed_days"},
    "advised": {"office_advice"},
    "helped": OF_HELPING,
    "listed": {"office_listings"},
    "waiting": {"worklist"},
    "reported_periods": {"office_period_reports"},
    "lent": OF_LOANS,
    "aimed": {"office_targets"},
}
BY_CARD = {"cards.pay", "desk_cards.back"}
ASKED_STILL = {"desk_orders.counter", "desk_orders.refuse", "orders.withdraw"}

WIDE = "() => document.documentElement.scrollWidth"
READ = """() => axe.run({
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(found => found.violations.map(
    v => v.id + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ")
))"""


@pytest.fixture(scope="module")
def shop(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Shop]:
    """A shop of its own: what is filled in here would stand in the way of the other journeys."""
    yield from opened_shop(tmp_path_factory.mktemp("pages"), services.free_port(), {})


@pytest.fixture(scope="module")
def pages(shop: Shop) -> list[tuple[str, str]]:
    """(who opens it, path) of every page, with an order just sent and one on its way in the shop."""
    return addressed(create_app(config.load(shop.environ)))


def addressed(app: Flask) -> list[tuple[str, str]]:
    """Each page of the app's map, with what it is of: that is made in the small world first."""
    with app.app_context():
        subjects = _subjects()
        addresses = app.url_map.bind("shop")
        found = []
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in FILES | WITHOUT_SUBJECT:
                continue
            known = {**subjects, **({"order": subjects["asked"]} if rule.endpoint in ASKED_STILL else {})}
            if rule.endpoint in KEYS:
                known["key"] = known["keys"][rule.endpoint]
            known = known | _seated(rule.endpoint, subjects) | _carried(rule.endpoint, subjects)
            known = known | ({"charge": subjects["card"]} if rule.endpoint in BY_CARD else {})
            known = known | (
                {"delivery": subjects["on_scale"]} if rule.endpoint == "deliveries.weigh" else {}
            )
            known = known | ({"asked": subjects["purchase"]} if rule.endpoint == "purchases.show" else {})
            known = known | _of_weeks(rule.endpoint, subjects)
            known = known | _about_words(rule.endpoint, subjects) | _at_fairs(rule, subjects)
            known = known | subjects["requests"].values(rule.endpoint)
            known = known | subjects["quotes"].values(rule.endpoint)
            known = known | subjects["sheets"].values(rule.endpoint)
            known = known | subjects["deals"].values(rule.endpoint)
            for each in ("years", "lives", "courses", "moderated", "news"):
                known = known | subjects[each].values(rule.endpoint)
            if rule.endpoint.split(".")[0] in PARTS:
                known = known | subjects["pools"].values()
            if rule.endpoint.split(".")[0] in OF_DISPUTES:
                known = known | subjects["argued"]
            known = known | _grown(rule.endpoint, subjects) | _on_its_way(rule.endpoint, subjects)
            for name, areas in OWN_SUBJECTS.items():
                known = known | (subjects[name] if rule.endpoint.split(".")[0] in areas else {})
            values = {name: known[name] for name in rule.arguments}
            path = addresses.build(rule.endpoint, values)
            found.append((_who(rule.endpoint, path), path))
        again = [subjects[name].again() for name in ("grounds", "requests", "quotes", "pools", "deals")]
        for endpoint, values in chain.from_iterable(again):
            path = addresses.build(endpoint, values)
            found.append((_who(endpoint, path), path))
        db.session.remove()
        db.engine.dispose()
    return sorted(set(found))


def _who(endpoint: str, path: str) -> str:
    first = path.split("/")[1]
    if first in {"desk", "office"}:
        return first
    if first == "gate":
        return "office"
    if first == "buyer" or path.startswith("/account/company"):
        return "company"
    if endpoint == "account.people" or first in {"contracts", "disputes", "entries"}:  # of an organisation
        return "desk"
    theirs = endpoint.split(".")[0] in BUYERS_AREAS or endpoint in BUYERS_PAGES
    return "buyer" if theirs else "visitor"


def _of_weeks(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """Weeks ahead have a stock of their own: the other pages of stock are of what is on hand."""
    blueprint = endpoint.split(".", maxsplit=1)[0]
    if blueprint in {"supply_weeks", "weeks_ahead", "office_supply"}:
        return {"stock": subjects["week"], "goods": subjects["goods"], "grade": "A"}
    return {}


def _at_fairs(rule: Rule, subjects: dict[str, Any]) -> dict[str, Any]:
    """Each page of a fair that stands as the page needs it."""
    page = rule.endpoint.split(".", maxsplit=1)[0]
    of_fair = "fair" in rule.arguments or page in OF_FAIRS
    return subjects["grounds"].values(rule.endpoint) if of_fair else {}


def _grown(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """A lot that went somewhere; one that may still be called back."""
    area = endpoint.split(".")[0]
    if area not in {"own_lots", "traces", "office_lots"}:
        return {}
    still = endpoint in {"traces.recall", "office_lots.open"}
    return {"lot": subjects["untouched" if still else "traced"]}


def _on_its_way(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """Goods of a contract: a load at the depot, a slip that waits, a contract with both."""
    area = endpoint.split(".")[0]
    kept = {
        "desk_loads",
        "buyer_arrivals",
        "desk_acceptances",
        "office_acceptances",
        "contract_slips",
        "office_loads",
    }
    return subjects["arrivals"] if area in kept else {}


def _about_words(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """Words and requests are of orders of their own."""
    order = subjects["words_of"]
    return {
        "buyer_words.write": {"seat": order.ref},
        "desk_reputation.words": {"seat": order.number},
        "desk_reputation.behind": {"key": "answered"},
        "guest_privacy.ask": {"order": subjects["guest"]},
        "office_words.show": {"words": subjects["buyers_words"]},
    }.get(endpoint, {})


def _seated(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """Pages of either side of an order: each of an order that stands as the page needs it."""
    side, _, page = endpoint.partition("_")
    if side not in {"buyer", "seller"} or page not in subjects["after"]:
        return {}
    order, ref = subjects["after"][page]
    return {"seat": order.ref if side == "buyer" else order.number, "ref": ref}


def _carried(endpoint: str, subjects: dict[str, Any]) -> dict[str, Any]:
    """The desk's own round, or the alliance's, which is open to others too."""
    theirs = endpoint.startswith("office_rounds.") or endpoint == "rounds.other"
    return {"round": subjects["rounds"]["alliance" if theirs else "desk"]}


def _rounds(carrots: Product, director: Person, officer: Person) -> dict[str, Round]:
    """Two trucks with goods, of the cooperative and of the alliance."""
    runners = {"desk": (carrots.cooperative.organisation, director), "alliance": (alliance(), officer)}
    made = {}
    for name, (runner, by) in runners.items():
        order = order_for((carrots, 5)).orders[0]
        with transaction():
            orders.accept(order=order, by=director)
            delivery = db.session.scalars(select(Delivery).where(Delivery.source_id == order.id)).one()
            made[name] = deliveries.plan_round(
                runner=runner,
                day=delivery.due_on,
                leaves_at=dt.time(6),
                vehicle="34C-123.45",
                driver_name="Phạm Văn Tài",
                driver_phone="+84912000077",
                open_to_others=True,
                by=by,
            )
            deliveries.put_on(round=made[name], delivery=delivery, by=by)
    return made


def _share(carrots: Product, director: Person) -> PointShare:
    """The cooperative hands over at a point of another."""
    point = db.session.scalars(
        select(PickupPoint).where(PickupPoint.cooperative_id != carrots.cooperative_id)
    ).first()
    assert point is not None
    with transaction():
        share = deliveries.ask_to_share(point=point, cooperative=carrots.cooperative, by=director)
        deliveries.agree_to_share(share=share, by=director)
    return share


def _after(carrots: Product, director: Person, household: Person) -> dict[str, tuple[Any, str]]:
    """Page of a side -> the order it is about, and the change, complaint or dispute it shows."""
    ready, changing, came, bad, argued = (
        order_for((carrots, 5), person_id=household.id).orders[0] for _ in range(5)
    )
    for order in (ready, changing, came, bad, argued):
        with transaction():
            orders.accept(order=order, by=director)
    with transaction():
        change = orders.propose(order=changing, side=Side.SELLER, proposal=wish(changing, 4), by=director)
    for order in (came, bad, argued):
        with transaction():
            delivery = db.session.scalars(select(Delivery).where(Delivery.source_id == order.id)).one()
            deliveries.dispatch(delivery=delivery, by=director)
            deliveries.receive(delivery=delivery)
    with transaction():
        trouble = orders.Trouble(line=bad.lines[0], fault=Fault.DAMAGED, quantity=Decimal(1))
        complaint = orders.complain(order=bad, troubles=[trouble], words="Dập")
    with transaction():
        dispute = orders.raise_dispute(order=argued, side=Side.BUYER, words="Hàng không như ảnh")
    return {
        "cancellation.cancel": (ready, ""),
        "changes.propose": (ready, ""),
        "changes.show": (changing, change.ref),
        "complaints.complain": (came, ""),
        "complaints.show": (bad, complaint.ref),
        "disputes.ask": (came, ""),
        "method.choose": (ready, ""),
        "disputes.show": (argued, dispute.ref),
    }


def _sides(carrots: Product, people: dict[str, Person]) -> Any:
    """As much of the small world as builders of other tests ask for."""
    return SimpleNamespace(
        dong_lac=carrots.cooperative, director=people[PEOPLE["desk"]], officer=people[PEOPLE["office"]]
    )


def _weighed(carrots: Product, people: dict[str, Person]) -> tuple[Any, str]:
    """Pumpkins that are heavier than was agreed: their order, and the question to its buyer."""
    world = _sides(carrots, people)
    order = thirty(world, person_id=people[PEOPLE["buyer"]].id)
    weigh(order, world, "84")
    assert order.open_weighing is not None
    return order, order.open_weighing.ref


def _subjects() -> dict[str, Any]:
    """What the addresses name."""
    carrots = db.session.scalars(select(Product).where(Product.slug == "ca-rot-dong-lac")).one()
    people = {p.email: p for p in db.session.scalars(select(Person))}
    director, household = people["donglac@demo.vn"], people["household@demo.vn"]
    asked = order_for((carrots, 5), person_id=household.id).orders[0]
    agreed = order_for((carrots, 5), person_id=household.id).orders[0]
    with transaction():
        orders.accept(order=agreed, by=director)
    delivery = db.session.scalars(select(Delivery).order_by(Delivery.id.desc())).first()
    assert delivery is not None
    with transaction():
        deliveries.pack(delivery=delivery, by=director)
    with transaction():
        deliveries.dispatch(delivery=delivery, by=director)
    account = parties.sellers_account(carrots.cooperative.organisation, household.ref)
    assert account is not None
    with transaction():
        paper = want(kind="deliveries.slip", values={}, title="PG-2026-000001", back="/account", by=household)
    with transaction():
        payments.grant_credit(account=account, most=Money(5_000_000), days=15, reason="quen", by=director)
    _talk(agreed, household, director)
    letter = letters_to("donglac@demo.vn", asked.number)[-1]
    after = _after(carrots, director, household)
    after["weighings.show"] = _weighed(carrots, people)
    with transaction():
        card = payments.open_charge(
            purpose="booth",
            subject_id=1,
            amount=Money(900_000),
            payee_organisation_id=carrots.cooperative.organisation_id,
            method="card",
            payer_name="Nguyễn Thị Lan",
        )
    run, line = _statement(director)
    company = Company.built()
    rounds = _rounds(carrots, director, people["officer@demo.vn"])
    guest, words, asked_for = _private(carrots, director, household, after)
    return {
        "document": documents.current("orders.confirmation", f"order:{agreed.id}"),
        "rounds": rounds,
        "share": _share(carrots, director),
        "account": account,
        "approval": _proposed(household, people["officer@demo.vn"]),
        "after": after,
        "depot": company.store,
        **_papers_shown(company, carrots, director),
        "dispute": after["disputes.show"][1],
        "buyers_words": words,
        "data_request": asked_for,
        "guest": guest,
        "words_of": words.order,
        "asked": asked,
        "keys": {
            "links.link": link_in(letter, "Chỉ có ít hơn").rsplit("/", 1)[1],
            "choices.stop": letter.stop_url.rsplit("/", 1)[1],
            "driver.show": driving.path_for(rounds["desk"]).rsplit("/", 1)[1],
        },
        "card": card,
        "line": line,
        "certificate": db.session.scalars(select(Certificate)).first(),
        "charge": db.session.scalars(
            select(Charge).where(Charge.method != "card").order_by(Charge.id.desc())
        ).first(),
        "commodity": carrots.commodity.slug,
        "cooperative": carrots.cooperative,
        "delivery": delivery,
        "on_scale": db.session.scalars(select(Delivery).where(Delivery.lines.any(weighed=True))).first(),
        "goods": carrots.commodity.goods,
        "group": agreed.group,
        **_weeks(carrots, director, people["officer@demo.vn"]),
        "key": "what-the-letter-said",
        "kind": min(LETTERS),
        "observation": _prices(carrots, director, people["officer@demo.vn"]),
        "language": "vi",
        "lot": delivery.lines[0].lot,
        "member": carrots.cooperative,
        "order": agreed,
        "paper": paper,
        "organisation": carrots.cooperative.organisation,
        "option": db.session.scalars(select(DeliveryOption)).first(),
        "point": db.session.scalars(select(PickupPoint)).first(),
        "product": carrots,
        "purchase": _wants_to_buy(company, carrots),
        **_standing(carrots, director, household),
        "run": run,
        **supported(_sides(carrots, people)),
        "requests": requests(World.found(), company),
        **traced(World.found(), person_id=household.id),
        "grounds": grounds(World.found(), company.bigmart, company.huy),
        **contracted(World.found(), company),
        "arrivals": arrivals(World.found(), company),
        "argued": argued(World.found(), company),
        "pools": pool_pages(World.found(), company),
        "sheets": sheets(World.found(), company),
        "quotes": quote_pages(World.found(), company),
        "deals": deals(World.found(), company),
        "stock": carrots.ref,
        "token": _invited(director, carrots.cooperative.organisation),
        "who": household,
        "years": years_shown(World.found()),
        "lives": lives_shown(World.found()),
        "courses": courses_shown(World.found()),
        "aimed": aimed(),
        "lent": let_read(World.found(), loans_shown(World.found())),
        "advised": {"advice": advised(World.found())},
        "helped": helped(World.found()),
        "listed": listed(World.found()),
        "moderated": moderated_shown(World.found()),
        "news": news_shown(World.found()),
        "waiting": waiting_shown(World.found()),
        "reported_periods": reports_shown(World.found()),
        "settled": _settled(World.found().officer),
        "exported": exported(World.found()),
        "worded": {"name": "letters"},
        "closed": _closed(World.found().officer),
    }


def _proposed(household: Person, officer: Person) -> Approval:
    """That an account is closed, which waits for a second officer."""
    now = clock.now()
    with transaction():
        approval = Approval(
            ref="de-nghi-dong",
            kind="closing",
            subject_id=household.id,
            data={"person": household.id},
            told=household.name,
            reason="Tài khoản trùng",
            proposed_by_id=officer.id,
            proposed_at=now,
            lapses_at=now + dt.timedelta(days=7),
        )
        db.session.add(approval)
    return approval


def _weeks(carrots: Product, director: Person, officer: Person) -> dict[str, Any]:
    """Weeks of carrots, one of them promised and short."""
    week = str(week_of(clock.today()) + 1)
    with transaction():
        for likely in (9_000, 7_000):
            said = supply.forecast(product=carrots, week=week, likely=Decimal(likely), by=director)
            if likely == 9_000:
                for holder, kind in (("contract:1", ClaimKind.CONTRACT), ("quote:2", ClaimKind.QUOTE)):
                    supply.promise(
                        product_id=carrots.id, week=week, quantity=Decimal(4_000), holder=holder, kind=kind
                    )
    short = live_shortfall(said.stock_id)
    with transaction():
        written = supply.forecast(
            product=carrots,
            week=str(week_of(clock.today()) + 6),
            likely=Decimal(5_000),
            source=ForecastSource.OFFICER,
            told_by="Chị Hà",
            by=officer,
        )
    told = newest_about("forecast", carrots.id)
    assert written.told_by and told is not None
    return {"week": said.stock, "goods": carrots.commodity.goods, "shortfall": short, "told": told}


def _prices(carrots: Product, director: Person, officer: Person) -> Observation:
    """Two places and steps on the board, and what the cooperative says it sells for, corrected once."""
    goods = carrots.commodity.goods
    assert goods is not None
    with transaction():
        market = prices.add_market(name_vi="Chợ Phú Yên", name_en="Phú Yên market", by=officer)
        for back in range(0, 70, 7):
            for level in Level:
                day = clock.today() - dt.timedelta(days=back)
                seen = prices.Seen(goods=goods, place=market, day=day, level=level, price=Money(7000 + back))
                prices.note_price(seen=seen, source=Source.OFFICER, by=officer)
        own = prices.note_price(
            seen=replace(seen, price=Money(7300)),
            source=Source.COOPERATIVE,
            cooperative=carrots.cooperative,
            by=director,
        )
        prices.follow(
            person=officer, goods=goods, level=Level.FIELD, turn=Turn.ABOVE, threshold=Money(9000), by=officer
        )
        return prices.correct_price(
            observation=own, seen=replace(seen, price=Money(7200)), reason="Gõ nhầm", by=director
        )


def _papers_shown(company: Company, carrots: Product, director: Person) -> dict[str, Any]:
    """A link to the papers of a product, one of which waits for the alliance."""
    with transaction():
        cooperatives.add_certificate(
            cooperative=carrots.cooperative,
            kind=PaperKind.FOOD_SAFETY,
            number="ATTP-1",
            issued_by="Cơ quan cấp giấy",
            issued_on=clock.today() - dt.timedelta(days=9),
            by=director,
        )
        link = dossiers.share(
            product=carrots, organisation=company.bigmart, meant_for="BigMart", days=30, by=director
        )
    return {"link": link}


def _closed(officer: Person) -> dict[str, Any]:
    """Days off that the alliance wrote down and may take back."""
    day = clock.today() + dt.timedelta(days=200)
    with transaction():
        days = alliance_settings.write_days(
            kind=DayKind.CLOSED, first_day=day, last_day=day, name="Đại hội", reason="Kế hoạch 31", by=officer
        )
    return {"days_id": days.id}


def _settled(officer: Person) -> dict[str, Any]:
    """A setting that the alliance changed and may change back."""
    with transaction():
        change = alliance_settings.change(
            name="match_told", value=11, from_day=clock.today(), reason="Nhiều bên đủ hàng", by=officer
        )
    return {"name": change.name, "change_id": change.id}


def _wants_to_buy(company: Company, carrots: Product) -> PurchaseRequest:
    """A member asks to buy above the limit; the director has something in the cart, with a paper missing."""
    company.limit(100_000)
    with transaction():
        buyers.require_papers(organisation=company.bigmart, wants=of_kinds([PaperKind.OCOP]), by=company.huy)
        cart = Cart(person_id=company.huy.id, touched_at=clock.now())
        db.session.add(cart)
        db.session.flush()
        orders.put(cart=cart, product=carrots, quantity=Decimal(5), by=company.huy)
    with transaction():
        return orders.ask_approval(**checkout_of(company, carrots, company.hanh))


def _private(carrots: Product, director: Person, household: Person, after: Any) -> tuple[Any, Any, Any]:
    """A guest's order, words that were reported, and a request about personal data."""
    guest = order_for((carrots, 5)).orders[0]
    came = after["complaints.show"][0]
    with transaction():
        words = reputation.say(order=came, words="Tươi ngon", public=True, by=household)
        reputation.report(words=words, side=Side.SELLER, why="Không đúng", by=director)
        asked_for = privacy.ask(kind=Right.SEE, came=Came.ACCOUNT, person=household, by=household)
    return guest, words, asked_for


def _talk(order: Any, buyer: Any, seller: Any) -> None:
    """The two write to each other, one message is reported, and the alliance is asked in."""
    with transaction():
        orders.say(order=order, side=Side.BUYER, words="Xin giao trước 8 giờ", once="1", by=buyer)
        said = orders.say(order=order, side=Side.SELLER, words="Dạ được", once="2", by=seller)
        orders.report(order=order, message=said, side=Side.BUYER, words="Trả lời cộc lốc", by=buyer)
        orders.ask_alliance(order=order, by=buyer)


def _standing(carrots: Product, director: Person, household: Person) -> dict[str, Any]:
    """A price list that holds for the household, and its standing order with one date changed."""
    seller = carrots.cooperative
    first = clock.today() + dt.timedelta(days=8)
    terms = orders.Terms(
        quantities={carrots: Decimal(20)}, from_day=first, weekdays=range(7), way=min(regular_ways(seller.id))
    )
    buyer = orders.Buyer(name=household.name, phone=household.phone or "", person_id=household.id)
    with transaction():
        price_list = products.begin_price_list(
            cooperative=seller, name="Siêu thị", valid_from=clock.today(), valid_to=first, by=director
        )
        tiers = [(Decimal(0), Money(15_000)), (Decimal(50), Money(11_000))]
        products.set_list_prices(price_list=price_list, prices={carrots: tiers}, by=director)
        products.add_list_buyer(price_list=price_list, buyer=household, by=director)
    with transaction():
        standing = orders.start_standing(
            cooperative=seller, buyer=buyer, terms=terms, terms_version="1", by=household
        )
        orders.change_date(standing=standing, day=first, kind=ExceptionKind.SKIP, by=household)
    return {"price_list": price_list, "standing": standing, "day": (first + dt.timedelta(days=1)).isoformat()}


def _statement(director: Person) -> tuple[Statement, BankLine]:
    """A bank statement of the cooperative that was read, and a payment in it that needs a person."""
    payee = director.memberships[0].organisation_id
    rows = [["24/11/2026", "FT1", "60.000", "tien ca rot"], ["24/11/2026", "FT2", "x", ""]]
    table = read_table(write_xlsx(["Ngày", "Số tham chiếu", "Ghi có", "Nội dung"], rows), "sao-ke.xlsx")
    with transaction():
        book = payments.book_of(organisation_id=payee, bin="970405", number="2300205123453")
        run = bank_statements.receive(table=table, filename="sao-ke.xlsx", book=book, by=director)
        bank_statements.start(run=run)
        while bank_statements.do_chunk(statement_id=run.id):
            pass
    return run, db.session.scalars(select(BankLine)).one()


def _invited(director: Person, organisation: Organisation) -> str:
    with transaction():
        _invitation, mark = accounts.invite(
            organisation=organisation,
            name="Vũ Thị Sen",
            identifier="sen@demo.vn",
            role=Role.MEMBER,
            by=director,
        )
    return keys.cut(mark)


@pytest.fixture(scope="module")
def readers(browser: Any, shop: Shop, pages: list[tuple[str, str]]) -> Iterator[dict[str, Any]]:
    """One browser page for each kind of person; the visitor has something in the cart."""
    contexts = {
        who: browser.new_context(base_url=shop.address, locale="vi-VN", reduced_motion="reduce")
        for who in PEOPLE
    }
    opened = {who: context.new_page() for who, context in contexts.items()}
    for who, page in opened.items():
        page.set_default_timeout(30_000)  # a busy machine is slow, not wrong
        if PEOPLE[who]:
            sign_in(page, PEOPLE[who])
    opened["visitor"].goto("/products/ca-rot-dong-lac")
    opened["visitor"].click("form[action$='/cart/items'] button.btn-primary")
    opened["visitor"].wait_for_url("**/cart")
    yield opened
    for context in contexts.values():
        context.close()


@dataclass
class Report:
    """Reads pages as axe and the HTML checker do, and tells all that is wrong at once."""

    folder: Path
    axe: str = field(default_factory=lambda: Axe().axe_script)
    wrong: list[str] = field(default_factory=list)
    sent: dict[str, str] = field(default_factory=dict)

    def read(self, page: Any, html: str, address: str, widths: tuple[int, ...] = WIDTHS) -> None:
        """`html` is what the server sent; the page shows it. axe reads it at these widths."""
        file = self.folder / f"{len(self.sent)}.html"
        file.write_text(html, encoding="utf-8")
        self.sent[file.name] = address
        page.evaluate(self.axe)
        for width in WIDTHS:
            page.set_viewport_size({"width": width, "height": 800})
            wide = page.evaluate(WIDE)
            told = [f"{wide} px wide"] if wide > width else []
            told += page.evaluate(READ) if width in widths else []
            self.wrong += [f"{address} at {width}: {found}" for found in told]

    def close(self) -> None:
        checker = services.need(services.vnu)
        for problem in checker.problems([self.folder / name for name in self.sent]):
            if problem["type"] == "error":
                address = self.sent[problem["url"].rsplit("/", 1)[1]]
                told = f"{problem['message']} in {problem.get('extract', '')!r}"
                self.wrong.append(f"{address} HTML: {told}")
        assert not self.wrong, f"{len(self.wrong)} on {len(self.sent)} pages:\n" + "\n".join(self.wrong)


def test_every_page_can_be_read_by_everybody(
    pages: list[tuple[str, str]], readers: dict[str, Any], shop: Shop, tmp_path: Path
) -> None:
    report = Report(tmp_path)
    # What the worker is asked for comes last: it has been made by then.
    for who, path in sorted(pages, key=lambda page: page[1].startswith("/papers/")):
        for language in LANGUAGES:
            address = f"{language}{path}".rstrip("/") or "/"
            page = readers[who]
            page.set_viewport_size({"width": WIDTHS[0], "height": 800})
            answer = _at_rest(page, address)
            if answer.status != 200 or page.url != f"{shop.address}{address}":
                report.wrong.append(f"{who} {address}: {answer.status}, led to {page.url}")
                continue
            report.read(page, answer.text(), address, READ_AT[language])
    report.close()


def _at_rest(page: Any, address: str) -> Any:
    """A page that looks again by itself while the worker is busy would leave in the middle of being read."""
    for _again in range(120):
        answer = page.goto(address)
        if "refresh" not in answer.headers:
            break
        page.goto("about:blank")
        page.wait_for_timeout(500)
    return answer


# What a page shows when it was asked for something special: (who, path, status).
ASKED = (
    (
        "visitor",
        "/products?category=cu-qua&month=3&certificate=vietgap&stock=1&price_min=1000&sort=price_up",
        200,
    ),
    ("visitor", "/products?q=zzzz&place=zzzz", 200),
    ("visitor", "/cooperatives?q=dong+lac&place=chi+linh&kind=cooperative&certificate=vietgap", 200),
    ("visitor", "/cooperatives?place=zzzz", 200),
    ("visitor", "/search?q=ca+rot", 200),
    ("visitor", "/search?q=zzzz", 200),
    ("office", "/office/members?state=admitted&q=dong+lac", 200),
    ("office", "/office/members?q=zzzz", 200),
    ("visitor", "/nothing/is/here", 404),
    ("buyer", "/office/members", 403),
    ("company", "/checkout", 200),
    ("visitor", "/join/a-link-that-nobody-made", 410),
    ("buyer", "/standing-orders/new?line=ca-rot-dong-lac:50", 200),
)
# Forms sent without anything in them: (who, path).
EMPTY = (
    ("visitor", "/sign-in"),
    ("visitor", "/register"),
    ("visitor", "/register/cooperative"),
    ("visitor", "/checkout"),
    ("visitor", "/newsletter"),
    ("office", "/office/news/new"),
    ("company", "/account/company/depots/new"),
    ("desk", "/desk/price-lists/new"),
    ("buyer", "/standing-orders/new?line=ca-rot-dong-lac:50"),
    ("desk", "/desk/products/new/ca-rot-dong-lac"),
    ("office", "/office/members/new"),
)


def test_pages_that_were_narrowed_or_say_no_can_be_read_by_everybody(
    readers: dict[str, Any], shop: Shop, tmp_path: Path
) -> None:
    """Each once, the languages taking turns: it is the state that is new here, not the words."""
    report, turns = Report(tmp_path), cycle(LANGUAGES)
    for (who, path, status), language in zip(ASKED, turns, strict=False):
        page, address = readers[who], f"{language}{path}"
        answer = page.goto(address)
        assert answer.status == status, f"{address}: {answer.status}"
        report.read(page, answer.text(), address)
    for (who, path), language in zip(EMPTY, turns, strict=False):
        page, address = readers[who], f"{language}{path}"
        page.goto(address)
        answer = _send_empty(page)
        assert answer.status == 422, f"{address}: {answer.status}"
        report.read(page, answer.text(), f"{address} (refused)")
    broken = _broken(shop, "")
    readers["visitor"].goto("/healthz")
    readers["visitor"].set_content(broken)
    report.read(readers["visitor"], broken, "something broke")
    report.close()


def _send_empty(page: Any) -> Any:
    """Send the page's main form with nothing written in it, as a browser without the checks of its own does."""
    with page.expect_navigation() as sent:
        page.evaluate("""() => {
            const form = document.querySelector("main form[method=post]");
            for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
                if (field.type === "radio" || field.type === "checkbox") field.checked = false;
                else field.value = "";
            }
            form.submit();
        }""")
    return sent.value


def _broken(shop: Shop, language: str) -> str:
    """The page that a fault of ours shows."""
    app = create_app(config.load(shop.environ))
    with app.test_request_context("/", environ_overrides={"SCRIPT_NAME": language}):
        html = render_template("errors/error.html", code=500, sentence="")
    with app.app_context():
        db.engine.dispose()
    return html
