"""The settings of the alliance: all of them as of a day, one with its history, its change and the way back."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zlib import crc32

from flask import Blueprint, abort, request

from marketplace import config
from marketplace.accounts import services as people
from marketplace.accounts.policies import is_officer
from marketplace.alliance import known, policies, queries, services, told
from marketplace.alliance.forms import ReasonForm, change_form, typed
from marketplace.alliance.models import SettingChange
from marketplace.alliance.named import GROUPS, NAMED
from marketplace.alliance.overlay import NAMES_IN_ENGLISH
from marketplace.foundation import clock, parsing
from marketplace.foundation.db import transaction
from marketplace.foundation.text import fold
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.wording import WORDINGS
from marketplace.foundation.words import _

IN_ENGLISH = frozenset(NAMES_IN_ENGLISH.values())
bp = Blueprint("office_settings", __name__, url_prefix="/office/settings")


@bp.route("", methods=["GET"], endpoint="list")
@allow(is_officer)
def all_settings() -> Any:
    """As of any day, searched by words."""
    day, asked = _day(), request.args.get("q", "").strip()[:80]
    return render(
        "alliance/setting/list.html",
        groups=told.groups(config.installation(), day, asked),
        in_english=IN_ENGLISH,
        planned=[
            (row, known.label_of(row.name), known.page_of(row.name))
            for row in queries.planned(clock.today())
            if known.rule_of(row.name) is not None
        ],
        words=_words(day, asked),
        sign=config.current().logo,
        closed=queries.written_days(day) if not asked else (),
        day=day,
        today=clock.today(),
        asked=asked,
    )


@bp.route("/<name>", methods=["GET", "POST"])
@allow(policies.keeps_settings)
def show(name: str) -> Any:
    """Its value with where it comes from, its history, and a change: first looked at, then kept."""
    if name not in NAMED:
        abort(404)
    form = change_form(name, getattr(config.current(), name))
    look = None
    if form.submitted():
        value = typed(name, form.value.data)
        if request.form.get("sure") != "y":
            look = told.speaker()(name, value)
        else:
            with form.reporting(), transaction():
                _keep(
                    name,
                    value,
                    form.from_day.data,
                    form.reason.data,
                    _("Kept. It holds from the day you named."),
                )
                return redirect_to("office_settings.show", name=name)
    return _page(name, form=form, look=look)


@bp.route("/<name>/house", methods=["POST"])
@allow(policies.keeps_settings)
def house(name: str) -> Any:
    """Back to what the installation says, from today on."""
    if name not in NAMED:
        abort(404)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            done = _("Kept. From today on the value of the installation holds again.")
            _keep(name, None, clock.today(), form.reason.data, done)
            return redirect_to("office_settings.show", name=name)
    return _page(name, back=form)


@bp.route("/<name>/changes/<int:change_id>/reversal", methods=["GET", "POST"])
@allow(policies.keeps_settings)
def reversal(name: str, change_id: int) -> Any:
    """As it was before this change."""
    change = queries.change(change_id) if change_id < 2**31 else None
    if change is None or change.name != name or known.rule_of(name) is None:
        abort(404)
    endpoint, where = known.address_of(name)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            done = _("Taken back. It is as before again.")
            if name not in NAMED or not NAMED[name].is_money:
                services.take_back(change=change, reason=form.reason.data, by=person())
                flash(done)
            else:
                former = queries.before(change)
                value = former.value if former else None
                _propose(name, value, change.from_day, form.reason.data, done, reverts=change)
            return redirect_to(endpoint, **where)
    say, former = told.speaker(), queries.before(change)
    return render(
        "alliance/setting/reversal.html",
        label=known.label_of(name),
        back=known.page_of(name),
        change=change,
        form=form,
        now=told.written_words(name, change.value, say),
        then=told.written_words(name, former.value if former else None, say),
        from_day=max(clock.today(), change.from_day),
    )


def _keep(name: str, value: Any, from_day: dt.date, reason: str, done: str) -> None:
    """In a transaction: kept, or proposed to another administrator where money hangs on it."""
    if NAMED[name].is_money:
        _propose(name, None if value is None else services.written(name, value), from_day, reason, done)
    else:
        services.change(name=name, value=value, from_day=from_day, reason=reason, by=person())
        flash(done)


def _propose(
    name: str,
    written: str | None,
    from_day: dt.date,
    reason: str,
    done: str,
    *,
    reverts: SettingChange | None = None,
) -> None:
    words = told.written_words(name, written, told.speaker())
    proposed = people.act_or_propose(
        kind="money-settings",
        subject_id=crc32(name.encode()) >> 1,
        told=f"{NAMED[name].label}: {words} · {from_day:%d/%m/%Y}",
        reason=reason,
        data={
            "name": name,
            "value": written,
            "from_day": from_day.isoformat(),
            "reverts": reverts.id if reverts is not None else None,
        },
        by=person(),
    )
    if proposed is None:
        flash(done)
    else:
        flash(_("Proposed. Another administrator has to agree before it holds."), "wait")


def _page(name: str, *, form: Any = None, back: ReasonForm | None = None, look: str | None = None) -> Any:
    settings, say = config.current(), told.speaker()
    history = queries.history_of(name)
    undone = queries.taken_back(name)
    return render(
        "alliance/setting/show.html",
        name=name,
        named=NAMED[name],
        group=GROUPS[NAMED[name].group],
        in_english=IN_ENGLISH,
        now=say(name, getattr(settings, name)),
        installation=say(name, getattr(config.installation(), name)),
        history=[row_of(row, say, undone) for row in history],
        form=form or change_form(name, getattr(settings, name)),
        back=back or ReasonForm(formdata=None),
        look=look,
        changed=any(row.from_day <= clock.today() for row in history)
        and _in_force(history).value is not None,
    )


def row_of(row: SettingChange, say: Any, undone: set[int]) -> tuple[SettingChange, str, bool, bool]:
    """The change, its value, whether it was taken back, whether it can be."""
    gone = row.id in undone
    open_ = not gone and row.reverts_id is None and queries.follows(row, clock.today()) is None
    return row, told.written_words(row.name, row.value, say), gone, open_


def _words(day: dt.date, asked: str) -> list[tuple[Any, str, SettingChange | None]]:
    """Words of pages, and what of letters the alliance says in its own way: label, name, change."""
    own = queries.own_words_on(day)
    wanted = fold(asked).split()
    return [
        (wording.label, name, own.get(name))
        for name, wording in WORDINGS.items()
        if (name in own or not name.startswith(("letter.", "account.")))
        and all(word in fold(f"{wording.label} {known.group_of(name)}") for word in wanted)
    ]


def _in_force(history: Any) -> SettingChange:
    today = clock.today()
    found: SettingChange = next(row for row in history if row.from_day <= today)
    return found


def _day() -> dt.date:
    """?day=31/12/2025 or 2025-12-31; today when it makes no sense."""
    words = request.args.get("day", "").strip()
    try:
        return dt.date.fromisoformat(words) if words[4:5] == "-" else parsing.parse_date(words)
    except (parsing.ParseError, ValueError):
        return clock.today()
