"""A cooperative's own corner: its data, story, photos, papers, certificates and bank account."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts import passwords
from marketplace.cooperatives import policies, queries, services
from marketplace.cooperatives.banks import BANKS
from marketplace.cooperatives.forms import (
    AccountForm,
    CertificateForm,
    OwnDataForm,
    PaperForm,
    PhotoForm,
    RegistryForm,
)
from marketplace.cooperatives.models import Certificate, Cooperative
from marketplace.cooperatives.states import (
    CERTIFICATE_ENTRY,
    KIND_LABELS,
    MEMBER_LABELS,
    PAPER_LABELS,
    PAPER_STATE_LABELS,
    MemberState,
    PaperKind,
)
from marketplace.cooperatives.views.identity import seller_identity
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import send_document
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox import queries as inbox
from marketplace.places.services import make_address

bp = Blueprint("desk_profile", __name__, url_prefix="/desk/profile")
OPEN = {MemberState.APPLIED, MemberState.UNDER_REVIEW}


def _own() -> Cooperative:
    found = queries.desk_cooperative(person())
    if found is None:
        abort(404)
    return found


def _direct(cooperative: Cooperative) -> None:
    if not policies.directs(person(), cooperative):
        abort(403)


@bp.route("", methods=["GET"])
@allow(policies.has_desk)
def show() -> Any:
    own = _own()
    return render(
        "cooperatives/desk/profile.html",
        cooperative=own,
        identity=seller_identity(own),
        state=MEMBER_LABELS[own.state],
        papers=queries.dossier_of(own),
        certificates=queries.certificates_of(own.id),
        account=queries.verified_account(own.organisation_id),
        moves=queries.moves_of(own),
        history=history_of("cooperative", own.id, limit=20),
        kinds=KIND_LABELS,
    )


@bp.route("/data", methods=["GET", "POST"])
@allow(policies.has_desk)
def edit() -> Any:
    """Own data at once; legal data too while nobody has admitted the cooperative."""
    own = _own()
    _direct(own)
    legal = own.state in OPEN
    form = RegistryForm(obj=own) if legal else OwnDataForm(obj=own)
    if legal and request.method == "GET":
        show_address(form, own)
    if form.submitted():
        with form.reporting(), transaction():
            save(form, own)
            flash(_("Your data are saved."))
            return redirect_to("desk_profile.show")
    return render("cooperatives/desk/edit.html", form=form, cooperative=own, legal=legal)


@bp.route("/papers", methods=["GET", "POST"])
@allow(policies.has_desk)
def papers() -> Any:
    own = _own()
    _direct(own)
    form = PaperForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_dossier_paper(
                cooperative=own,
                title=form.title.data,
                stream=form.file.data,
                filename=form.file.data.filename,
                by=person(),
            )
            flash(_("The paper is kept."))
            return redirect_to("desk_profile.papers")
    return render("cooperatives/desk/papers.html", form=form, cooperative=own, papers=queries.dossier_of(own))


@bp.route("/papers/<int:paper_id>", methods=["GET"])
@allow(policies.has_desk)
def paper(paper_id: int) -> Any:
    found = next((one for one in queries.dossier_of(_own()) if one.id == paper_id), None)
    return send_document(found.document) if found else abort(404)


@bp.route("/certificates", methods=["GET", "POST"])
@allow(policies.has_desk)
def certificates() -> Any:
    own = _own()
    form = CertificateForm()
    if form.submitted():
        with form.reporting(), transaction():
            values = form.values()
            services.add_certificate(
                cooperative=own,
                **{**values, "kind": PaperKind(values["kind"])},
                stream=form.file.data,
                filename=form.file.data.filename,
                by=person(),
            )
            flash(
                _("The certificate was sent to the alliance. It shows on your products once it is verified.")
            )
            return redirect_to("desk_profile.certificates")
    papers = queries.certificates_of(own.id)
    return render(
        "cooperatives/desk/certificates.html",
        form=form,
        certificates=papers,
        entries=inbox.newest_of(CERTIFICATE_ENTRY, [each.id for each in papers]),
        labels=PAPER_LABELS,
        states=PAPER_STATE_LABELS,
        today=clock.today(),
    )


@bp.route("/certificates/<certificate:certificate>/paper", methods=["GET"])
@allow(policies.has_desk)
def certificate_paper(certificate: Certificate) -> Any:
    return send_document(certificate.document) if certificate.document else abort(404)


@bp.route("/bank-account", methods=["GET", "POST"])
@allow(policies.has_desk)
def bank_account() -> Any:
    """The director names a new account with the password once more; the old one stays until it is verified."""
    own = _own()
    _direct(own)
    form = AccountForm()
    if form.submitted():
        with form.reporting(), transaction():
            who = person()
            if not passwords.fits(form.password.data, who.password_hash):
                raise Refusal(_l("This is not your password now."), field="password")
            services.ask_bank_account(
                cooperative=own,
                bin=form.bin.data,
                number=form.number.data,
                holder=form.holder.data,
                by=who,
            )
            flash(
                _(
                    "The alliance will check the new account and call you. Until then the old one stays in use."
                )
            )
            return redirect_to("desk_profile.bank_account")
    return render(
        "cooperatives/desk/bank_account.html",
        form=form,
        account=queries.verified_account(own.organisation_id),
        waiting=queries.waiting_account(own.organisation_id),
        banks=BANKS,
    )


@bp.route("/photos", methods=["GET", "POST"])
@allow(policies.has_desk)
def photos() -> Any:
    own = queries.by_slug(_own().slug) or _own()
    form = PhotoForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.add_photo(
                cooperative=own, stream=form.photo.data, filename=form.photo.data.filename, by=person()
            )
            flash(_("The photo is kept; it shows in a moment."))
            return redirect_to("desk_profile.photos")
    return render("cooperatives/desk/photos.html", form=form, cooperative=own)


@bp.route("/photos/<int:photo_id>/removal", methods=["POST"])
@allow(policies.has_desk)
def remove_photo(photo_id: int) -> Any:
    own, form = queries.by_slug(_own().slug), Form()
    with form.reporting(), transaction():
        shown = next((one for one in own.photos if one.id == photo_id), None) if own else None
        if own is None or shown is None:
            abort(404)
        own.photos.remove(shown)
        flash(_("The photo is taken away."))
    return redirect_to("desk_profile.photos")


def show_address(form: RegistryForm, cooperative: Cooperative) -> None:
    """What the paper says stands in the field of the address."""
    address = cooperative.address
    if address is not None:
        form.line1.data = address.line1
        if unit_id := address.unit_as_written_id or address.unit_current_id:
            form.place.choose(unit_id)


def save(form: OwnDataForm, cooperative: Cooperative) -> None:
    """Write a data form down. In a transaction."""
    values, address = form.values(), None
    if isinstance(form, RegistryForm):
        values["tax_code"], fits = services.check_tax_code(values["tax_code"])
        values["tax_code_unchecked"] = not fits
        if not fits:
            flash(_("The check digit of this tax code does not fit. It is kept as not verified."), "wait")
        old = cooperative.address
        if old is None or (old.unit_as_written_id, old.line1) != (form.place.unit_id, form.line1.data or ""):
            address = make_address(line1=form.line1.data or "", unit_id=form.place.unit_id, by=person())
    services.change(cooperative=cooperative, address=address, by=person(), **values)
