"""A delegation of each kind, a call and a complaint, for the pages that show them."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.catalogue import services as catalogue
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.helping import services
from marketplace.helping.states import Matter, Topic
from tests.world import World


def helped(world: World) -> dict[str, Any]:
    """Values of the addresses of helping."""
    with transaction():
        delegation = services.give_delegation(
            cooperative=world.dong_lac,
            matter=Matter.CALLS,
            officer=world.officer,
            last_day=clock.today() + dt.timedelta(days=90),
            by=world.director,
        )
        call = services.note_call(
            caller="Ông Hùng, giám đốc",
            phone="+84912345678",
            topic=Topic.FAIR,
            words="Hỏi còn gian hàng ở hội chợ Tết không",
            cooperative=world.dong_lac,
            follow_up_on=clock.today(),
            on_the_line=True,
            by=world.officer,
        )
        complaint = services.complain(
            topic=Topic.FAIR,
            words="Gian hàng bị đổi chỗ mà không báo trước.",
            person=world.household,
            against=world.kinh_mon.organisation,
            by=world.household,
        )
        services.confirm(complaint=complaint, by=world.officer)
        services.answer(complaint=complaint, words="Liên minh đã xếp lại gian hàng.", by=world.officer)
    return {
        "delegation": delegation,
        "phone_call": call,
        "own_complaint": complaint,
        "any_complaint": complaint,
        "member": world.dong_lac,
    }


def listed(world: World) -> dict[str, Any]:
    """What an officer wrote down of a product on sale, told on the telephone."""
    with transaction():
        catalogue.note_told(
            product=world.carrots,
            part="price",
            what=lambda: catalogue.offer_in_words(world.carrots),
            who="Ông Hùng, giám đốc",
            by=world.officer,
        )
    return {"product": world.carrots, "part": "price"}
