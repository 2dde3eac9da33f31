"""Certificates that an officer uploads for a member."""

from __future__ import annotations

from typing import Any

from flask import Blueprint

from marketplace.cooperatives import policies as registry
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import CERTIFICATE_ENTRY, PAPER_LABELS, PAPER_STATE_LABELS, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.audit import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.web import allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _
from marketplace.helping import policies, queries, services
from marketplace.helping.forms import ToldPaperForm
from marketplace.helping.states import Matter
from marketplace.inbox import queries as inbox

bp = Blueprint("office_papers", __name__, url_prefix="/office/papers")
bp.after_request(private)


@bp.route("/<member:member>", methods=["GET", "POST"])
@allow(policies.helps)
def of_member(member: Cooperative) -> Any:
    """Those that are there, and one more."""
    form = ToldPaperForm(data={"told_by": queries.on_the_line(person().id, member.organisation_id)})
    if form.submitted():
        with form.reporting():
            file, facts = form.clean(), form.values()
            with transaction(), acting_for(member.organisation_id):
                services.tell_certificate(
                    cooperative=member,
                    file=file,
                    told_by=form.told_by.data or "",
                    by=person(),
                    **{**facts, "kind": PaperKind(facts["kind"])},
                )
                flash(_("Kept. %(name)s is asked whether it is right.", name=member.called))
                return redirect_to("office_papers.of_member", member=member)
    papers = cooperatives.certificates_of(member.id)
    return render(
        "helping/paper/of_member.html",
        member=member,
        form=form,
        papers=papers,
        entries=inbox.newest_of(CERTIFICATE_ENTRY, [each.id for each in papers]),
        labels=PAPER_LABELS,
        states=PAPER_STATE_LABELS,
        today=clock.today(),
        reads=registry.keeps_registry(person()),
        decides=policies.may_act_for(person(), member, Matter.PAPERS),
    )
