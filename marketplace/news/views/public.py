"""News as everybody reads it."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, make_response, render_template, request

from marketplace import config
from marketplace.catalogue import cards
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives.states import MemberState
from marketplace.foundation.web import cached, public, render
from marketplace.news import asides, body, queries, shown
from marketplace.news.models import Article
from marketplace.news.states import KIND_LABELS, ArticleKind

bp = Blueprint("news", __name__, url_prefix="/news")
IN_FEED = 20


@bp.route("", methods=["GET"])
@public
@cached("kind", "after")
def list() -> Any:
    """The newest first, perhaps of one kind only."""
    asked = request.args.get("kind", "")
    kind = ArticleKind(asked) if asked in {*ArticleKind} else None
    return render(
        "news/article/list.html",
        page=queries.article.shown(kind, request.args.get("after")),
        kind=kind,
        kinds=KIND_LABELS,
    )


@bp.route("/feed.atom", methods=["GET"])
@public
@cached()
def feed() -> Any:
    """The newest articles for programs that collect news."""
    answer = make_response(
        render_template("news/article/feed.xml", articles=queries.article.newest(IN_FEED), root=_root())
    )
    answer.mimetype = "application/atom+xml"
    return answer


@bp.route("/<article:article>", methods=["GET"])
@public
@cached()
def show(article: Article) -> Any:
    return render(
        "news/article/show.html",
        article=article,
        blocks=body.blocks(article.body, article.ready),
        data=shown.linked_data(
            article, f"{_root()}/news/{article.slug}", f"{_root()}/share/news/{article.slug}.jpg"
        ),
        members=[one for one in article.cooperatives if one.state is MemberState.ADMITTED],
        cards=cards.cards([one.id for one in article.products if one.state is ProductState.PUBLISHED]),
        asides=asides.filled(article),
        others=queries.article.others(article),
    )


def _root() -> str:
    return f"{config.current().base_url}{request.script_root}"
