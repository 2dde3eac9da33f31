"""The registry at the alliance's office: members, what waits to be verified, each one's dossier and life."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, abort, request

from marketplace.accounts import passwords
from marketplace.accounts import queries as people
from marketplace.accounts import services as people_services
from marketplace.accounts.again import asks_again
from marketplace.accounts.states import ROLE_LABELS
from marketplace.cooperatives import panels, policies, queries, services
from marketplace.cooperatives.banks import BANKS
from marketplace.cooperatives.forms import AccountForm, HeirForm, ReasonForm, RegistryForm
from marketplace.cooperatives.models import BankAccount, Certificate, Cooperative
from marketplace.cooperatives.states import (
    BY_HAND,
    CERTIFICATE_ENTRY,
    KIND_LABELS,
    MEMBER_LABELS,
    MOVE_LABELS,
    PAPER_LABELS,
    PAPER_STATE_LABELS,
    SECTOR_LABELS,
    Kind,
    MemberState,
    Sector,
    member_lifecycle,
)
from marketplace.cooperatives.views import desk
from marketplace.cooperatives.views.identity import seller_identity
from marketplace.foundation import clock
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.media import send_document
from marketplace.foundation.sheets import send_sheet
from marketplace.foundation.web import allow, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox import queries as inbox
from marketplace.places import queries as places
from marketplace.places.models import Address
from marketplace.places.services import confirm_unit, make_address

bp = Blueprint("office_members", __name__, url_prefix="/office/members")
EXPORTED = 5000


@bp.route("", methods=["GET"])
@allow(policies.keeps_registry)
def members() -> Any:
    """Everyone in the registry, by words and state."""
    text, state = _asked()
    return render(
        "cooperatives/office/members.html",
        page=queries.members(text=text, state=state, after=request.args.get("after")),
        waiting=queries.queues(),
        q=text,
        state=state or "",
        states=MEMBER_LABELS,
        kinds=KIND_LABELS,
        short=places.short_label,
    )


@bp.route("/export.<any(xlsx, csv):kind>", methods=["GET"])
@allow(policies.keeps_registry)
def export(kind: str) -> Any:
    """The list as asked for, as a sheet."""
    text, state = _asked()
    found = queries.members(text=text, state=state, size=EXPORTED).rows
    columns = [
        _("Full name"), _("Short name"), _("Kind"), _("State"), _("Sector"), _("Tax code"), _("Registration number"),
        _("Registered on"), _("Registered at"), _("Head office"), _("Phone"), _("E-mail"), _("Legal representative"),
        _("Title"), _("Charter capital"), _("Members"), _("Households served"), _("Workers"), _("Land in hectares"),
        _("Admitted on"),
    ]  # fmt: skip
    return send_sheet(_("Members"), columns, map(_row, found), kind)


def _row(one: Cooperative) -> list[Any]:
    return [
        one.name, one.short_name, KIND_LABELS[one.kind], MEMBER_LABELS[one.state], SECTOR_LABELS[one.sector],
        one.tax_code, one.registration_no, one.registered_on, one.register_office, places.label(one.address),
        one.phone, one.email, one.legal_rep_name, one.legal_rep_title, one.charter_capital, one.members_official,
        one.households_served, one.workers, one.area_ha, one.admitted_on,
    ]  # fmt: skip


def _asked() -> tuple[str, MemberState | None]:
    state = request.args.get("state", "")
    return request.args.get("q", "")[:80], MemberState(state) if state in set(MemberState) else None


# --- one member -----------------------------------------------------------------------------------


@bp.route("/new", methods=["GET", "POST"])
@allow(policies.keeps_registry)
def new() -> Any:
    """Enter a cooperative by hand."""
    form = RegistryForm()
    if form.submitted():
        with form.reporting(), transaction():
            values = form.values()
            values["tax_code"], fits = services.check_tax_code(values["tax_code"])
            made = services.enter(
                kind=Kind(values.pop("kind")),
                name=values.pop("name"),
                sector=Sector(values.pop("sector")),
                address=make_address(unit_id=form.place.unit_id, line1=form.line1.data or "", by=person()),
                tax_code_unchecked=not fits,
                by=person(),
                **values,
            )
            flash(_("The cooperative is entered in the registry."))
            return redirect_to("office_members.one", member=made.slug)
    return render("cooperatives/office/edit.html", form=form, member=None)


@bp.route("/<member:member>", methods=["GET"])
@allow(policies.keeps_registry)
def one(member: Cooperative) -> Any:
    return _page(member, ReasonForm())


@bp.route("/<member:member>/data", methods=["GET", "POST"])
@allow(policies.keeps_registry)
def edit(member: Cooperative) -> Any:
    form = RegistryForm(obj=member)
    if request.method == "GET":
        desk.show_address(form, member)
    if form.submitted():
        with form.reporting(), transaction():
            desk.save(form, member)
            flash(_("The data are saved."))
            return redirect_to("office_members.one", member=member)
    return render("cooperatives/office/edit.html", form=form, member=member)


@bp.route("/<member:member>/moves/<step>", methods=["POST"])
@allow(policies.keeps_registry)
def move(member: Cooperative, step: str) -> Any:
    """Take up, admit, send back, turn down, suspend, admit again, record that it left."""
    if step not in BY_HAND:
        abort(404)
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.advance(cooperative=member, step=step, reason=form.reason.data or "", by=person())
            flash(_("Done: %(step)s.", step=MOVE_LABELS[step]))
            return redirect_to("office_members.one", member=member)
    return _page(member, form)


@bp.route("/<member:member>/place", methods=["GET", "POST"])
@allow(policies.keeps_registry)
def place(member: Cooperative) -> Any:
    """The commune of the paper was divided: somebody says in which of today's communes the office lies."""
    address = member.address
    if address is None or address.unit_as_written is None:
        abort(404)
    form = HeirForm()
    form.place.choices = [(heir.id, places.path_of(heir)) for heir in _heirs(address)]
    if form.submitted():
        with form.reporting(), transaction():
            confirm_unit(address=address, unit_id=form.place.data, by=person())
            services.change(cooperative=member, address=address, by=person())
            flash(_("Today's commune is set."))
            return redirect_to("office_members.one", member=member)
    return render("cooperatives/office/place.html", form=form, member=member, written=places.label(address))


