"""The alliance's sign: sent, drawn anew, looked at, and kept from a day on."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace import config
from marketplace.alliance import known, policies, queries, services, told
from marketplace.alliance.forms import LogoForm, ReasonForm
from marketplace.alliance.views.setting import row_of
from marketplace.config import Odd
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import keep_mark
from marketplace.foundation.media.mark import Mark
from marketplace.foundation.web import allow, flash, person, redirect_to, render, signs
from marketplace.foundation.words import _, _l

LOWEST = 88
bp = Blueprint("office_logo", __name__, url_prefix="/office/settings/logo")


@bp.route("", methods=["GET", "POST"])
@allow(policies.keeps_settings)
def show() -> Any:
    form = LogoForm(data={"from_day": clock.today()})
    look = None
    if form.submitted():
        with form.reporting():
            look = _sent(form)
        if look is not None and request.form.get("sure") == "y":
            with form.reporting(), transaction():
                services.change(
                    name=known.LOGO,
                    value=look,
                    from_day=form.from_day.data,
                    reason=form.reason.data,
                    by=person(),
                )
                flash(_("Kept. It holds from the day you named."))
                return redirect_to("office_logo.show")
    return _page(form=form, look=look)


@bp.route("/house", methods=["POST"])
@allow(policies.keeps_settings)
def house() -> Any:
    """Back to the sign of the house, from today on."""
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.change(
                name=known.LOGO, value=None, from_day=clock.today(), reason=form.reason.data, by=person()
            )
            flash(_("Kept. From today on the sign of the house stands everywhere again."))
            return redirect_to("office_logo.show")
    return _page(back=form)


def _sent(form: LogoForm) -> Mark:
    """What was sent now, or looked at before. Raises Refusal."""
    if form.file.data:
        mark = keep_mark(stream=form.file.data, field="file")
        if mark.height < LOWEST:
            raise Refusal(
                _l(
                    "This picture is too small: it would be blurred. Please choose one at least 88 pixels high."
                ),
                field="file",
            )
        return mark
    try:
        kept: Mark = known.LOGO_RULE.read(form.kept.data or "")
    except Odd as odd:
        raise Refusal(_l("Please choose a file."), field="file") from odd
    return kept


def _page(*, form: Any = None, back: ReasonForm | None = None, look: Mark | None = None) -> Any:
    say, undone = told.speaker(), queries.taken_back(known.LOGO)
    return render(
        "alliance/logo/show.html",
        form=form or LogoForm(formdata=None, data={"from_day": clock.today()}),
        back=back or ReasonForm(formdata=None),
        now=config.current().logo,
        look=look,
        kept=known.LOGO_RULE.write(look) if look is not None else "",
        history=[row_of(row, say, undone) for row in queries.history_of(known.LOGO)],
        group=known.group_of("alliance_name"),
        icon_address=signs.icon_address,
    )
