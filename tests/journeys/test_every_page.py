"""Every page, in both languages, on a phone and on a desk: open to everybody, as wide as its screen, sound HTML.

The pages come from the app's own map of addresses, so a new one is read here from its first day. Each is fetched
once in each language and read by axe at both widths; what the server sent goes to the HTML checker.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import select

from marketplace import config, create_app
from marketplace.accounts.models import Person
from marketplace.catalogue.models import Product
from marketplace.cooperatives.models import Certificate
from marketplace.deliveries import services as deliveries
from marketplace.deliveries.models import Delivery, DeliveryOption, PickupPoint
from marketplace.foundation.db import db, transaction
from marketplace.inbox.letters import LETTERS
from marketplace.orders import services as orders
from marketplace.payments.models import Charge
from tests import services
from tests.journeys.conftest import Shop
from tests.journeys.test_first_order import sign_in
from tests.orders.buying import order_for

pytestmark = pytest.mark.browser

WIDTHS = (360, 1280)
LANGUAGES = ("", "/en")
PEOPLE = {"desk": "donglac@demo.vn", "office": "officer@demo.vn", "buyer": "household@demo.vn", "visitor": ""}
BUYERS_AREAS = {"account", "inbox", "orders"}
BUYERS_PAGES = {"accounts.sign_out", "deliveries.receive"}

# Addresses that answer with something other than a page.
FILES = {
    "accounts.me", "accounts.start", "bulk_products.export", "cart.add", "deliveries.slip_pdf",
    "desk_profile.certificate_paper", "desk_profile.paper", "machines.alive", "machines.metrics",
    "machines.ready", "machines.robots", "machines.sitemap", "office_members.certificate_paper",
    "office_members.export", "office_members.paper", "payments.code", "payments.proof", "places.search",
    "registry_imports.report", "site.product_card", "static",
}  # fmt: skip
# Pages of something that the small world does not hold; the tests of their areas read them.
WITHOUT_SUBJECT = {
    "accounts.reset",
    "office_products.decline_change",
    "registry_imports.columns",
    "registry_imports.show",
}
ASKED_STILL = {"desk_orders.counter", "desk_orders.refuse", "orders.withdraw"}

READ = """() => axe.run({
    resultTypes: ["violations"],
    runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
}).then(found => ({
    wide: document.documentElement.scrollWidth,
    violations: found.violations.map(v => v.id + " at " + v.nodes.slice(0, 3).map(n => n.target.join(" ")).join(" | ")),
}))"""


@pytest.fixture(scope="module")
def pages(shop: Shop) -> list[tuple[str, str]]:
    """(who opens it, path) of every page, with an order just sent and one on its way in the shop."""
    app = create_app(config.load(shop.environ))
    with app.app_context():
        subjects = _subjects()
        addresses = app.url_map.bind("shop")
        found = []
        for rule in app.url_map.iter_rules():
            if "GET" not in (rule.methods or ()) or rule.endpoint in FILES | WITHOUT_SUBJECT:
                continue
            known = subjects | ({"order": subjects["asked"]} if rule.endpoint in ASKED_STILL else {})
            values = {name: known[name] for name in rule.arguments}
            path = addresses.build(rule.endpoint, values)
            found.append((_who(rule.endpoint, path), path))
        db.session.remove()
        db.engine.dispose()
    return sorted(set(found))


def _who(endpoint: str, path: str) -> str:
    first = path.split("/")[1]
    if first in {"desk", "office"}:
        return first
    if endpoint == "account.people":  # of an organisation
        return "desk"
    theirs = endpoint.split(".")[0] in BUYERS_AREAS or endpoint in BUYERS_PAGES
    return "buyer" if theirs else "visitor"


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
    return {
        "asked": asked,
        "certificate": db.session.scalars(select(Certificate)).first(),
        "charge": db.session.scalars(select(Charge).order_by(Charge.id.desc())).first(),
        "commodity": carrots.commodity.slug,
        "cooperative": carrots.cooperative,
        "delivery": delivery,
        "group": agreed.group,
        "kind": min(LETTERS),
        "language": "vi",
        "lot": delivery.lines[0].lot,
        "member": carrots.cooperative,
        "order": agreed,
        "option": db.session.scalars(select(DeliveryOption)).first(),
        "point": db.session.scalars(select(PickupPoint)).first(),
        "product": carrots,
        "stock": carrots.ref,
        "who": household,
    }


@pytest.fixture(scope="module")
def readers(browser: Any, shop: Shop) -> Iterator[dict[str, Any]]:
    """One browser page for each kind of person; the visitor has something in the cart."""
    contexts = {
        who: browser.new_context(base_url=shop.address, locale="vi-VN", reduced_motion="reduce")
        for who in PEOPLE
    }
    opened = {who: context.new_page() for who, context in contexts.items()}
    for who, page in opened.items():
        page.set_default_timeout(8000)
        if PEOPLE[who]:
            sign_in(page, PEOPLE[who])
    opened["visitor"].goto("/products/ca-rot-dong-lac")
    opened["visitor"].click("form[action$='/cart/items'] button.btn-primary")
    opened["visitor"].wait_for_url("**/cart")
    yield opened
    for context in contexts.values():
        context.close()


def test_every_page_can_be_read_by_everybody(
    pages: list[tuple[str, str]], readers: dict[str, Any], shop: Shop, tmp_path: Path
) -> None:
    axe = Axe().axe_script
    checker = services.need(services.vnu)
    wrong: list[str] = []
    sent: dict[str, str] = {}
    for who, path in pages:
        for language in LANGUAGES:
            address = f"{language}{path}".rstrip("/") or "/"
            page = readers[who]
            page.set_viewport_size({"width": WIDTHS[0], "height": 800})
            answer = page.goto(address)
            if answer.status != 200 or page.url != f"{shop.address}{address}":
                wrong.append(f"{who} {address}: {answer.status}, led to {page.url}")
                continue
            file = tmp_path / f"{len(sent)}.html"
            file.write_text(answer.text(), encoding="utf-8")
            sent[file.name] = address
            page.evaluate(axe)
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 800})
                wrong += [f"{address} at {width}: {problem}" for problem in _read(page, width)]
    for problem in checker.problems([tmp_path / name for name in sent]):
        if problem["type"] == "error":
            address = sent[problem["url"].rsplit("/", 1)[1]]
            wrong.append(f"{address} HTML: {problem['message']} in {problem.get('extract', '')!r}")
    assert not wrong, f"{len(wrong)} on {len(sent)} pages:\n" + "\n".join(wrong)


def _read(page: Any, width: int) -> list[str]:
    told = page.evaluate(READ)
    too_wide = [f"{told['wide']} px wide"] if told["wide"] > width else []
    return too_wide + list(told["violations"])
