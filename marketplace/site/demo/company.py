"""A supermarket that buys: its people, two depots, the papers it wants, a limit, and purchases above it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import Role
from marketplace.buyers import services as buyers
from marketplace.buyers.models import Depot
from marketplace.buyers.wants import Want
from marketplace.catalogue.models import Goods, Product
from marketplace.cooperatives.states import PaperKind
from marketplace.deliveries import services as deliveries
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.hours import Closing, Opening
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import quantity as exact
from marketplace.orders import purchase, queries, services
from marketplace.orders.models import Cart, Order
from marketplace.orders.services import checkout
from marketplace.orders.states import Method
from marketplace.places.models import AdminUnit
from marketplace.site.demo import people

COLLEAGUE = ("Bùi Thị Hạnh", "bigmart-kho@demo.vn")
PHONE = 260
EVERY_DAY, WORKING_DAYS = range(7), range(6)


@dataclass(frozen=True)
class Company:
    """Who directs it, who does the daily work, where it takes goods in."""

    organisation: Organisation
    director: Person
    colleague: Person
    depot: Depot

    def ask(self, product: Product, quantity: int, note: str) -> Any:
        """The colleague wants to buy above the limit."""
        cart = Cart(person_id=self.colleague.id, touched_at=clock.now())
        db.session.add(cart)
        db.session.flush()
        services.put(cart=cart, product=product, quantity=exact(quantity), by=self.colleague)
        chosen = choices(cart, self.depot, Method.TRANSFER)
        who = services.Buyer(
            name=self.organisation.name,
            phone=people.phone(PHONE),
            email=COLLEAGUE[1],
            person_id=self.colleague.id,
            organisation_id=self.organisation.id,
        )
        return services.ask_approval(
            cart=cart,
            buyer=who,
            address=self.depot.address,
            depot=self.depot,
            choices=chosen,
            note=note,
            form_token=f"demo-{secrets.token_hex(8)}",
            quote=checkout.digest(cart, chosen, queries.agreed_with(who)),
            terms_version="2026-01",
            by=self.colleague,
        )

    def approve(self, request: Any) -> list[Order]:
        quote = purchase.today(request).quote
        return services.approve(request=request, quote=quote, by=self.director).orders


def furnish(organisation: Organisation, director: Person, town: AdminUnit, village: AdminUnit) -> Company:
    """What a supermarket writes down about itself in its first week."""
    name, email = COLLEAGUE
    colleague = accounts.create_person(
        name=name, phone=people.phone(PHONE), email=email, password=people.KEY_TO_THE_DEMONSTRATION
    )
    people.quiet(colleague)
    accounts.add_member(organisation=organisation, person=colleague, role=Role.MEMBER, by=director)
    depot = buyers.add_depot(
        organisation=organisation,
        name="Kho trung tâm",
        street="Kho BigMart, đường Nguyễn Lương Bằng",
        unit_id=town.id,
        contact_name="Anh Tư, thủ kho",
        contact_phone=people.phone(PHONE + 1),
        note="Vào cổng số 2, xe dưới 5 tấn. Gọi trước 15 phút.",
        weekly=[Opening(day, dt.time(5), dt.time(11)) for day in EVERY_DAY],
        by=director,
    )
    stocktaking = clock.to_local(clock.now()).date() + dt.timedelta(days=130)
    buyers.add_depot(
        organisation=organisation,
        name="Cửa hàng Sao Đỏ",
        street="Số 88 đường Nguyễn Trãi",
        unit_id=village.id,
        contact_name="Chị Ngân, cửa hàng trưởng",
        contact_phone=people.phone(PHONE + 2),
        weekly=[Opening(day, dt.time(6), dt.time(9)) for day in WORKING_DAYS],
        closures=[Closing(stocktaking, stocktaking, "Kiểm kê")],
        by=director,
    )
    buyers.require_papers(organisation=organisation, wants=_wants(), by=director)
    buyers.set_limit(organisation=organisation, person=None, amount=Money(3_000_000), by=director)
    return Company(organisation, director, colleague, depot)


def _wants() -> list[Want]:
    """With all goods two papers; with carrots a fresh residue test too."""
    carrots = db.session.scalar(select(Goods.id).where(Goods.slug == "ca-rot"))
    note = "Có dấu của phòng thử nghiệm được công nhận"
    return [
        Want(PaperKind.VIETGAP),
        Want(PaperKind.FOOD_SAFETY, names_product=False),
        Want(PaperKind.RESIDUE_TEST, carrots, max_age_days=180, note=note),
    ]


def choices(cart: Cart, depot: Depot | None, method: Method, unit_id: int | None = None) -> dict[int, Any]:
    """The first way of each cooperative, in its first window."""
    unit = depot.address.unit_as_written_id if depot is not None else unit_id
    chosen = {}
    for cooperative, items in checkout.by_cooperative(cart):
        option = deliveries.options_for(
            cooperative_id=cooperative.id,
            unit_id=unit,
            kg=checkout.weight(items),
            amount=checkout.goods_total(items),
            depot=depot,
        ).options[0]
        window = option.windows[0] if option.windows else None
        chosen[cooperative.id] = checkout.Choice(
            option=option.snapshot(window),
            fee=option.fee,
            method=method,
            asked=checkout.asked_ahead(cooperative, items, option.fee),
        )
    return chosen
