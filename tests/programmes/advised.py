"""Advice as the office notes it: one question that is answered, one that waits."""

from __future__ import annotations

from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.programmes import services
from marketplace.programmes.models import Advice
from marketplace.programmes.states.advice import AdviceMatter
from tests.world import World


def advised(world: World) -> Advice:
    """The one that is answered."""
    with transaction():
        services.advice.ask(
            asked_by="Bà Lụa",
            matter=AdviceMatter.FOUNDING,
            question="Chúng tôi có mười hộ, muốn lập hợp tác xã thì bắt đầu từ đâu?",
            by=world.officer,
        )
        advice = services.advice.ask(
            asked_by="Ông Hùng, giám đốc",
            phone="+84912345678",
            matter=AdviceMatter.CONTRACT,
            question="Siêu thị muốn thêm điều khoản phạt 12%, có nên ký không?",
            cooperative=world.dong_lac,
            by=world.officer,
        )
        services.advice.answer(
            advice=advice,
            words="Luật Thương mại cho phạt đến 8% phần nghĩa vụ bị vi phạm: nên đề nghị sửa lại.",
            minutes=45,
            day=clock.today(),
            by=world.officer,
        )
    return advice