def _heirs(address: Address) -> Any:
    return places.current_of(address.unit_as_written) if address.unit_as_written else []


@bp.route("/<member:member>/papers/<int:paper_id>", methods=["GET"])
@allow(policies.keeps_registry)
def paper(member: Cooperative, paper_id: int) -> Any:
    found = next((one for one in queries.dossier_of(member) if one.id == paper_id), None)
    return send_document(found.document) if found else abort(404)


def _page(member: Cooperative, form: ReasonForm) -> Any:
    moves = [step for step in BY_HAND if member_lifecycle.allows(member, step)]
    certificates = queries.certificates_of(member.id)
    return render(
        "cooperatives/office/member.html",
        form=form,
        member=member,
        moves=[(name, MOVE_LABELS[name]) for name in moves],
        state=MEMBER_LABELS[member.state],
        identity=seller_identity(member),
        panels=panels.filled(member, panels.OFFICE),
        papers=queries.dossier_of(member),
        certificates=certificates,
        entries=inbox.newest_of(CERTIFICATE_ENTRY, [each.id for each in certificates]),
        labels=PAPER_LABELS,
        states=PAPER_STATE_LABELS,
        account=queries.verified_account(member.organisation_id),
        waiting=queries.waiting_account(member.organisation_id),
        banks=BANKS,
        people=people.members_of(member.organisation_id),
        roles=ROLE_LABELS,
        history=history_of("cooperative", member.id, limit=50),
        today=clock.today(),
    )


# --- what waits to be verified --------------------------------------------------------------------


