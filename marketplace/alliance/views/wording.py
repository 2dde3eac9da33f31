"""The alliance's own words for a letter or a page: what the house says, what we say, a look at it, and the way back."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.alliance import known, policies, queries, services, told
from marketplace.alliance.forms import ReasonForm, field_name, words_form, words_typed
from marketplace.alliance.views.setting import row_of
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.wording import BRACES, WORDINGS, Said, Wording, filled, today
from marketplace.foundation.words import LANGUAGES, _

bp = Blueprint("office_wordings", __name__, url_prefix="/office/settings/words")


@bp.route("/<name>", methods=["GET", "POST"])
@allow(policies.keeps_settings)
def show(name: str) -> Any:
    """Both languages, with an example; a change is first looked at, then kept."""
    wording = _found(name)
    form = words_form(wording, today(name))
    look = None
    if form.submitted():
        said = words_typed(wording, form)
        if request.form.get("sure") != "y":
            look = _looks(wording, said)
        else:
            with form.reporting(), transaction():
                services.change(
                    name=name,
                    value=said or None,
                    from_day=form.from_day.data,
                    reason=form.reason.data,
                    by=person(),
                )
                flash(_("Kept. It holds from the day you named."))
                return redirect_to("office_wordings.show", name=name)
    return _page(wording, form=form, look=look)


@bp.route("/<name>/house", methods=["POST"])
@allow(policies.keeps_settings)
def house(name: str) -> Any:
    """Back to the words of the house, from today on."""
    wording, form = _found(name), ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.change(
                name=name, value=None, from_day=clock.today(), reason=form.reason.data, by=person()
            )
            flash(_("Kept. From today on the house speaks again."))
            return redirect_to("office_wordings.show", name=name)
    return _page(wording, back=form)


def _found(name: str) -> Wording:
    if name not in WORDINGS:
        abort(404)
    return WORDINGS[name]


def _page(
    wording: Wording, *, form: Any = None, back: ReasonForm | None = None, look: list[Any] | None = None
) -> Any:
    now, say = today(wording.name), told.speaker()
    undone = queries.taken_back(wording.name)
    return render(
        "alliance/wording/show.html",
        wording=wording,
        name=wording.name,
        group=known.group_of(wording.name),
        languages=told.LANGUAGES,
        fields=field_name,
        example=wording.example("vi"),
        form=form or words_form(wording, now),
        back=back or ReasonForm(formdata=None),
        look=look,
        today_looks=_looks(wording, now),
        changed=bool(now),
        history=[row_of(row, say, undone) for row in queries.history_of(wording.name)],
    )


def _looks(wording: Wording, said: Said) -> list[tuple[str, list[tuple[Any, str, bool]], list[str]]]:
    """By language: each part with the example filled in and whether it is our own; what own words leave out."""
    looks = []
    for locale in LANGUAGES:
        example, own = wording.example(locale), said.get(locale, {})
        parts = [(part, own.get(part.name) or wording.houses(part, locale)) for part in wording.parts]
        used = {each for _part, words in parts for each in BRACES.findall(words)}
        house = {each for part in wording.parts for each in BRACES.findall(wording.houses(part, locale))}
        left_out = sorted(house - used)
        shown = [
            (part, filled(words, _or_name(example, words)), part.name in own)
            for part, words in parts
            if words
        ]
        looks.append((locale, shown, left_out))
    return looks


def _or_name(example: dict[str, str], words: str) -> dict[str, str]:
    """The example; what it does not hold stands for itself."""
    return {name: example.get(name, f"{{{name}}}") for name in BRACES.findall(words)}
