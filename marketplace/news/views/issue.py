"""Issues of the newsletter at the office. Of readers only numbers are shown."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.news import queries, services, written
from marketplace.news.forms import IssueForm, PressForm
from marketplace.news.models import Issue
from marketplace.news.policies import keeps_news
from marketplace.news.states import IssueState

bp = Blueprint("office_newsletter", __name__, url_prefix="/office/newsletter")


@bp.route("", methods=["GET"])
@allow(keeps_news)
def list() -> Any:
    return render(
        "news/newsletter/list.html",
        page=queries.newsletter.issues(request.args.get("after")),
        readers=queries.newsletter.readers(),
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(keeps_news)
def new() -> Any:
    form = IssueForm()
    if form.submitted():
        with form.reporting(), transaction():
            issue = services.draft_issue(facts=form.facts(), by=person())
            flash(_("Written down. Look at it before you send it."))
            return redirect_to("office_newsletter.show", issue=issue)
    return render("news/newsletter/edit.html", form=form, issue=None)


@bp.route("/<any_issue:issue>", methods=["GET"])
@allow(keeps_news)
def show(issue: Issue) -> Any:
    return _page(issue)


@bp.route("/<any_issue:issue>/texts", methods=["GET", "POST"])
@allow(keeps_news)
def edit(issue: Issue) -> Any:
    form = IssueForm(issue)
    if form.submitted():
        with form.reporting(), transaction():
            services.change_issue(issue=issue, facts=form.facts(), by=person())
            flash(_("Changed."))
            return redirect_to("office_newsletter.show", issue=issue)
    return render("news/newsletter/edit.html", form=form, issue=issue)


@bp.route("/<any_issue:issue>/sending", methods=["POST"])
@allow(keeps_news)
def send(issue: Issue) -> Any:
    form = PressForm()
    with form.reporting(), transaction():
        services.start_issue(issue=issue, by=person())
        flash(_("It goes out now, some letters every minute."))
        return redirect_to("office_newsletter.show", issue=issue)
    return _page(issue, pressed=form)


def _page(issue: Issue, *, pressed: Form | None = None) -> Any:
    """With the letter as its readers get it, in both languages."""
    return render(
        "news/newsletter/show.html",
        issue=issue,
        listed=queries.newsletter.listed(issue),
        readers=queries.newsletter.readers(),
        told=written.told(issue),
        draft=issue.state is IssueState.DRAFT,
        form=pressed or PressForm(),
        history=history_of("issue", issue.id, limit=20),
    )
