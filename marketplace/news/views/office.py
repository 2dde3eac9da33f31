"""Articles at the office: the list, writing with a preview, photos, coming out, withdrawing."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from flask import Blueprint, abort, request

from marketplace.foundation.audit import history_of
from marketplace.foundation.db import transaction
from marketplace.foundation.web import Form, allow, flash, person, redirect_to, render
from marketplace.foundation.words import _
from marketplace.news import body, queries, services
from marketplace.news.forms import (
    ArticleForm,
    CaptionForm,
    PhotosForm,
    PressForm,
    ScheduleForm,
    WithdrawForm,
)
from marketplace.news.models import Article, ArticlePhoto
from marketplace.news.policies import keeps_news
from marketplace.news.states import (
    ARTICLE_LABELS,
    KIND_LABELS,
    ArticleKind,
    ArticleState,
    article_lifecycle,
)

bp = Blueprint("office_news", __name__, url_prefix="/office/news")
PRESSES: dict[str, Callable[..., None]] = {
    "publication": services.publish_article,
    "unscheduling": services.unschedule_article,
    "return": services.put_article_back,
}


@bp.route("", methods=["GET"])
@allow(keeps_news)
def list() -> Any:
    kind, state = request.args.get("kind", ""), request.args.get("state", "")
    return render(
        "news/office/list.html",
        page=queries.article.for_office(
            ArticleKind(kind) if kind in {*ArticleKind} else None,
            ArticleState(state) if state in {*ArticleState} else None,
            request.args.get("after"),
        ),
        kind=kind,
        state=state,
        kinds=KIND_LABELS,
        states=ARTICLE_LABELS,
    )


@bp.route("/new", methods=["GET", "POST"])
@allow(keeps_news)
def new() -> Any:
    form = ArticleForm()
    if form.submitted() and not _previewed():
        with form.reporting(), transaction():
            article = services.draft_article(facts=form.facts(), by=person())
            flash(_("Written down as a draft. Add photos, then publish it."))
            return redirect_to("office_news.show", article=article)
    return _editing(form, None)


@bp.route("/<any_article:article>/texts", methods=["GET", "POST"])
@allow(keeps_news)
def edit(article: Article) -> Any:
    form = ArticleForm(article)
    if form.submitted() and not _previewed():
        with form.reporting(), transaction():
            services.change_article(article=article, facts=form.facts(), seen=form.seen, by=person())
            flash(_("Changed."))
            return redirect_to("office_news.show", article=article)
    return _editing(form, article)


@bp.route("/<any_article:article>", methods=["GET"])
@allow(keeps_news)
def show(article: Article) -> Any:
    return _page(article)


@bp.route("/<any_article:article>/step/<any(publication, unscheduling, return):step>", methods=["POST"])
@allow(keeps_news)
def press(article: Article, step: str) -> Any:
    """One step further that needs no words."""
    form = PressForm()
    with form.reporting(), transaction():
        PRESSES[step](article=article, by=person())
        flash(_("Done."))
        return redirect_to("office_news.show", article=article)
    return _page(article, pressed=form)


@bp.route("/<any_article:article>/schedule", methods=["POST"])
@allow(keeps_news)
def schedule(article: Article) -> Any:
    form = ScheduleForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.schedule_article(article=article, at=form.at, by=person())
            flash(_("It comes out by itself at that moment."))
            return redirect_to("office_news.show", article=article)
    return _page(article, scheduling=form)


@bp.route("/<any_article:article>/withdrawal", methods=["POST"])
@allow(keeps_news)
def withdraw(article: Article) -> Any:
    form = WithdrawForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.withdraw_article(article=article, reason=form.reason.data, by=person())
            flash(_("Withdrawn. Its address says so."))
            return redirect_to("office_news.show", article=article)
    return _page(article, withdrawing=form)


@bp.route("/<any_article:article>/versions/<int(max=100000):number>", methods=["GET"])
@allow(keeps_news)
def version(article: Article, number: int) -> Any:
    """What it said once, and who wrote that."""
    found = queries.article.version_of(article, number)
    if found is None:
        abort(404)
    return render(
        "news/office/version.html",
        article=article,
        version=found,
        vi=body.blocks(found.content["body_vi"]),
        en=body.blocks(found.content["body_en"]),
    )


# --- photos -----------------------------------------------------------------------------------------


@bp.route("/<any_article:article>/photos", methods=["GET", "POST"])
@allow(keeps_news)
def photos(article: Article) -> Any:
    form = PhotosForm()
    if form.submitted():
        with form.reporting(), transaction():
            for file in form.files:
                services.add_photo(article=article, stream=file.stream, filename=file.filename, by=person())
            flash(_("Photos received. They appear in a moment."))
            return redirect_to("office_news.photos", article=article)
    return _photos(article, form)


@bp.route("/<any_article:article>/photos/<int:photo_id>/caption", methods=["POST"])
@allow(keeps_news)
def caption(article: Article, photo_id: int) -> Any:
    form = CaptionForm()
    if form.submitted():
        with form.reporting(), transaction():
            services.describe_photo(
                article=article,
                photo_id=photo_id,
                caption_vi=form.caption_vi.data or "",
                caption_en=form.caption_en.data or "",
                by=person(),
            )
            flash(_("Kept."))
            return redirect_to("office_news.photos", article=article)
    return _photos(article, form, photo_id)


@bp.route("/<any_article:article>/photos/<int:photo_id>/<any(first, removal):step>", methods=["POST"])
@allow(keeps_news)
def move_photo(article: Article, photo_id: int, step: str) -> Any:
    form = PressForm()
    act = services.put_photo_first if step == "first" else services.take_photo_away
    with form.reporting(), transaction():
        act(article=article, photo_id=photo_id, by=person())
        flash(_("Done."))
        return redirect_to("office_news.photos", article=article)
    return _photos(article, form)


# --- how it is done ---------------------------------------------------------------------------------


def _previewed() -> bool:
    """The button that only shows how it would look."""
    return "preview" in request.form


def _editing(form: ArticleForm, article: Article | None) -> Any:
    """The form; under it, when asked for, how the text would look."""
    shown: Any = None
    if _previewed():
        ready = article.ready if article is not None else []
        shown = {
            language: body.blocks(form[f"body_{language}"].data or "", ready) for language in ("vi", "en")
        }
    return render("news/office/edit.html", form=form, article=article, preview=shown)


def _page(
    article: Article,
    *,
    pressed: Form | None = None,
    scheduling: ScheduleForm | None = None,
    withdrawing: WithdrawForm | None = None,
) -> Any:
    return render(
        "news/office/show.html",
        article=article,
        blocks=body.blocks(article.body, article.ready),
        may={move.name for move in article_lifecycle if article.state in move.origins},
        form=pressed or PressForm(),
        scheduling=scheduling or ScheduleForm(formdata=None),
        withdrawing=withdrawing or WithdrawForm(formdata=None),
        versions=queries.article.versions_of(article),
        history=history_of("article", article.id, limit=30),
    )


def _photos(article: Article, form: Form, captioned: int = 0) -> Any:
    """Every photo with a form for its words; a refused one keeps what was typed."""
    return render(
        "news/office/photos.html",
        article=article,
        form=form if isinstance(form, PhotosForm) else PhotosForm(formdata=None),
        pressed=form,
        captions={
            one.photo_id: form if one.photo_id == captioned else _caption_of(one) for one in article.photos
        },
    )


def _caption_of(shown: ArticlePhoto) -> CaptionForm:
    return CaptionForm(formdata=None, data={"caption_vi": shown.caption_vi, "caption_en": shown.caption_en})
