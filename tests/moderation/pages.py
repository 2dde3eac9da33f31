"""What the pages of moderation need, for whoever reads every page."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from marketplace.cooperatives import services as registry
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db, transaction
from marketplace.moderation import matters, services
from marketplace.moderation.models import Takedown
from marketplace.moderation.states import ReportReason
from tests.world import World


@dataclass(frozen=True)
class Moderated:
    """A product that somebody reported, and a story that is taken down and appealed."""

    product_id: int
    slug: str
    takedown: Takedown

    def values(self, endpoint: str) -> dict[str, Any]:
        return {
            "page_reports.report": {"page": "product", "slug": self.slug},
            "office_moderation.thing": {"kind": "product", "number": self.product_id},
            "office_moderation.show": {"takedown": self.takedown},
            "desk_takedowns.show": {"takedown": self.takedown},
        }.get(endpoint, {})


def moderated_shown(world: World) -> Moderated:
    with transaction():
        cooperative = db.session.get_one(Cooperative, world.dong_lac.id)
        registry.change(cooperative=cooperative, by=world.director, story_vi="Chúng tôi trồng cà rốt.")
    with transaction():
        story, product = matters.find("story", cooperative.id), matters.find("product", world.carrots.id)
        assert story is not None
        assert product is not None
        services.report_page(matter=product, reason=ReportReason.FALSE, words="Không đúng")
        takedown = services.take_down(
            matter=story, reason=ReportReason.FALSE, words="Lời này chưa đúng", by=world.officer
        )
    with transaction():
        services.appeal(takedown=takedown, words="Lời này đúng", by=world.director)
    return Moderated(world.carrots.id, world.carrots.slug, takedown)
