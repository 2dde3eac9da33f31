"""One request at each stage, and what pages of requests name: for the test that opens every page."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from marketplace.catalogue.models import GradeSpec
from marketplace.foundation.db import transaction
from marketplace.linkage import queries, services
from marketplace.linkage.asking import Question
from marketplace.linkage.models import Need, NeedWatch
from marketplace.linkage.states import Audience, FieldKind, Section
from marketplace.selection.states import Entered
from tests.buyers.company import Company
from tests.linkage.asked import carrots, closed, deadline, drafted, grade_a, opened, renewed
from tests.world import World

PAGES = {
    "buyer_requests", "desk_requests", "need_forms", "need_watches", "office_grades", "office_requests", "requests",
}  # fmt: skip


@dataclass(frozen=True)
class Requests:
    draft: Need
    open: Need
    invited: Need
    closed: Need
    awarded: Need
    entered: Need
    grade: GradeSpec
    watch: NeedWatch

    def values(self, endpoint: str) -> dict[str, Any]:
        """What the address of this page names."""
        page, _, _rest = endpoint.partition(".")
        if page not in PAGES:
            return {}
        need = {"office_requests": self.entered, "desk_requests": self.invited}.get(page, self.open)
        way = "cancellation" if page == "office_requests" else "withdrawal"
        return {
            "need": need,
            "section": str(Section.AMOUNTS),
            "way": way,
            "spec": self.grade,
            "category": "cu-qua",
            "key": "rua",
            "watch": self.watch,
        }

    def again(self) -> list[tuple[str, dict[str, Any]]]:
        """The same pages once more, of requests at other stages."""
        more: list[tuple[str, dict[str, Any]]] = [
            ("buyer_requests.section", {"need": self.draft, "section": str(each)}) for each in Section
        ]
        more += [("buyer_requests.show", {"need": each}) for each in (self.draft, self.closed, self.awarded)]
        more += [("buyer_requests.end", {"need": self.closed, "way": "none"})]
        more += [
            ("office_requests.show", {"need": self.open}),
            ("desk_requests.show", {"need": self.awarded}),
        ]
        return more


def requests(world: World, company: Company) -> Requests:
    with transaction():
        grade = grade_a(world.officer)
        choices = (("rua", "Rửa sạch", "Washed"), ("dat", "Để đất", "Unwashed"))
        asked = Question("rua", FieldKind.CHOICE, "Rửa hay không", "Washed or not", choices=choices)
        services.keep_question(category=carrots().category, question=asked, by=world.officer)
        watch = services.keep_watch(person=world.household, query="goods=ca-rot")
    need = opened(company, grade=grade)
    invited = opened(company, audience=Audience.INVITED, invited=[world.dong_lac.id], sealed=True)
    with transaction():
        for words in ("Có nhận thùng 4,5 kg không?", "Chủ nhật có nhận hàng không?"):
            question = services.ask_about_need(
                need=need, cooperative=world.dong_lac, words=words, by=world.director
            )
        services.answer_question(question=question, words="Có", by=company.hanh)
        services.set_deadlines(
            need=need,
            quotes_until=deadline() + dt.timedelta(days=1),
            questions_until=None,
            reason="Thêm một ngày",
            by=company.hanh,
        )
        services.set_more(need=need, answers={"rua": "rua"}, reason="Ghi rõ hơn", by=company.hanh)
        entered = services.draft_need(
            organisation=company.bigmart,
            goods=carrots(),
            entered=Entered.PHONE,
            told_by="Chị Hạnh",
            by=world.officer,
        )
    given = closed(company, days=2)
    with transaction():
        part = services.Part(world.dong_lac.id, "quote:1", {given.lines[0].id: Decimal(1500)})
        reserve = services.Reserve(world.dong_lac.id, "quote:1")
        services.award(need=given, parts=[part], reserves=[reserve], by=company.huy)
    found = queries.need_by_id(entered.id)
    assert found is not None
    return Requests(
        drafted(company), renewed(need), invited, closed(company), renewed(given), found, grade, watch
    )
