"""Keeping a request: the same pages for its buyer, and for the alliance that wrote it down for them."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from flask import abort, request, url_for

from marketplace.foundation.audit import history_of
from marketplace.foundation.audit.recorder import acting_for
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, acted, flash, person, redirect_to, render
from marketplace.foundation.words import _, _l
from marketplace.inbox import queries as inbox
from marketplace.linkage import (
    asides,
    match_words,
    need_words,
    policies,
    queries,
    services,
    suppliers,
    written,
)
from marketplace.linkage.forms import need as forms
from marketplace.linkage.models import Need
from marketplace.linkage.states import SECTION_LABELS, Done, NeedState, Section
from marketplace.selection.states import Entered

FORMS: dict[Section, Callable[[Need], forms.SectionForm]] = {
    Section.GOODS: forms.GoodsForm,
    Section.AMOUNTS: forms.amounts_form,
    Section.DELIVERY: forms.DeliveryForm,
    Section.PAPERS: forms.papers_form,
    Section.MORE: forms.more_form,
    Section.TERMS: forms.TermsForm,
    Section.DEADLINES: forms.DeadlinesForm,
}
VERBS: dict[Section, Callable[..., None]] = {
    Section.GOODS: services.set_goods,
    Section.AMOUNTS: services.set_amounts,
    Section.DELIVERY: services.set_delivery,
    Section.PAPERS: services.set_papers,
    Section.MORE: services.set_more,
    Section.TERMS: services.set_terms,
    Section.DEADLINES: services.set_deadlines,
}


@dataclass(frozen=True)
class Ending:
    """A way to end a request: its verb, who may, the words of its page."""

    verb: Callable[..., None]
    may: Callable[..., bool]
    title: Any
    words: Any
    said: Any


ENDINGS = {
    "withdrawal": Ending(
        services.withdraw_need,
        policies.may_withdraw_need,
        _l("Withdraw this request"),
        _l(
            "No quotes are taken any more, and those that came are void. Everybody who quoted reads your reason."
        ),
        _l("The request is withdrawn."),
    ),
    "cancellation": Ending(
        services.cancel_need,
        policies.may_cancel_need,
        _l("Cancel this request"),
        _l("Nothing is bought by it. Everybody who quoted reads your reason."),
        _l("The request is cancelled."),
    ),
    "none": Ending(
        services.choose_none,
        policies.may_choose_none,
        _l("No quote is suitable"),
        _l("The request ends without a choice. Everybody who quoted reads your reason."),
        _l("Kept: no quote was suitable."),
    ),
}


@dataclass(frozen=True)
class Pages:
    """One side's pages: the name of their blueprint and the frame around them."""

    name: str
    frame: str

    def there(self, page: str, **values: Any) -> str:
        return url_for(f"{self.name}.{page}", **values)

    def quotes_there(self, page: str, **values: Any) -> str:
        """Among this side's pages of quotes and awards."""
        return url_for(f"{self.name.replace('requests', 'quotes')}.{page}", **values)

    def go(self, page: str, **values: Any) -> Any:
        return redirect_to(f"{self.name}.{page}", **values)

    # --- one request ------------------------------------------------------------------------------

    def show(self, need: Need, *forms_shown: Form) -> Any:
        """A draft as a list of what is to do; an open one with its questions, changes and history."""
        refused = next((form for form in forms_shown if form.refused), None)
        return render(
            "linkage/need/draft.html" if need.state is NeedState.DRAFT else "linkage/need/show.html",
            frame=self.frame,
            there=self.there,
            need=need,
            title=need_words.title(need),
            facts=need_words.facts(need, address=True),
            progress=queries.progress(need),
            missing=queries.missing(need),
            entry=inbox.newest_about(written.NEED, need.id),
            done=Done,
            questions=queries.questions_asked(need.id),
            amendments=queries.amendments_of(need.id),
            awards=queries.stepped_up(queries.awards_of(need.id)),
            quoted=queries.count_quotes([need.id]).get(need.id, 0),
            quotes_page=self.quotes_there("list", need=need),
            quotes_there=self.quotes_there,
            history=history_of("need", need.id),
            asides=asides.filled("need", need, person()),
            form=refused or Form(formdata=None),
            answering=request.view_args.get("number") if refused and request.view_args else None,
            typed=request.form.get("words", "") if refused else "",
        )

    def section(self, need: Need, name: str) -> Any:
        section = Section(name)
        if section is Section.MORE and not queries.asks_more(need):
            abort(404)
        form = FORMS[section](need)
        form.reason.flags.optional = need.state is NeedState.DRAFT
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                reason = form.reason.data or ""
                VERBS[section](need=need, **form.values(), reason=reason, by=person())
                flash(_("Kept."))
                return self._on(need, section)
        return render(
            f"linkage/section/{section}.html",
            frame=self.frame,
            there=self.there,
            need=need,
            form=form,
            section=section,
            title=SECTION_LABELS[section],
            amending=need.state is not NeedState.DRAFT,
        )

    def _on(self, need: Need, section: Section) -> Any:
        """To the next section that is still to do; then back to the request."""
        if need.state is NeedState.DRAFT:
            told = queries.progress(need)
            later = [each for each in told if [*Section].index(each) > [*Section].index(section)]
            for each in later:
                if told[each] is not Done.DONE:
                    return self.go("section", need=need, section=str(each))
        return self.go("show", need=need)

    def suppliers(self, need: Need) -> Any:
        """Who could deliver it; those ticked are invited."""
        found = suppliers.suppliers(need)
        form = forms.InviteForm(found)
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                count = services.invite(need=need, cooperative_ids=form.chosen, by=person())
                flash(_("Invited: %(count)s.", count=count))
                return self.go("suppliers", need=need)
        return render(
            "linkage/need/suppliers.html",
            frame=self.frame,
            there=self.there,
            need=need,
            title=need_words.title(need),
            found=found,
            form=form,
            known={each.cooperative_id for each in found},
            weighed=match_words.explained(match_words.weights()),
        )

    # --- verbs ------------------------------------------------------------------------------------

    def open(self, need: Need) -> Any:
        return self._press(need, services.open_need, _("Published. Quotes are taken from now on."))

    def close(self, need: Need) -> Any:
        return self._press(need, services.close_need, _("No more quotes are taken."))

    def _press(self, need: Need, verb: Callable[..., None], said: str) -> Any:
        def act() -> None:
            with _labelled(need):
                verb(need=need, by=person())

        return acted(
            forms.PressForm(),
            act,
            said,
            then=lambda _done: self.go("show", need=need),
            again=lambda form: self.show(need, form),
        )

    def copy(self, need: Need) -> Any:
        def act() -> Need:
            with _labelled(need):
                return services.copy_need(need=need, by=person())

        return acted(
            forms.PressForm(),
            act,
            _("Copied. Write the days and the deadlines anew."),
            then=lambda made: self.go("show", need=made),
            again=lambda form: self.show(need, form),
        )

    def end(self, need: Need, way: str) -> Any:
        ending = ENDINGS[way]
        if not ending.may(person(), need):
            abort(403)
        form = forms.EndForm()
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                ending.verb(need=need, reason=form.reason.data, by=person())
                flash(ending.said)
                return self.go("show", need=need)
        return render(
            "linkage/need/end.html",
            frame=self.frame,
            there=self.there,
            need=need,
            form=form,
            way=way,
            ending=ending,
        )

    def answer(self, need: Need, number: int) -> Any:
        question = queries.question_of(need, number) or abort(404)
        form = forms.WordsForm()
        if form.submitted():
            with form.reporting(), transaction(), _labelled(need):
                services.answer_question(question=question, words=form.words.data, by=person())
                flash(_("Answered for everybody."))
                return self.go("show", need=need)
        return self.show(need, form)

    def begin(self, form: forms.NewNeedForm, **told: Any) -> Any:
        """A draft, and on to its first section."""
        with form.reporting(), transaction(), acting_for(_behalf(told)):
            made = services.draft_need(**told, by=person())
            return self.go("section", need=made, section=str(Section.GOODS))
        return None


def _behalf(told: dict[str, Any]) -> int | None:
    return told["organisation"].id if told.get("entered", Entered.ONLINE) is not Entered.ONLINE else None


def _labelled(need: Need) -> Any:
    """What an officer does here is labelled as done for the buyer."""
    theirs = need.organisation_id in person().organisation_ids
    return acting_for(None if theirs else need.organisation_id)
