"""BigMart buys: Huy directs it, Hạnh does the daily work, its store takes goods in from five to nine but on Sundays."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Organisation, Person
from marketplace.accounts.states import OrganisationKind, Role
from marketplace.buyers import services
from marketplace.buyers.models import Depot
from marketplace.foundation.db import transaction
from marketplace.foundation.hours import Opening
from marketplace.foundation.money import Money
from marketplace.places import queries as places
from tests.world import PASSWORD

HUY, HANH = "huy@bigmart.vn", "hanh@bigmart.vn"


@dataclass(frozen=True)
class Company:
    bigmart: Organisation
    huy: Person
    hanh: Person
    store: Depot

    @classmethod
    def built(cls) -> Company:
        with transaction():
            huy = somebody("Lê Quang Huy", HUY, "+84912000021")
            hanh = somebody("Bùi Thị Hạnh", HANH, "+84912000022")
            bigmart = accounts.create_organisation(kind=OrganisationKind.BUYER, name="Siêu thị BigMart")
            accounts.add_member(organisation=bigmart, person=huy, role=Role.DIRECTOR)
            accounts.add_member(organisation=bigmart, person=hanh, role=Role.MEMBER)
            store = services.add_depot(organisation=bigmart, **told(), by=huy)
        return cls(bigmart, huy, hanh, store)

    def limit(self, amount: int | None, person: Person | None = None) -> None:
        with transaction():
            money = None if amount is None else Money(amount)
            services.set_limit(organisation=self.bigmart, person=person, amount=money, by=self.huy)

    def second_director(self) -> Person:
        with transaction():
            mai = somebody("Đặng Thị Mai", "mai@bigmart.vn", "+84912000023")
            accounts.add_member(organisation=self.bigmart, person=mai, role=Role.DIRECTOR)
        return mai


def somebody(name: str, email: str, phone: str) -> Person:
    return accounts.create_person(name=name, phone=phone, email=email, password=PASSWORD)


def told(**changed: Any) -> dict[str, Any]:
    """The store as services.add_depot takes it."""
    return {
        "name": "Kho Sao Đỏ",
        "street": "Số 5 đường Nguyễn Trãi",
        "unit_id": places.search_units("sao do chi linh")[0].id,
        "contact_name": "Anh Tư thủ kho",
        "contact_phone": "+84912000029",
        "note": "Vào cổng số 2",
        "weekly": [Opening(day, dt.time(5), dt.time(9)) for day in range(6)],
        **changed,
    }
