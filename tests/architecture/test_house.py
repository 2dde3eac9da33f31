"""The rules of the house that no single room can keep."""

from __future__ import annotations

import ast
import re
import subprocess
import sys
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from flask import Flask

from marketplace import create_app
from marketplace.config import ROOT
from marketplace.foundation import told
from marketplace.foundation.events import Event
from marketplace.foundation.lifecycle import LIVES, IllegalMove, Lifecycle
from marketplace.foundation.web.access import UnguardedEndpoint, refuse_unguarded
from marketplace.foundation.words import in_language

PACKAGE = ROOT / "marketplace"


def modules() -> list[Path]:
    return sorted(PACKAGE.rglob("*.py"))


def test_there_is_one_commit_in_the_code_base(app: Flask) -> None:
    committing = [path.relative_to(PACKAGE) for path in modules() if ".commit()" in path.read_text("utf-8")]
    assert set(map(str, committing)) <= {"foundation/db/session.py", "foundation/db/schema.py"}


def test_services_queries_and_models_do_not_know_flask() -> None:
    for path in modules():
        room = path.relative_to(PACKAGE).parts
        if room[0] == "foundation" or not {
            "services",
            "queries",
            "models",
            "services.py",
            "queries.py",
            "models.py",
        } & set(room):
            continue
        names = {
            (node.module or "").split(".")[0]
            if isinstance(node, ast.ImportFrom)
            else alias.name.split(".")[0]
            for node in ast.walk(ast.parse(path.read_text("utf-8")))
            if isinstance(node, (ast.Import, ast.ImportFrom))
            for alias in node.names
        }
        assert "flask" not in names, f"{path} imports flask"


@pytest.mark.parametrize("name", ["utils", "helpers", "common", "manager", "misc"])
def test_no_room_without_a_name(name: str) -> None:
    assert not list(PACKAGE.rglob(f"{name}.py")) and not list(PACKAGE.rglob(name))


def test_every_event_has_a_sentence_and_a_subject(app: Flask) -> None:
    for kind in told.concrete():
        assert str(kind.sentence).strip(), kind
        assert kind.about, kind
        assert set(kind.about.values()) <= set(kind.__dataclass_fields__), kind


def test_every_event_is_announced_somewhere(app: Flask) -> None:
    written = "\n".join(path.read_text("utf-8") for path in modules())
    silent = [kind.__name__ for kind in told.concrete() if written.count(kind.__name__) < 3]
    assert not silent


def test_every_illegal_move_is_refused_from_every_state(app: Flask) -> None:
    assert LIVES
    for life in LIVES.values():
        for state in life.states:
            for step in life:
                _try(life, step.name, state, legal=state in step.origins)


def _try(life: Lifecycle, name: str, state: object, *, legal: bool) -> None:
    class Subject:
        pass

    subject = Subject()
    setattr(subject, life.attribute, state)
    if legal:
        assert life.advance(subject, name) is state
        assert getattr(subject, life.attribute) is life.moves[name].to
    else:
        with pytest.raises(IllegalMove):
            life.advance(subject, name)
        assert getattr(subject, life.attribute) is state


def test_states_move_only_through_their_table() -> None:
    """Nobody writes `thing.state = …`; a life's attribute is set where a thing is made, or by advance()."""
    offenders = []
    for path in modules():
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Assign) and any(
                isinstance(t, ast.Attribute)
                and t.attr == "state"
                and not (isinstance(t.value, ast.Name) and t.value.id == "self")
                for t in node.targets
            ):
                offenders.append(f"{path.relative_to(PACKAGE)}:{node.lineno}")
    assert not offenders


def test_a_shop_that_starts_loads_nothing_that_only_few_requests_need() -> None:
    heavy = ("PIL", "alembic", "numpy", "openpyxl", "pypdf", "scipy", "stripe", "weasyprint")
    told = f"import sys, marketplace.areas; print([name for name in {heavy} if name in sys.modules])"
    done = subprocess.run([sys.executable, "-c", told], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "[]\n", done.stdout + done.stderr


def test_an_unguarded_endpoint_stops_the_start(settings: object) -> None:
    app = create_app(settings)
    app.view_functions["bare"] = lambda: "open"
    with pytest.raises(UnguardedEndpoint, match="bare"):
        refuse_unguarded(app)


def test_the_documents_tell_what_the_code_says(app: Flask) -> None:
    with app.test_request_context("/en"), in_language("en"):
        assert (ROOT / "docs" / "states.md").read_text("utf-8") == told.states()
        assert (ROOT / "docs" / "events.md").read_text("utf-8") == told.events()


def test_events_are_frozen(app: Flask) -> None:
    for kind in told.concrete():
        assert issubclass(kind, Event)
        assert kind.__dataclass_params__.frozen


def test_every_row_of_a_member_has_a_rule_for_the_day_it_turns_out_to_be_a_duplicate() -> None:
    """A new table that points at a cooperative or an organisation says in registry.merging what becomes of its rows."""
    from marketplace.registry.merging import RULES, links

    there = {link.name for link in links()}
    assert there - RULES.keys() == set()
    assert RULES.keys() - there == set()


@pytest.mark.parametrize("area", ["bridges", "fulfilment", "linkage", "look", "supply"])
def test_value_chains_have_one_word_for_whom_they_speak_to(area: str) -> None:
    """“Ông bà” to sellers, buyers and readers of letters; “anh chị” to officers, who alone witness a signing."""
    with (ROOT / "translations" / "vi" / f"{area}.po").open("rb") as file:
        catalogue = read_po(file, locale="vi")
    others = re.compile(r"\b(quý vị|bạn(?! hàng)|ông/bà|bác(?! bỏ)|anh/chị)\b", re.IGNORECASE)
    texts = [said for each in catalogue if each.id for said in _said(each.string)]
    assert [said for said in texts if others.search(said)] == []
    assert [
        said for said in texts if re.search(r"\banh chị\b", said, re.IGNORECASE) and "chữ ký" not in said
    ] == []


def _said(string: str | tuple[str, ...]) -> tuple[str, ...]:
    return string if isinstance(string, tuple) else (string,)
