"""The drawings: one sprite without clashes, whole pictures for everything sold, and the awning of the seasons."""

import re
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
import resvg_py

from marketplace.catalogue.reference import COMMODITIES
from marketplace.foundation import drawing
from marketplace.foundation.calendar import months_mask
from marketplace.foundation.drawing import season
from marketplace.foundation.drawing.stage import Goods, stage

ROOT = Path(__file__).parents[2]


def ids(svg: str) -> list[str]:
    return [node.attrib["id"] for node in ET.fromstring(svg).iter() if "id" in node.attrib]


def test_the_sprite_is_one_document_whose_names_are_all_different() -> None:
    names = ids(drawing.sprite())
    assert len(names) == len(set(names))
    assert {"p-carrot", "k-carrot", "i-cart", "s-river", "f-hat"} <= set(names)


def test_everything_a_drawing_clips_with_or_uses_is_in_the_sprite() -> None:
    sprite = drawing.sprite()
    wanted = set(re.findall(r"url\(#([\w-]+)\)", sprite)) | set(re.findall(r'href="#([\w-]+)"', sprite))
    assert wanted <= set(ids(sprite))


def test_everything_that_is_sold_has_its_drawing() -> None:
    used = {drawn for _slug, _stall, _vi, _en, drawn, *_rest in COMMODITIES}
    assert len(used) > 25
    assert used <= set(drawing.DRAWINGS)


def test_the_signs_that_templates_ask_for_exist() -> None:
    asked: set[str] = set()
    for path in (ROOT / "templates").rglob("*.html"):
        asked |= set(re.findall(r'\bicon\("([a-z]+)"', path.read_text()))
    assert {f"i-{name}" for name in asked} <= set(ids(drawing.sprite()))


@pytest.mark.parametrize("mode", drawing.MODES)
def test_a_still_is_a_whole_picture(mode: str) -> None:
    picture = drawing.still("honey", mode, "straw", 160, 120)
    assert bytes(resvg_py.svg_to_bytes(svg_string=picture)).startswith(b"\x89PNG")


def test_an_unknown_drawing_is_said_so() -> None:
    with pytest.raises(KeyError):
        drawing.still("unicorn")


@pytest.mark.parametrize("name", drawing.SCENES)
def test_a_landscape_is_a_whole_picture(name: str) -> None:
    ET.fromstring(drawing.scene(name))


def test_the_hues_of_pictures_are_those_of_the_pages() -> None:
    css = (ROOT / "static" / "css" / "hues.css").read_text()
    for name, hue in drawing.HUES.items():
        line = re.search(rf"\.h-{name} {{(.*?)}}", css)
        assert line, name
        assert dict(re.findall(r"--(\w+): (#\w+)", line[1])) == vars(hue)


def test_a_season_shows_some_peak_and_none() -> None:
    strip = season.strip(months_mask([1, 2, 3, 4]), months_mask([2, 3]), 7)
    assert {k: strip.count(f'class="{k}"') for k in "mp"} == {"m": 1, "p": 1}
    assert season.kind_of(1, 0b1111, 0b0110) == "m"
    assert season.kind_of(2, 0b1111, 0b0110) == "p"
    assert season.kind_of(5, 0b1111, 0b0110) == "o"


def test_a_season_without_a_peak_is_at_its_best_all_along() -> None:
    assert season.kind_of(3, months_mask([2, 3]), 0) == "p"


def test_this_month_hangs_lower_and_has_its_rim() -> None:
    strip = season.strip(months_mask([2]), 0, 2)
    assert 'class="n"' in strip
    assert f"v{season.SMALL + season.SMALL_DROP - 15}" in strip


def test_all_twelve_months_are_drawn_once() -> None:
    for now in range(1, 13):
        paths = re.findall(r'class="[omp]" d="([^"]*)"', season.strip(0b101010101010, 0b1000, now))
        assert sum(path.count("z") for path in paths) == 12


def test_a_label_is_spoken_and_harmless() -> None:
    strip = season.strip(1, 0, 1, label='Tháng 1 "rộ" <b>')
    assert ET.fromstring(strip).attrib["aria-label"] == 'Tháng 1 "rộ" <b>'
    assert 'aria-hidden="true"' in season.strip(1, 0, 1)


def test_the_stall_of_the_month_carries_names_as_text() -> None:
    goods = [Goods("carrot", "Cà <rốt>", "16.000 ₫"), Goods("onion"), Goods("garlic")]
    drawn = stage(goods, "/static/x/sprite.svg")
    assert "Cà &lt;rốt&gt;" in drawn
    ET.fromstring(drawn)
