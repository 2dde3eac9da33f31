"""What whoever holds a link sees: the table, the papers one by one, and the pack. Nobody signs in."""

from __future__ import annotations

import io
from typing import Any

from flask import Blueprint, Response, abort, send_file, url_for

from marketplace.dossiers import queries, services
from marketplace.dossiers.models import DossierLink
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media import decode, send_document, store
from marketplace.foundation.media.models import Document
from marketplace.foundation.media.refusals import PhotoRefused
from marketplace.foundation.media.states import DocumentKind
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import public, render
from marketplace.foundation.web.headers import private
from marketplace.foundation.words import _

bp = Blueprint("dossier_links", __name__, url_prefix="/dossier/<dossier_link:link>")
bp.after_request(private)


@bp.route("", methods=["GET"])
@public
def show(link: DossierLink) -> Any:
    if not link.opens_at(clock.now()):
        return render("dossiers/link/ended.html", status=410, link=link)
    with transaction():
        services.count_opening(link=link)
    opened = _living(link.ref)
    return render("dossiers/link/show.html", link=opened, dossier=queries.linked(opened))


@bp.route("/papers/<int:paper_id>", methods=["GET"])
@public
def paper(link: DossierLink, paper_id: int) -> Any:
    """Only what the table shows as there and that names no person."""
    handed_out = queries.linked(_living(link.ref)).handed_out
    found = next((paper for paper in handed_out if paper.id == paper_id), None)
    document = queries.document_of(found.id) if found else None
    return _given_out(document) if document else abort(404)


@bp.route("/pack", methods=["POST"])
@public
def pack(link: DossierLink) -> Any:
    found = _living(link.ref)
    return send_for(
        kind="dossiers.link",
        values={"link": found.ref},
        title=_("Papers of %(product)s", product=found.product.name),
        back=url_for("dossier_links.show", link=found),
    )


def _living(ref: str) -> DossierLink:
    found = queries.link_by_ref(ref)
    if found is None or not found.opens_at(clock.now()):
        abort(404)
    return found


def _given_out(document: Document) -> Response:
    """A PDF as it came; a photo without its place, time and device."""
    if document.kind is DocumentKind.PDF:
        return send_document(document)
    try:
        bare = decode.bare_copy(store.private().get(document.ref))
    except (store.Missing, PhotoRefused):
        abort(404)
    name = f"{document.filename.rpartition('.')[0] or document.ref}.jpg"
    return send_file(io.BytesIO(bare), "image/jpeg", as_attachment=True, download_name=name)
