"""One contract: what it says, writing it, offering it, annexes, how far it is, its end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request, url_for

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.states import ProductState
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.papers.views import send_for
from marketplace.foundation.web import Form, acted, allow, flash, person, private, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.linkage import (
    agreement,
    arriving,
    asides,
    awarded,
    beside,
    ladder,
    need_words,
    policies,
    promising,
    queries,
    services,
)
from marketplace.linkage.eligibility import eligibility
from marketplace.linkage.forms.contract import AnnexForm, WordsForm, price_form
from marketplace.linkage.forms.section import section_form
from marketplace.linkage.models import AgreedPrice, Contract, ContractVersion, NeedAward, Quote
from marketplace.linkage.papers.contract import context
from marketplace.linkage.queries.contract import side_of
from marketplace.linkage.seat import ContractSeat
from marketplace.linkage.states.contract import ContractSide, VersionState
from marketplace.linkage.terms import BY_KEY, SECTIONS, Content

ROW_NAMES = {
    "lines": _l("Products"),
    "spans": _l("Stretches of time"),
    "grades": _l("Grades and prices"),
    "inputs": _l("Inputs given ahead"),
}
bp = Blueprint("contracts", __name__, url_prefix="/contracts")
bp.after_request(private)


def seat_of(contract: Contract) -> ContractSeat:
    return ContractSeat(side_of(person(), contract) or abort(404))


@bp.route("/of/<need_award:award>", methods=["GET", "POST"])
@allow(policies.makes_contract)
def of_award(award: NeedAward) -> Any:
    """What was awarded becomes a contract: what would stand in it, and the one that was begun already."""
    begun = queries.contract_of_award(award.source)
    form = Form()
    if form.submitted():
        with form.reporting(), transaction():
            made = services.contract_from_award(award=award, by=person())
            flash(_("Begun. What was awarded stands in it already: fill in the rest, then offer it."))
            return redirect_to("contracts.show", contract=made.ref)
    return render(
        "linkage/contract/of_award.html",
        award=award,
        need=award.need,
        title=need_words.title(award.need),
        answer=awarded.origin_words(awarded.answer_of(award.source)),
        deal=awarded.deal_of(award),
        place=arriving.address_told(award.need.place),
        begun=begun,
        visible=begun is not None and queries.contract_by_ref(begun.ref, person()) is not None,
        form=form,
        seat=ContractSeat(side_of_award(person(), award)),
    )


def side_of_award(user: Any, award: NeedAward) -> ContractSide:
    """On which side of its contract this person would stand."""
    if award.cooperative.organisation_id in user.organisation_ids:
        return ContractSide.SELLER
    return ContractSide.BUYER if award.need.organisation_id in user.organisation_ids else ContractSide.OFFICE


@bp.route("/<contract:contract>", methods=["GET"])
@allow(policies.reads_contract)
def show(contract: Contract) -> Any:
    return page(contract)


def page(contract: Contract, **forms: Form) -> Any:
    """The contract at a glance; a refused form stands in the place of a fresh one."""
    version = queries.open_version(contract)
    shown = version or queries.version_in_force(contract) or contract.versions[0]
    content = queries.content_shown(shown, person())
    in_force = queries.content_in_force(contract)
    fresh: dict[str, Any] = {
        "no": WordsForm(prefix="no-", formdata=None),
        "pause": WordsForm(prefix="pause-", formdata=None),
        "finish": WordsForm(prefix="finish-", formdata=None),
        "annex": AnnexForm(prefix="annex-", formdata=None),
    }
    if in_force is not None:
        board = in_force["price"].get("board")
        fresh["price"] = price_form(
            agreement.price_rule(in_force), board, last=contract.last_priced_day, formdata=None
        )
    return render(
        "linkage/contract/show.html",
        contract=contract,
        version=version,
        shown=shown,
        content=content,
        tasks=agreement.missing_all(content),
        ladder=ladder.of_contract(contract) if in_force is not None else None,
        coming=queries.call_off.next_of(contract.id) if in_force is not None else [],
        weeks=agreement.by_week(agreement.schedule(content))
        if shown.state is not VersionState.DRAFTED
        else {},
        value=agreement.value(content) if content["quantity"]["spans"] else 0,
        quantity=agreement.quantity(content) if content["quantity"]["spans"] else 0,
        support=eligibility(content, queries.figures_on(contract.created_at.date())),
        set_aside=sum(promising.set_aside(contract).values()),
        prices=queries.prices_of(contract.id),
        revisions=queries.revisions_of(contract),
        history=history_of("contract", contract.id),
        seat=seat_of(contract),
        blocks=beside.of_contract(contract, person()) if in_force is not None else [],
        origin=_origin(contract),
        asides=asides.filled("contract", contract, person()),
        **{**fresh, **forms},
    )


@bp.route("/versions/<contract_version:version>/sections/<section>", methods=["GET", "POST"])
@allow(policies.writes_version)
def write(version: ContractVersion, section: str) -> Any:
    """One section, filled in on its own page; the next one follows."""
    known = BY_KEY.get(section) or abort(404)
    content = queries.content_shown(version, person())
    form = section_form(known, content, _products(version.contract, content))
    if form.submitted():
        with form.reporting(), transaction():
            services.fill_in(version=version, section=section, told=form.told(), by=person())
            flash(_("%(section)s: kept.", section=known.label))
            following = _following(section)
            if "next" in request.form and following:
                return redirect_to("contracts.write", version=version, section=following)
            return redirect_to("contracts.show", contract=version.contract)
    return render(
        "linkage/contract/section.html",
        form=form,
        section=known,
        version=version,
        contract=version.contract,
        names=ROW_NAMES,
        at=SECTIONS.index(known) + 1,
        of=len(SECTIONS),
        following=_following(section),
        seat=seat_of(version.contract),
    )


@bp.route("/versions/<contract_version:version>/offer", methods=["POST"])
@allow(policies.writes_version)
def offer(version: ContractVersion) -> Any:
    said = _("Offered. The other side was told; both can sign now.")
    return _pressed(version.contract, services.offer, said, version=version)


@bp.route("/versions/<contract_version:version>/reopening", methods=["POST"])
@allow(policies.reopens_version)
def reopen(version: ContractVersion) -> Any:
    said = _("It is yours to change now. Offer it again when you are done.")
    return _pressed(version.contract, services.reopen, said, version=version)


@bp.route("/versions/<contract_version:version>/dropping", methods=["POST"])
@allow(policies.drops_version)
def drop(version: ContractVersion) -> Any:
    said = _("Given up. Nothing of it holds.")
    return _reasoned("no", version.contract, services.drop, said, version=version)


@bp.route("/<contract:contract>/annexes", methods=["POST"])
@allow(policies.begins_annex)
def begin_annex(contract: Contract) -> Any:
    form = AnnexForm(prefix="annex-")
    said = _("Change the sections that the annex is about, then offer it.")

    def verb() -> None:
        services.begin_annex(contract=contract, reason=form.reason.data, by=person())

    return _done(contract, "annex", form, verb, said)


@bp.route("/<contract:contract>/copy", methods=["POST"])
@allow(policies.copies_contract)
def copy(contract: Contract) -> Any:
    """The next contract between the same two, without days and schedule."""
    form = Form()
    with form.reporting(), transaction():
        made = services.copy_contract(contract=contract, title=contract.title, by=person())
        flash(_("Copied without days and schedule: write the new ones."))
        return redirect_to("contracts.show", contract=made.ref)
    return page(contract, form=form)


@bp.route("/<contract:contract>/hold", methods=["POST"])
@allow(policies.holds_contract)
def hold(contract: Contract) -> Any:
    said = _("The contract is on hold; the other side was told.")
    return _reasoned("pause", contract, services.hold, said, contract=contract)


@bp.route("/<contract:contract>/resumption", methods=["POST"])
@allow(policies.resumes_contract)
def resume(contract: Contract) -> Any:
    return _pressed(contract, services.resume, _("The contract goes on."), contract=contract)


@bp.route("/<contract:contract>/termination", methods=["POST"])
@allow(policies.ends_contract)
def terminate(contract: Contract) -> Any:
    said = _("The contract is terminated; what was delivered is still settled.")
    return _reasoned("finish", contract, services.terminate, said, contract=contract)


@bp.route("/<contract:contract>/prices", methods=["POST"])
@allow(policies.computes_price)
def compute_price(contract: Contract) -> Any:
    content = queries.content_in_force(contract) or abort(404)
    form = price_form(
        agreement.price_rule(content), content["price"].get("board"), last=contract.last_priced_day
    )
    said = _("The price is computed and kept with what went in.")

    def verb() -> None:
        services.compute_price(contract=contract, **form.told(), by=person())

    return _done(contract, "price", form, verb, said)


@bp.route("/prices/<contract_price:price>/agreement", methods=["POST"])
@allow(policies.agrees_price)
def agree_price(price: AgreedPrice) -> Any:
    return _pressed(price.contract, services.agree_price, _("You confirmed this price."), price=price)


@bp.route("/<contract:contract>/comparison", methods=["GET"])
@allow(policies.reads_contract)
def compare(contract: Contract) -> Any:
    """What was changed from one offered text to another; at first the last two."""
    revisions = queries.revisions_of(contract)
    by_id = {revision.id: (version, revision) for version, revision in revisions}
    ids = [revision.id for _version, revision in revisions]
    if not ids:
        abort(404)
    older = _chosen(request.args.get("older"), ids, ids[-2] if len(ids) > 1 else ids[-1])
    newer = _chosen(request.args.get("newer"), ids, ids[-1])
    return render(
        "linkage/contract/compare.html",
        contract=contract,
        revisions=revisions,
        older=by_id[older],
        newer=by_id[newer],
        differences=agreement.differences(by_id[older][1].told, by_id[newer][1].told),
        seat=seat_of(contract),
    )


@bp.route("/versions/<contract_version:version>/paper", methods=["GET"])
@allow(policies.reads_contract_version)
def paper(version: ContractVersion) -> Any:
    """As it is printed, in both languages; a draft says that it is one."""
    return render("linkage/contract/paper.html", **context(version, queries.content_shown(version, person())))


@bp.route("/versions/<contract_version:version>/pdf", methods=["POST"])
@allow(policies.reads_contract_version)
def pdf(version: ContractVersion) -> Any:
    if version.offered is None:
        abort(404)
    return send_for(
        kind="linkage.contract",
        values={"version_id": version.id},
        title=f"{version.contract.number} {version.contract.title}",
        back=f"/contracts/{version.contract.ref}",
    )


def _pressed(contract: Contract, verb: Callable[..., Any], said: str, /, **subject: Any) -> Any:
    """A verb that needs no more than the press, and back to the contract."""
    return _done(contract, "form", Form(), lambda: verb(**subject, by=person()), said)


def _reasoned(name: str, contract: Contract, verb: Callable[..., Any], said: str, /, **subject: Any) -> Any:
    """A verb that the other side reads a reason of; `name` is that of its form on the page."""
    form = WordsForm(prefix=f"{name}-")
    return _done(contract, name, form, lambda: verb(**subject, reason=form.words.data, by=person()), said)


def _done(contract: Contract, name: str, form: Form, verb: Callable[[], Any], said: Any) -> Any:
    """What the form of that name on the page asks for, and back to the contract."""
    return acted(
        form,
        verb,
        said,
        then=lambda _done: redirect_to("contracts.show", contract=contract),
        again=lambda form: page(contract, **{name: form}),
    )


def _origin(contract: Contract) -> tuple[str, str] | None:
    """What it comes from, in words, and the page of that on this side."""
    if not contract.of_award:
        return None
    answer = awarded.answer_of(contract.origin)
    side = seat_of(contract).side
    if side is ContractSide.OFFICE:
        page = url_for("office_requests.show", need=answer.need)
    elif isinstance(answer, Quote):
        name = "desk_quotes" if side is ContractSide.SELLER else "buyer_quotes"
        page = url_for(f"{name}.show", quote=answer)
    elif side is ContractSide.SELLER:
        page = url_for("lead_pools.show", pool=answer)
    else:
        page = url_for("buyer_pools.answer", pool=answer)
    return awarded.origin_words(answer), page


def _products(contract: Contract, content: Content) -> list[tuple[int, str, str]]:
    """The seller's products in a list: retired ones cannot be promised. The goods of a pool stand as they are: its
    members bring what they said."""
    if contract.of_pool and content["goods"]["lines"]:
        return [(line["product_id"], line["name"], line["name_en"]) for line in content["goods"]["lines"]]
    return [
        (product.id, product.name_vi, product.name_en)
        for product in catalogue.all_of_cooperative(contract.cooperative_id)
        if product.state is not ProductState.RETIRED
    ]


def _following(section: str) -> str:
    keys = [each.key for each in SECTIONS]
    at = keys.index(section) + 1
    return keys[at] if at < len(keys) else ""


def _chosen(asked: str | None, ids: list[int], otherwise: int) -> int:
    number = int(asked) if asked and asked.isascii() and asked.isdigit() and len(asked) < 12 else 0
    return number if number in ids else otherwise
