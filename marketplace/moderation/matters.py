"""What can be reported and taken down: each kind says how it is found, hidden and shown again.

A kind of another area is one more entry of `KINDS`, and a line in the list of parts of its page.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from marketplace.accounts import queries as accounts
from marketplace.catalogue import queries as catalogue
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product, ProductPhoto
from marketplace.catalogue.states import product_lifecycle
from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives import services as registry
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.db import db
from marketplace.foundation.media import Photo, give_photo_back, withhold_photo
from marketplace.foundation.words import _, _l, in_language
from marketplace.linkage import queries as requests
from marketplace.linkage import services as linkage
from marketplace.linkage.models import Need, NeedQuestion
from marketplace.news import queries as news
from marketplace.news import services as articles
from marketplace.news.models import Article
from marketplace.news.states import ArticleState, article_lifecycle


@dataclass(frozen=True)
class Matter:
    """A thing as everybody sees it now: what it is called, whose it is, where it stands."""

    kind: str
    subject_id: int
    label: str
    part: str
    organisation_id: int
    url: str
    photo: Photo | None = None

    @property
    def key(self) -> str:
        return f"{self.kind}:{self.subject_id}"


@dataclass(frozen=True, kw_only=True)
class Kind:
    """`find` gives a shown thing; `hide` answers what `show` needs to put it back as it was. `ours`: the alliance made
    it itself, so nobody appeals, and another officer than who took it down may put it back."""

    label: Any
    find: Callable[[int], Matter | None]
    hide: Callable[[int, str, Any], dict[str, Any]]
    show: Callable[[int, dict[str, Any], Any], None]
    hides_page: bool = False
    is_photo: bool = False
    ours: bool = False


def _photo_of(place: int, name: str) -> str:
    """As officers and owners read it, whatever language the visitor reads."""
    with in_language("vi"):
        return _("Photo %(n)s of %(name)s", n=place, name=name)


def _story_of(name: str) -> str:
    with in_language("vi"):
        return _("The story of %(name)s", name=name)


# --- a product and its photos ----------------------------------------------------------------------


def _of_product(product: Product) -> Matter:
    return Matter(
        kind="product",
        subject_id=product.id,
        label=f"{product.name_vi} · {product.cooperative.called}",
        part=_("The product and what is written about it"),
        organisation_id=product.cooperative.organisation_id,
        url=f"/products/{product.slug}",
    )


def _of_product_photo(product: Product, photo: Photo, place: int) -> Matter:
    return Matter(
        kind="product_photo",
        subject_id=photo.id,
        label=_photo_of(place, product.name_vi),
        part=_("Photo %(n)s", n=place),
        organisation_id=product.cooperative.organisation_id,
        url=f"/products/{product.slug}",
        photo=photo,
    )


def _product_parts(slug: str) -> list[Matter]:
    product = catalogue.product_by_slug(slug)
    if product is None:
        return []
    ready = [shown.photo for shown in product.photos if shown.photo.is_ready]
    return [
        _of_product(product),
        *(_of_product_photo(product, photo, place) for place, photo in enumerate(ready, start=1)),
    ]


def _find_product(id: int) -> Matter | None:
    product = db.session.get(Product, id)
    return _of_product(product) if product is not None and product.state in catalogue.SHOWN else None


def _hide_product(id: int, words: str, by: Any) -> dict[str, Any]:
    """With its photos: no address gives them out while the product is down."""
    product = db.session.get_one(Product, id)
    products.take_down(product=product, note=words, by=by)
    return {"photos": withhold_photos_of(id)}


def withhold_photos_of(product_id: int) -> list[int]:
    """Those that were shown until now."""
    product = db.session.get_one(Product, product_id)
    photos = [shown.photo for shown in product.photos if shown.photo.is_ready]
    for photo in photos:
        withhold_photo(photo=photo)
    return [photo.id for photo in photos]


def give_photos_back(kept: dict[str, Any]) -> None:
    """Those that went with a product. One that its owner took away meanwhile, or that was taken down for itself, stays
    away."""
    shown = select(ProductPhoto.photo_id).where(ProductPhoto.photo_id.in_(kept.get("photos", [])))
    for number in db.session.scalars(shown.order_by(ProductPhoto.photo_id)).all():
        give_photo_back(photo=db.session.get_one(Photo, number))


def _show_product(id: int, kept: dict[str, Any], by: Any) -> None:
    give_photos_back(kept)
    product = db.session.get_one(Product, id)
    if product_lifecycle.allows(product, "put_back"):
        products.put_back(product=product, by=by)


def _find_product_photo(id: int) -> Matter | None:
    product = catalogue.product_showing(id)
    if product is None:
        return None
    return next((one for one in _product_parts(product.slug) if one.key == f"product_photo:{id}"), None)


def _hide_product_photo(id: int, _words: str, by: Any) -> dict[str, Any]:
    product = catalogue.product_showing(id)
    assert product is not None, "found a moment ago"
    place = next(shown.position for shown in product.photos if shown.photo_id == id)
    products.remove_photo(product=product, photo_id=id, by=by)
    withhold_photo(photo=db.session.get_one(Photo, id))
    return {"product": product.id, "place": place}


def _show_product_photo(id: int, kept: dict[str, Any], by: Any) -> None:
    product = db.session.get_one(Product, kept["product"])
    photo = db.session.get_one(Photo, id)
    give_photo_back(photo=photo)
    products.put_photo_back(product=product, photo=photo, place=kept["place"], by=by)


# --- a cooperative's story and photos --------------------------------------------------------------


def _cooperative_parts(slug: str) -> list[Matter]:
    cooperative = cooperatives.shown_by_slug(slug, None)
    if cooperative is None:
        return []
    told = [_of_story(cooperative)] if cooperative.story_vi or cooperative.story_en else []
    ready = [shown.photo for shown in cooperative.photos if shown.photo.is_ready]
    return [
        *told,
        *(_of_their_photo(cooperative, photo, place) for place, photo in enumerate(ready, start=1)),
    ]


def _of_story(cooperative: Cooperative) -> Matter:
    return Matter(
        kind="story",
        subject_id=cooperative.id,
        label=_story_of(cooperative.called),
        part=_("The story they tell about themselves"),
        organisation_id=cooperative.organisation_id,
        url=f"/cooperatives/{cooperative.slug}",
    )


def _of_their_photo(cooperative: Cooperative, photo: Photo, place: int) -> Matter:
    return Matter(
        kind="cooperative_photo",
        subject_id=photo.id,
        label=_photo_of(place, cooperative.called),
        part=_("Photo %(n)s", n=place),
        organisation_id=cooperative.organisation_id,
        url=f"/cooperatives/{cooperative.slug}",
        photo=photo,
    )


def _find_story(id: int) -> Matter | None:
    cooperative = db.session.get(Cooperative, id)
    told = cooperative is not None and bool(cooperative.story_vi or cooperative.story_en)
    return _of_story(cooperative) if cooperative is not None and told else None


def _hide_story(id: int, _words: str, by: Any) -> dict[str, Any]:
    cooperative = db.session.get_one(Cooperative, id)
    kept = {"vi": cooperative.story_vi, "en": cooperative.story_en}
    registry.change(cooperative=cooperative, by=by, story_vi="", story_en="")
    return kept


def _show_story(id: int, kept: dict[str, Any], by: Any) -> None:
    """What they wrote since then stays."""
    cooperative = db.session.get_one(Cooperative, id)
    if not cooperative.story_vi and not cooperative.story_en:
        registry.change(cooperative=cooperative, by=by, story_vi=kept["vi"], story_en=kept["en"])


def _find_their_photo(id: int) -> Matter | None:
    cooperative = cooperatives.cooperative_showing(id)
    if cooperative is None:
        return None
    parts = _cooperative_parts(cooperative.slug)
    return next((one for one in parts if one.key == f"cooperative_photo:{id}"), None)


def _hide_their_photo(id: int, _words: str, by: Any) -> dict[str, Any]:
    cooperative = cooperatives.cooperative_showing(id)
    assert cooperative is not None, "found a moment ago"
    place = registry.take_photo_off(cooperative=cooperative, photo_id=id, by=by)
    withhold_photo(photo=db.session.get_one(Photo, id))
    return {"cooperative": cooperative.id, "place": place}


def _show_their_photo(id: int, kept: dict[str, Any], by: Any) -> None:
    cooperative = db.session.get_one(Cooperative, kept["cooperative"])
    photo = db.session.get_one(Photo, id)
    give_photo_back(photo=photo)
    registry.put_photo_back(cooperative=cooperative, photo=photo, place=kept["place"], by=by)


# --- an article of the alliance ---------------------------------------------------------------------


def _article_parts(slug: str) -> list[Matter]:
    article = news.article.shown_article(slug)
    return [_of_article(article)] if article is not None else []


def _of_article(article: Article) -> Matter:
    alliance = accounts.alliance()
    assert alliance is not None, "its officers wrote it"
    return Matter(
        kind="article",
        subject_id=article.id,
        label=article.title_vi,
        part=_("The article"),
        organisation_id=alliance.id,
        url=f"/news/{article.slug}",
    )


def _find_article(id: int) -> Matter | None:
    article = news.article.article_by_id(id)
    return _of_article(article) if article is not None and article.state is ArticleState.PUBLISHED else None


def _hide_article(id: int, words: str, by: Any) -> dict[str, Any]:
    articles.withdraw_article(article=db.session.get_one(Article, id), reason=words, by=by, held=True)
    return {}


def _show_article(id: int, _kept: dict[str, Any], by: Any) -> None:
    article = db.session.get_one(Article, id)
    if article_lifecycle.allows(article, "put_back"):
        articles.put_article_back(article=article, by=by, held=True)


# --- a request on the board, questions and answers about it ------------------------------------------


def _request_parts(ref: str) -> list[Matter]:
    need = requests.public_need(ref)
    if need is None:
        return []
    questions = requests.questions_asked(need.id)
    answers = [_of_answer(each, place) for place, each in enumerate(questions, start=1) if _is_answered(each)]
    asked = [_of_question(each, place) for place, each in enumerate(questions, start=1)]
    return [_of_request(need), *asked, *answers]


def _request_called(need: Need) -> str:
    with in_language("vi"):
        return _("Request %(number)s of %(name)s", number=need.number or "", name=need.organisation.name)


def _of_request(need: Need) -> Matter:
    return Matter(
        kind="request",
        subject_id=need.id,
        label=_request_called(need),
        part=_("The request and what the buyer writes"),
        organisation_id=need.organisation_id,
        url=f"/requests/{need.ref}",
    )


def _of_question(question: NeedQuestion, place: int) -> Matter:
    with in_language("vi"):
        label = _("Question %(n)s: %(name)s", n=place, name=_request_called(question.need))
    cooperative = db.session.get_one(Cooperative, question.cooperative_id)
    return Matter(
        kind="request_question",
        subject_id=question.id,
        label=label,
        part=_("The question “%(words)s”", words=short(question.question)),
        organisation_id=cooperative.organisation_id,
        url=f"/requests/{question.need.ref}",
    )


def _of_answer(question: NeedQuestion, place: int) -> Matter:
    with in_language("vi"):
        label = _("Answer %(n)s: %(name)s", n=place, name=_request_called(question.need))
    return Matter(
        kind="request_answer",
        subject_id=question.id,
        label=label,
        part=_("The answer “%(words)s”", words=short(question.answer)),
        organisation_id=question.need.organisation_id,
        url=f"/requests/{question.need.ref}",
    )


def _is_answered(question: NeedQuestion) -> bool:
    return bool(question.answer) and not question.answer_hidden


def short(words: str, longest: int = 60) -> str:
    """The beginning of what somebody wrote."""
    line = " ".join(words.split())
    return line if len(line) <= longest else f"{line[:longest].rsplit(' ', 1)[0]}…"


def _find_request(id: int) -> Matter | None:
    need = requests.need_by_id(id)
    shown = need is not None and requests.public_need(need.ref) is not None
    return _of_request(need) if need is not None and shown else None


def _hide_request(id: int, words: str, by: Any) -> dict[str, Any]:
    linkage.hide_need(need=db.session.get_one(Need, id), words=words, by=by)
    return {}


def _show_request(id: int, _kept: dict[str, Any], by: Any) -> None:
    linkage.show_need(need=db.session.get_one(Need, id), by=by)


def _place_of(question: NeedQuestion) -> int:
    shown = [each.id for each in requests.questions_asked(question.need_id)]
    return shown.index(question.id) + 1 if question.id in shown else 0


def _find_question(id: int) -> Matter | None:
    question = requests.question_by_id(id)
    if question is None or question.hidden or requests.public_need(question.need.ref) is None:
        return None
    return _of_question(question, _place_of(question))


def _hide_question(id: int, words: str, by: Any) -> dict[str, Any]:
    linkage.hide_question(question=db.session.get_one(NeedQuestion, id), words=words, by=by)
    return {}


def _show_question(id: int, _kept: dict[str, Any], by: Any) -> None:
    linkage.show_question(question=db.session.get_one(NeedQuestion, id), by=by)


def _find_answer(id: int) -> Matter | None:
    question = requests.question_by_id(id)
    if question is None or question.hidden or not _is_answered(question):
        return None
    return _of_answer(question, _place_of(question)) if requests.public_need(question.need.ref) else None


def _hide_answer(id: int, words: str, by: Any) -> dict[str, Any]:
    question = db.session.get_one(NeedQuestion, id)
    linkage.hide_question(question=question, words=words, by=by, answer_only=True)
    return {}


def _show_answer(id: int, _kept: dict[str, Any], by: Any) -> None:
    linkage.show_question(question=db.session.get_one(NeedQuestion, id), by=by, answer_only=True)


KINDS: dict[str, Kind] = {
    "request": Kind(
        label=_l("Request of a buyer"),
        find=_find_request,
        hide=_hide_request,
        show=_show_request,
        hides_page=True,
    ),
    "request_question": Kind(
        label=_l("Question about a request"), find=_find_question, hide=_hide_question, show=_show_question
    ),
    "request_answer": Kind(
        label=_l("Answer of a buyer"), find=_find_answer, hide=_hide_answer, show=_show_answer
    ),
    "article": Kind(
        label=_l("Article"),
        find=_find_article,
        hide=_hide_article,
        show=_show_article,
        hides_page=True,
        ours=True,
    ),
    "product": Kind(
        label=_l("Product"), find=_find_product, hide=_hide_product, show=_show_product, hides_page=True
    ),
    "product_photo": Kind(
        label=_l("Photo of a product"),
        find=_find_product_photo,
        hide=_hide_product_photo,
        show=_show_product_photo,
        is_photo=True,
    ),
    "story": Kind(label=_l("Story of a cooperative"), find=_find_story, hide=_hide_story, show=_show_story),
    "cooperative_photo": Kind(
        label=_l("Photo of a cooperative"),
        find=_find_their_photo,
        hide=_hide_their_photo,
        show=_show_their_photo,
        is_photo=True,
    ),
}
PARTS: dict[str, Callable[[str], list[Matter]]] = {
    "product": _product_parts,
    "article": _article_parts,
    "request": _request_parts,
    "cooperative": _cooperative_parts,
}
"""What a page consists of, by the page's kind and its slug."""


def find(kind: str, subject_id: int) -> Matter | None:
    return KINDS[kind].find(subject_id) if kind in KINDS else None


def photo_of(kind: str, subject_id: int) -> Photo | None:
    """The picture, shown or taken down, for those who decide about it and for its owner."""
    return db.session.get(Photo, subject_id) if kind in KINDS and KINDS[kind].is_photo else None
