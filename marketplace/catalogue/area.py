"""What cooperatives offer."""

from __future__ import annotations

from flask import Flask

from marketplace.catalogue import grading, policies, queries
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        market_name=grading.market_name,
        grade_lines=lambda spec: grading.lines_of(grading.copy_of(spec)),
    )


area = Area(
    package="marketplace.catalogue",
    rooms=(*Area.rooms, "panels"),
    blueprints=[
        "views.public:bp",
        "views.desk:bp",
        "views.price_lists:bp",
        "views.office:bp",
        "views.told:bp",
        "views.grade:bp",
        "views.grade:office",
    ],
    converters={
        "product": "converters:ShownProduct",
        "own_product": "converters:OwnProduct",
        "price_list": "converters:OwnPriceList",
        "checked_product": "converters:CheckedProduct",
        "waiting_change": "converters:WaitingChange",
        "office_grade": "converters:OfficeGrade",
    },
    commands=["cli:group"],
    navigation=[
        Place("public", _l("Seasonal produce"), "catalogue.products", "leaf", order=10),
        Place("desk", _l("Sell"), "desk_products.products", "plus", order=30, shown=policies.has_products),
        Place(
            "office",
            _l("Products"),
            "office_products.queue",
            "leaf",
            order=20,
            shown=policies.can_review,
            queue=queries.in_review_ids,
            group="market",
        ),
        Place(
            "beside_settings", _l("Grades"), "office_grades.list", "leaf", order=10, shown=policies.can_review
        ),
    ],
    install="area:install",
)
