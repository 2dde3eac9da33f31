"""What the market and the alliance are called, in the reader's language."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from marketplace import config, create_app
from marketplace.foundation.db import db
from marketplace.foundation.web.pages import text_of
from marketplace.foundation.words import in_language

SECRET = {"SECRET_KEY": "only-for-tests-0123456789"}


@pytest.mark.parametrize(
    ("environ", "name"),
    [
        ({}, "Cooperative Alliance"),
        ({"DEMO": "1"}, "Hải Dương Cooperative Alliance"),
        ({"ALLIANCE_NAME": "Liên minh HTX tỉnh Bắc Ninh"}, ""),
        ({"ALLIANCE_NAME_EN": ""}, ""),
        (
            {
                "ALLIANCE_NAME": "Liên minh HTX tỉnh Bắc Ninh",
                "ALLIANCE_NAME_EN": "Bắc Ninh Cooperative Alliance",
            },
            "Bắc Ninh Cooperative Alliance",
        ),
    ],
)
def test_an_alliance_is_never_called_by_the_name_of_another(environ: dict[str, str], name: str) -> None:
    assert config.load({**SECRET, **environ}).alliance_name_en == name


def test_english_pages_and_letters_say_the_english_names(settings: config.Settings) -> None:
    app = create_app(replace(settings, site_name_en="Coop Market"))
    with app.app_context():
        client: Any = app.test_client()
        english, vietnamese = client.get("/en/").text, client.get("/").text
        with app.test_request_context(), in_language("en"):
            letter = text_of("inbox/letters/plain.txt", sentence="", url="")
        db.session.remove()
        db.engine.dispose()
    assert "Liên minh HTX" not in english and "Chợ HTX" not in english
    assert "Coop Market" in english and "The market of Hải Dương Cooperative Alliance." in english
    assert "Coop Market" not in vietnamese and "Liên minh HTX tỉnh Hải Dương" in vietnamese
    assert "Coop Market · Hải Dương Cooperative Alliance" in letter


def test_without_an_english_name_the_vietnamese_one_stands(settings: config.Settings) -> None:
    app = create_app(replace(settings, alliance_name_en=""))
    with app.app_context():
        client: Any = app.test_client()
        assert "Liên minh HTX tỉnh Hải Dương" in client.get("/en/").text
        db.session.remove()
        db.engine.dispose()
