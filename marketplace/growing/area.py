"""What grows where."""

from __future__ import annotations

from flask import Flask

from marketplace.foundation.area import Area, Place
from marketplace.foundation.words import _l
from marketplace.growing import cautions, policies
from marketplace.growing.states import (
    CERTAINTY_LABELS,
    DIARY_LABELS,
    LAND_LABELS,
    RESULT_LABELS,
    RESULT_TONES,
    SOWING_LABELS,
    SOWING_TONES,
)
from marketplace.growing.words import area_told


def install(app: Flask) -> None:
    app.jinja_env.filters.update(
        area_told=area_told,
        land_unit=LAND_LABELS.get,
        sowing_label=SOWING_LABELS.get,
        sowing_tone=SOWING_TONES.get,
        diary_kind=DIARY_LABELS.get,
        test_result=RESULT_LABELS.get,
        test_tone=RESULT_TONES.get,
        certainty_told=CERTAINTY_LABELS.get,
        caution_told=cautions.told,
        caution_kept=cautions.told_again,
    )


area = Area(
    package="marketplace.growing",
    blueprints=["views.plot:bp", "views.diary:bp", "views.lot:bp", "views.public:bp", "views.rule:bp"],
    converters={
        "own_plot": "converters:OwnPlot",
        "own_sowing": "converters:OwnSowing",
        "own_entry": "converters:OwnEntry",
        "substance_rule": "converters:RuleByRef",
        "lot": "converters:LotByCode",
        "own_lot": "converters:OwnLot",
        "own_test": "converters:OwnTest",
        "lot_test": "converters:TestByRef",
    },
    navigation=[
        Place("desk_more", _l("Plots"), "plots.list", "map", order=21, shown=policies.grows, group="fields"),
        Place(
            "desk_more",
            _l("Field diary"),
            "diary.list",
            "book",
            order=22,
            shown=policies.grows,
            group="fields",
        ),
        Place(
            "desk_more", _l("Lots"), "own_lots.list", "box", order=23, shown=policies.grows, group="fields"
        ),
        Place(
            "office",
            _l("Substances"),
            "substances.list",
            "leaf",
            order=46,
            shown=policies.keeps_rules,
            group="origin",
        ),
        Place(
            "beside_settings",
            _l("Substances"),
            "substances.list",
            "leaf",
            order=15,
            shown=policies.keeps_rules,
        ),
    ],
    install="area:install",
)
