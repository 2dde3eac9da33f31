"""News of the demonstration: three articles with pictures, the season that is on, one issue of the newsletter."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field

from sqlalchemy import select

from marketplace.catalogue import queries as catalogue
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.fairs.models import Fair
from marketplace.foundation import clock
from marketplace.foundation.calendar import months_mask
from marketplace.foundation.db import db
from marketplace.news import queries, services
from marketplace.news.models import Article
from marketplace.news.services import ArticleFacts, CampaignFacts, IssueFacts
from marketplace.news.states import ArticleKind
from marketplace.site.demo.pictures import draw_article, draw_campaign
from marketplace.site.demo.registry import Province

DAY = dt.timedelta(days=1)
READERS = (("ban-doc-1@demo.vn", "vi"), ("ban-doc-2@demo.vn", "vi"), ("reader@demo.vn", "en"))


@dataclass(frozen=True)
class Told:
    """An article of some days ago, and what is drawn for it."""

    days_ago: int
    facts: ArticleFacts
    drawing: tuple[str, str, str]


@dataclass(frozen=True)
class Season:
    """Goods that are known for these months."""

    slug: str
    months: tuple[int, ...]
    words: dict[str, str] = field(default_factory=dict)


SEASONS = (
    Season(
        "oi-thanh-ha",
        (9, 10, 11, 12, 1, 2, 3),
        {
            "title_vi": "Mùa ổi Thanh Hà: giòn, thơm, hái buổi sáng",
            "title_en": "The season of Thanh Hà guava: crisp, fragrant, picked in the morning",
            "words_vi": "Đất phù sa ven sông và nước ngọt quanh năm cho quả ổi giòn, ít hạt.\n"
            "## Chọn thế nào\n- Vỏ xanh ngả trắng, cầm chắc tay\n- Cuống còn tươi, chưa ngả nâu\n"
            "> Hái lúc sương chưa tan thì ổi giữ được ba ngày vẫn giòn.",
            "words_en": "River silt and sweet water all the year make a crisp fruit with few seeds.\n"
            "## How to choose\n- Green turning white, firm in the hand\n- A fresh stalk, not brown\n"
            "> Picked before the dew is gone, it stays crisp for three days.",
        },
    ),
    Season(
        "ca-rot-dong-lac",
        (4,),
        {
            "title_vi": "Cuối mùa cà rốt Đồng Lạc",
            "title_en": "The last weeks of Đồng Lạc carrots",
            "words_vi": "Củ chắc, ngọt, rửa sạch ngay tại kho.\n- Để được hai tuần ở ngăn mát",
            "words_en": "Firm and sweet, washed at the store.\n- Keep two weeks in the fridge",
        },
    ),
    Season(
        "thanh-long",
        (5, 6, 7, 8),
        {
            "title_vi": "Mùa thanh long ruột đỏ",
            "title_en": "The season of red dragon fruit",
            "words_vi": "Quả chín cây, ruột đỏ, ngọt mát.\n- Hái theo đơn, giao trong ngày",
            "words_en": "Ripened on the plant, red and sweet.\n- Picked to order, delivered the same day",
        },
    ),
)


def news(province: Province, coming: Fair) -> int:
    """Returns how many articles there are."""
    articles = [_published(province, told) for told in _told(province, coming)]
    _season(province)
    _issue(province, articles)
    return len(articles)


def _told(province: Province, coming: Fair) -> list[Told]:
    dong_lac = province.cooperatives["dong-lac"]
    carrots = db.session.scalars(
        select(Product).where(Product.cooperative_id == dong_lac.id, Product.state == ProductState.PUBLISHED)
    ).all()
    goods = catalogue.commodity_by_slug("ca-rot-dong-lac")
    place = dong_lac.address.unit_current_id if dong_lac.address is not None else None
    story = ArticleFacts(
        kind=ArticleKind.STORY,
        title_vi="Rửa củ ngay tại kho: Đồng Lạc bớt cho người mua một việc",
        lead_vi="Một dàn rửa, một bàn phân cỡ, và hàng ra khỏi kho là bày lên kệ được ngay.",
        body_vi="Ba năm trước, cà rốt Đồng Lạc bán cả đất. Người mua phải rửa, phải lựa, và trả giá thấp hơn.\n"
        "## Bắt đầu từ một dàn rửa\n"
        "Hợp tác xã góp vốn mua dàn rửa, rồi xã viên thay nhau trực kho vào buổi sáng.\n"
        "- Củ to xếp riêng cho bếp ăn\n- Củ vừa đóng túi cho siêu thị\n- Củ nhỏ bán cho xưởng ép\n"
        "> Nay người mua gọi điện chỉ hỏi còn hàng không, chứ không hỏi có sạch không.\n"
        "Sổ đồng ghi từng lô, nên hỏi củ này của ruộng nào là trả lời được.",
        title_en="Washed at the store: Đồng Lạc saves its buyers a step",
        lead_en="A washing line, a sorting table, and what leaves the store can go on the shelf at once.",
        body_en="Three years ago the carrots were sold with their soil. Buyers had to wash and sort, and paid less.\n"
        "## It began with a washing line\n"
        "The members put money together for it, and take turns at the store in the mornings.\n"
        "- Large ones for kitchens\n- Middle ones in bags for supermarkets\n- Small ones for juice\n"
        "> Now buyers only ask whether there are any left, not whether they are clean.\n"
        "The diary knows every lot, so who asks from which field a carrot came gets an answer.",
        place_id=place,
        commodity_id=goods.id if goods is not None else None,
        cooperatives=[dong_lac],
        products=[one for one in carrots if one.commodity.drawing == "carrot"],
    )
    diary = ArticleFacts(
        kind=ArticleKind.NEWS,
        title_vi="Sổ đồng trên điện thoại: mỗi ngày một dòng là đủ",
        lead_vi="Hợp tác xã ghi việc đồng áng ngay ngoài ruộng, mất sóng vẫn ghi được.",
        body_vi="Sổ đồng nay nằm trong điện thoại: gieo gì, bón gì, thu bao nhiêu.\n"
        "Không có sóng, máy giữ lại và tự gửi khi có sóng.\n"
        "Muốn được hướng dẫn, ông bà gọi Liên minh, cán bộ xuống tận nơi.",
        title_en="The field diary on the phone: a line a day is enough",
        lead_en="Cooperatives write down their work in the field, even without a signal.",
        body_en="The diary now lies in the phone: what was sown, what was spread, how much was harvested.\n"
        "Without a signal the phone keeps it and sends it later.\n"
        "Who wants to be shown how calls the alliance; an officer comes to the place.",
    )
    call = ArticleFacts(
        kind=ArticleKind.CALL,
        title_vi=f"Mời hợp tác xã tham gia {coming.name_vi}",
        lead_vi="Gian hàng, chỗ ngồi bàn chuyện mua bán, và khách đến xem tận nơi.",
        body_vi="Liên minh mời các hợp tác xã, liên hiệp và tổ hợp tác mang sản phẩm của mình đến hội chợ.\n"
        "- Đăng ký ngay trên chợ, không mất phí đăng ký\n- Nộp trước hay nộp sau đều được xét như nhau\n"
        "- Chưa quen làm trên máy, ông bà gọi Liên minh, cán bộ ghi giúp",
        title_en=f"Cooperatives are invited to {coming.name_en or coming.name_vi}",
        lead_en="A stand, a table to talk business, and visitors who come to see.",
        body_en="The alliance invites cooperatives, unions and groups to bring what they grow.\n"
        "- Apply here on the market; applying costs nothing\n- It does not matter who comes first\n"
        "- Not used to a computer? Call the alliance, an officer writes it down for you",
        fairs=[coming.slug],
    )
    return [
        Told(9, story, ("carrot", "basket", "carrot")),
        Told(4, diary, ("notebook", "field", "leaf")),
        Told(1, call, ("stall", "plain", "straw")),
    ]


def _published(province: Province, told: Told) -> Article:
    with clock.standing_at(clock.now() - told.days_ago * DAY):
        article = services.draft_article(facts=told.facts, by=province.officer)
        services.publish_article(article=article, by=province.officer)
    draw_article.later(article.id, *told.drawing)
    return article


def _season(province: Province) -> None:
    season = next(each for each in SEASONS if clock.today().month in each.months)
    goods = catalogue.commodity_by_slug(season.slug)
    assert goods is not None, "it is in the list of goods"
    facts = CampaignFacts(months=months_mask(season.months), **season.words)
    campaign = services.draft_campaign(commodity_ids=[goods.id], facts=facts, by=province.officer)
    services.open_campaign(campaign=campaign, by=province.officer)
    draw_campaign.later(campaign.id)


def _issue(province: Province, articles: list[Article]) -> None:
    """To three invented readers, a few hours ago."""
    for email, language in READERS:
        services.ask_for_newsletter(email=email, locale=language)
        subscription = queries.newsletter.subscription_of(email)
        assert subscription is not None, "it was asked for"
        services.confirm_newsletter(subscription=subscription)
    facts = IssueFacts(
        subject_vi="Chuyện ruộng, chuyện chợ tháng này",
        subject_en="From the fields and the market this month",
        opening_vi="Kính chào ông bà, đây là những chuyện mới của các hợp tác xã trong tỉnh.",
        opening_en="Good day. This is what is new with the cooperatives of the province.",
        articles=[*reversed(articles)],
    )
    issue = services.draft_issue(facts=facts, by=province.officer)
    services.start_issue(issue=issue, by=province.officer)
    services.post_batch(issue=issue)