@bp.route("/certificates", methods=["GET"])
@allow(policies.keeps_registry)
def certificates() -> Any:
    return _certificates(ReasonForm())


@bp.route("/certificates/<certificate:certificate>/paper", methods=["GET"])
@allow(policies.keeps_registry)
def certificate_paper(certificate: Certificate) -> Any:
    return send_document(certificate.document) if certificate.document else abort(404)


@bp.route("/certificates/<certificate:certificate>/<any(verification, rejection):what>", methods=["POST"])
@allow(policies.keeps_registry)
def judge_certificate(certificate: Certificate, what: str) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            if what == "verification":
                services.verify_certificate(certificate=certificate, by=person())
            else:
                services.reject_certificate(
                    certificate=certificate, reason=form.reason.data or "", by=person()
                )
            flash(_("Kept. The cooperative is told."))
            return redirect_to("office_members.certificates")
    return _certificates(form)


def _certificates(form: ReasonForm) -> Any:
    waiting = queries.waiting_certificates().rows
    return render(
        "cooperatives/office/certificates.html",
        form=form,
        waiting=waiting,
        entries=inbox.newest_of(CERTIFICATE_ENTRY, [each.id for each in waiting]),
        labels=PAPER_LABELS,
        today=clock.today(),
    )


@bp.route("/accounts", methods=["GET"])
@allow(policies.checks_accounts)
def accounts() -> Any:
    return _accounts(ReasonForm())


@bp.route("/accounts/<bank_account:account>/<any(verification, rejection):what>", methods=["POST"])
@allow(policies.checks_accounts)
@asks_again()
def judge_account(account: BankAccount, what: str) -> Any:
    form = ReasonForm()
    if form.submitted():
        with form.reporting(), transaction():
            if what == "verification":
                if _to_be_agreed(account, form):
                    flash(_("Proposed. Another officer has to agree before it is used."), "wait")
                    return redirect_to("office_members.accounts")
            else:
                services.reject_bank_account(account=account, reason=form.reason.data or "", by=person())
            flash(_("Kept. The cooperative is told."))
            return redirect_to("office_members.accounts")
    return _accounts(form)


def _to_be_agreed(account: BankAccount, form: ReasonForm) -> bool:
    """Verified at once, or proposed to another officer."""
    proposed = people_services.act_or_propose(
        kind="bank-account",
        subject_id=account.id,
        told=f"{account.holder} · {account.number}",
        reason=form.reason.data or "",
        by=person(),
    )
    return proposed is not None


@bp.route("/alliance-account", methods=["GET", "POST"])
@allow(policies.checks_accounts)
@asks_again()
def alliance_account() -> Any:
    """Where fees of the alliance's own fairs are paid; named with the password, verified by another officer."""
    alliance = people.alliance() or abort(404)
    form = AccountForm()
    if form.submitted():
        with form.reporting(), transaction():
            who = person()
            if not passwords.fits(form.password.data, who.password_hash):
                raise Refusal(_l("This is not your password now."), field="password")
            services.ask_alliance_account(
                alliance=alliance,
                bin=form.bin.data,
                number=form.number.data,
                holder=form.holder.data,
                by=who,
            )
            flash(_("Another officer has to verify it. Until then the old account stays in use."))
            return redirect_to("office_members.alliance_account")
    return render(
        "cooperatives/office/alliance_account.html",
        form=form,
        reason=ReasonForm(formdata=None),
        account=queries.verified_account(alliance.id),
        waiting=queries.waiting_account(alliance.id),
        alliance=alliance,
        banks=BANKS,
        history=history_of("organisation", alliance.id),
    )


def _accounts(form: ReasonForm) -> Any:
    waiting = [
        (account, one, queries.verified_account(one.organisation_id))
        for account, one in queries.waiting_accounts().rows
    ]
    return render("cooperatives/office/accounts.html", form=form, waiting=waiting, banks=BANKS)
