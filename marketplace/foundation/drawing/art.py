"""Every drawing by its name, and the sprite's symbols of them."""

from __future__ import annotations

from collections.abc import Callable

from marketplace.foundation.drawing import animals, foods, fruits, things, vegetables

DRAWINGS: dict[str, Callable[[], str]] = {
    draw.__name__: draw
    for draw in (
        vegetables.carrot,
        vegetables.potato,
        vegetables.jicama,
        vegetables.kudzu,
        vegetables.wintermelon,
        vegetables.pumpkin,
        vegetables.cabbage,
        vegetables.kohlrabi,
        vegetables.cauliflower,
        vegetables.kale,
        vegetables.scallion,
        vegetables.onion,
        vegetables.garlic,
        vegetables.blackgarlic,
        vegetables.shallots,
        fruits.lychee,
        fruits.longan,
        fruits.guava,
        fruits.na,
        fruits.dragonfruit,
        fruits.orange,
        fruits.pomelo,
        fruits.melon,
        fruits.watermelon,
        foods.rice,
        foods.bottle,
        foods.powder,
        foods.noodles,
        foods.cake,
        foods.gaicake,
        foods.patties,
        foods.honey,
        animals.fish,
        animals.ruoi,
        animals.crab,
        animals.hen,
        animals.eggs,
        things.vase,
        things.shoes,
        things.basket,
        things.crate,
        things.truck,
        things.stall,
        things.rain,
        things.signpost,
        things.gate,
        things.scale,
        things.notebook,
        things.letter,
        things.tractor,
    )
}


def symbols() -> str:
    """`p-<name>` for each drawing, in a box of 120 × 120."""
    return "".join(
        f'<symbol id="p-{name}" viewBox="0 0 120 120">{draw()}</symbol>' for name, draw in DRAWINGS.items()
    )
