"""A paper as it was written, and a cooperative's papers of a year."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.accounts import signin
from marketplace.accounts.states import OrganisationKind
from marketplace.documents import papers, policies, queries
from marketplace.documents.kinds import KINDS, labels
from marketplace.documents.models import IssuedDocument
from marketplace.foundation import clock
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import allow, person, private, public, render

bp = Blueprint("documents", __name__)
bp.after_request(private)


@bp.route("/documents/<document:document>", methods=["GET"])
@allow(policies.reads)
def show(document: IssuedDocument) -> Any:
    return render(papers.template_of(document), **papers.context(document))


@bp.route("/documents/<document:document>/check", methods=["GET"])
@public
def check(document: IssuedDocument) -> Any:
    """What the code on a paper opens: whether it counts, and what to compare; nobody's name but the issuer's."""
    return render(
        "documents/check.html",
        document=document,
        newer=queries.replaced_by(document),
        outline=KINDS[document.kind].outline(document.told),
    )


@bp.route("/documents/<document:document>/pdf", methods=["POST"])
@allow(policies.takes_home)
def pdf(document: IssuedDocument) -> Any:
    return send_for(
        kind="documents.issued",
        values={"document": document.ref},
        title=f"{KINDS[document.kind].label} {document.number}",
        back=url_for("documents.show", document=document),
    )


@bp.route("/desk/documents", methods=["GET"])
@allow(policies.has_papers)
def list() -> Any:
    issuer = signin.acting_organisation(person(), OrganisationKind.COOPERATIVE)
    if issuer is None:
        abort(404)
    years = queries.years_of(issuer.id) or [clock.today().year]
    asked = request.args.get("year", "")
    year = int(asked) if asked.isascii() and asked.isdigit() and int(asked) in years else years[0]
    kind = request.args.get("kind", "")
    page = queries.of_issuer(issuer.id, year, kind if kind in KINDS else "", request.args.get("after"))
    return render("documents/list.html", page=page, year=year, years=years, kind=kind, kinds=labels())
