"""Programmes for members: courses and study tours."""

from __future__ import annotations

from flask import Flask

from marketplace.cooperatives import policies as cooperatives
from marketplace.foundation import formats
from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.places import queries as places
from marketplace.programmes import calling, policies
from marketplace.programmes.states import COURSE_KIND_LABELS, COURSE_LABELS, COURSE_TONES
from marketplace.selection.purposes import KINDS
from marketplace.selection.states import Purpose


def install(app: Flask) -> None:
    assert KINDS[Purpose.COURSE] is calling.KIND, "courses are known to selection"
    app.jinja_env.filters.update(
        course_kind=COURSE_KIND_LABELS.get,
        course_state=COURSE_LABELS.get,
        course_tone=COURSE_TONES.get,
        course_hours=lambda pair: formats.hours(*pair),
        unit_called=places.called,
    )


area = Area(
    package="marketplace.programmes",
    blueprints=["views.public:bp", "views.desk:bp", "views.office:bp", "views.choosing:bp"],
    converters={"course": "converters:ShownCourse", "any_course": "converters:AnyCourse"},
    navigation=[
        Place(
            "desk_more",
            _l("Courses and study tours"),
            "desk_courses.list",
            "people",
            order=47,
            shown=cooperatives.has_desk,
            group="showing",
        ),
        Place(
            "office",
            _l("Courses and study tours"),
            "office_courses.list",
            "people",
            order=27,
            shown=policies.keeps_courses,
            group="programmes",
        ),
    ],
    install="area:install",
)
