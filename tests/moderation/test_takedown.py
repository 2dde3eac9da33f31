"""A visitor reports, an officer takes down, the owner appeals, another officer decides; everything is kept."""

from __future__ import annotations

import datetime as dt
import io
from typing import Any

import pytest
from flask import Flask
from PIL import Image
from sqlalchemy import select

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Desk, Role
from marketplace.catalogue import services as products
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.cooperatives import services as registry
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.media import give_photo_back, store, withhold_photo
from marketplace.foundation.media.queries import lost_files, private_names
from marketplace.foundation.media.tasks import clear_withheld
from marketplace.inbox.models import Notice
from marketplace.moderation import matters, queries, services
from marketplace.moderation.models import PageReport, Takedown
from marketplace.moderation.states import Outcome, ReportReason, TakedownState
from marketplace.moderation.tasks import withhold_what_is_down
from tests.client import ReadingClient, another
from tests.letters import letters_to, link_in
from tests.news.told import published
from tests.world import PASSWORD, World


@pytest.fixture
def second(world: World) -> Person:
    """Another officer at the same desk."""
    with transaction():
        who = accounts.create_person(name="Lê Thị Thu", email="thu@demo.vn", password=PASSWORD)
        accounts.add_member(
            organisation=accounts.alliance(name=""), person=who, role=Role.OFFICER, desks=[Desk.TRADE]
        )
    return who


def signed_in(app: Flask, who: str) -> ReadingClient:
    client = another(app)
    client.sign_in(who)
    return client


def product_matter(world: World) -> matters.Matter:
    found = matters.find("product", world.carrots.id)
    assert found is not None
    return found


def taken_down(world: World) -> Takedown:
    with transaction():
        return services.take_down(
            matter=product_matter(world),
            reason=ReportReason.FALSE,
            words="Không phải VietGAP",
            by=world.officer,
        )


def state_of(product: Product) -> ProductState:
    db.session.rollback()
    return db.session.scalars(select(Product.state).where(Product.id == product.id)).one()


def kinds_told(person: Person) -> set[str]:
    db.session.rollback()
    return set(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id)))


def picture() -> io.BytesIO:
    file = io.BytesIO()
    Image.effect_noise((1200, 900), 60).convert("RGB").save(file, "JPEG")
    file.seek(0)
    return file


def with_photos(world: World, drain: Any, count: int) -> Product:
    """Carrots with so many photos that everybody can see."""
    product = db.session.get_one(Product, world.carrots.id)
    for _ in range(count):
        with transaction():
            products.add_photo(product=product, stream=picture(), filename="ruong.jpg", by=world.director)
    drain()
    db.session.expire_all()
    return product


def test_a_visitor_reports_and_nothing_changes_until_somebody_looked(
    app: Flask, client: ReadingClient, world: World
) -> None:
    page = client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    assert "/report/product/ca-rot-dong-lac" in page
    path = "/report/product/ca-rot-dong-lac"
    assert client.get(path).status_code == 200
    sent = {"part": f"product:{world.carrots.id}", "reason": "other", "words": ""}
    refused = client.post(path, data=sent)
    assert refused.status_code == 422
    assert "viết rõ chỗ không ổn" in refused.get_data(as_text=True)
    assert client.post(path, data={**sent, "part": "product:999999"}).status_code == 422
    answer = client.post(path, data={**sent, "words": "Ảnh ở chợ khác", "contact": "lan@xem.vn"})
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert state_of(world.carrots) is ProductState.PUBLISHED
    assert client.get("/products/ca-rot-dong-lac").status_code == 200
    assert "moderation.reported" in kinds_told(world.officer)
    assert client.get("/report/product/khong-co").status_code == 404


def test_whoever_left_an_address_is_told_and_then_forgotten(world: World) -> None:
    with transaction():
        report = services.report_page(
            matter=product_matter(world), reason=ReportReason.FALSE, words="", contact="lan@xem.vn"
        )
    with transaction():
        services.keep(kind="product", subject_id=world.carrots.id, by=world.officer)
    db.session.refresh(report)
    assert (report.outcome, report.contact) == (Outcome.KEPT, "")
    assert len(letters_to("lan@xem.vn")) == 1
    assert queries.count_waiting()[0] == 0


def test_a_page_that_is_taken_down_is_gone_with_a_sentence(
    app: Flask, client: ReadingClient, world: World, second: Person
) -> None:
    assert client.get("/products/ca-rot-dong-lac").status_code == 200
    takedown = taken_down(world)
    for path in ("/products/ca-rot-dong-lac", "/en/products/ca-rot-dong-lac"):
        answer = client.get(path)
        assert answer.status_code == 410
    assert "đã bị Liên minh gỡ xuống" in client.get("/products/ca-rot-dong-lac").get_data(as_text=True)
    assert client.get("/products/chua-tung-co").status_code == 404
    assert "ca-rot-dong-lac" not in client.get("/products").get_data(as_text=True)
    director = signed_in(app, "donglac@demo.vn")
    page = director.get(f"/desk/takedowns/{takedown.ref}").get_data(as_text=True)
    assert "Không phải VietGAP" in page
    assert signed_in(app, "kinhmon@demo.vn").get(f"/desk/takedowns/{takedown.ref}").status_code == 404
    assert "moderation.taken_down" in kinds_told(world.director)
    with transaction():
        services.appeal(takedown=takedown, words="Có giấy", by=world.director)
    with transaction():
        services.restore(takedown=takedown, words="Giấy đúng", by=second)
    assert client.get("/products/ca-rot-dong-lac").status_code == 200
    assert state_of(world.carrots) is ProductState.PUBLISHED
    assert "moderation.restored" in kinds_told(world.director)


def test_the_appeal_goes_to_another_officer(app: Flask, world: World, second: Person) -> None:
    takedown = taken_down(world)
    director = signed_in(app, "donglac@demo.vn")
    desk, office = f"/desk/takedowns/{takedown.ref}", f"/office/moderation/takedowns/{takedown.ref}"
    assert director.send(desk, {"words": ""}).status_code == 422
    assert director.send(desk, {"words": "Đây là ảnh ruộng chúng tôi"}).status_code == 303
    assert director.send(desk, {"words": "Lần nữa"}).status_code == 409
    first = signed_in(app, "officer@demo.vn")
    for step in ("upholding", "restoring"):
        assert first.send(f"{office}/{step}", {"words": "Không"}).status_code == 409
    with pytest.raises(Refusal), transaction():
        services.uphold(takedown=takedown, words="Không", by=world.officer)
    other = signed_in(app, "thu@demo.vn")
    assert other.send(f"{office}/upholding", {"words": ""}).status_code == 422
    assert other.send(f"{office}/upholding", {"words": "Ảnh vẫn của người khác"}).status_code == 303
    assert other.send(f"{office}/restoring", {"words": "Đổi ý"}).status_code == 409
    assert state_of(world.carrots) is ProductState.DRAFT
    assert "Ảnh vẫn của người khác" in director.get(desk).get_data(as_text=True)


def test_the_database_itself_wants_another_officer(world: World) -> None:
    takedown = taken_down(world)
    with transaction():
        services.appeal(takedown=takedown, words="Có giấy", by=world.director)
    with pytest.raises(Conflict), transaction():
        found = db.session.get_one(Takedown, takedown.id)
        found.state, found.decided_at, found.decided_by_id = TakedownState.UPHELD, clock.now(), found.by_id


def test_nothing_is_taken_down_twice_and_days_end(world: World) -> None:
    takedown = taken_down(world)
    with pytest.raises(Refusal), transaction():
        services.take_down(
            matter=matters.Matter("product", world.carrots.id, "x", "x", takedown.organisation_id, "/"),
            reason=ReportReason.FALSE,
            words="Lần nữa",
            by=world.officer,
        )
    with (
        clock.standing_at(takedown.appeal_until + dt.timedelta(seconds=1)),
        pytest.raises(Refusal),
        transaction(),
    ):
        services.appeal(takedown=takedown, words="Muộn", by=world.director)


def test_put_right_and_checked_again_it_needs_no_appeal(world: World) -> None:
    takedown = taken_down(world)
    product = db.session.get_one(Product, world.carrots.id)
    with transaction():
        products.submit_for_review(product=product, by=world.director)
    with transaction():
        products.publish(product=product, by=world.officer)
    db.session.refresh(takedown)
    assert takedown.state is TakedownState.MENDED
    assert not queries.is_gone("/products/ca-rot-dong-lac")


def test_a_photo_comes_back_where_it_stood(app: Flask, world: World, second: Person, drain: Any) -> None:
    product = with_photos(world, drain, 3)
    before = [shown.photo_id for shown in product.photos]
    officer = signed_in(app, "officer@demo.vn")
    thing = f"/office/moderation/things/product_photo/{before[1]}"
    assert officer.get(thing).status_code == 200
    sent = {"reason": "stolen", "words": "Ảnh của người khác"}
    assert officer.send(f"{thing}/taking-down", {**sent, "words": ""}).status_code == 422
    assert officer.send(f"{thing}/taking-down", sent).status_code == 303
    db.session.expire_all()
    assert [shown.photo_id for shown in product.photos] == [before[0], before[2]]
    takedown = queries.living_takedown("product_photo", before[1])
    assert takedown is not None
    assert another(app).get("/products/ca-rot-dong-lac").status_code == 200
    assert (
        officer.send(f"/office/moderation/takedowns/{takedown.ref}/restoring", {"words": "Nhầm"}).status_code
        == 303
    )
    db.session.expire_all()
    assert [shown.photo_id for shown in product.photos] == before


def test_the_files_of_a_photo_that_is_taken_down_answer_to_nobody(
    app: Flask, world: World, second: Person, drain: Any
) -> None:
    product = with_photos(world, drain, 2)
    photo, other = (shown.photo for shown in product.photos)
    addresses = [f"/media/{rendition['name']}" for rendition in photo.renditions]
    visitor, officer = another(app), signed_in(app, "officer@demo.vn")
    tag = visitor.get(addresses[0]).headers["ETag"]
    assert visitor.get(addresses[0], headers={"If-None-Match": tag}).status_code == 304
    assert officer.get("/office/moderation").status_code == 200
    sent = {"reason": "stolen", "words": "Ảnh của người khác"}
    assert (
        officer.send(f"/office/moderation/things/product_photo/{photo.id}/taking-down", sent).status_code
        == 303
    )
    takedown = queries.living_takedown("product_photo", photo.id)
    assert takedown is not None
    assert {visitor.get(address).status_code for address in addresses} == {404}
    assert visitor.get(addresses[0], headers={"If-None-Match": tag}).status_code == 404
    assert visitor.get(f"/media/{other.renditions[0]['name']}").status_code == 200
    db.session.expire_all()
    assert not photo.is_ready
    assert lost_files() == []
    case = f"/office/moderation/takedowns/{takedown.ref}"
    own = f"/desk/takedowns/{takedown.ref}"
    for who, page in ((officer, case), (signed_in(app, "donglac@demo.vn"), own)):
        assert f"{page}/photo" in who.get(page).get_data(as_text=True)
        seen = who.get(f"{page}/photo")
        assert (seen.status_code, seen.mimetype) == (200, "image/webp")
        assert seen.headers["Cache-Control"] == "private, no-store"
    assert visitor.get(f"{case}/photo").status_code == 404
    assert signed_in(app, "kinhmon@demo.vn").get(f"{own}/photo").status_code == 404
    assert officer.send(f"{case}/restoring", {"words": "Nhầm"}).status_code == 303
    assert {visitor.get(address).status_code for address in addresses} == {200}
    assert officer.get(f"{case}/photo").status_code == 404
    db.session.expire_all()
    assert photo.is_ready and lost_files() == []
    assert not [name for name in private_names() if f"/media/{name}" in addresses]


def test_a_file_that_another_photo_needs_stays_and_what_was_cut_off_is_done_again(
    app: Flask, world: World, drain: Any
) -> None:
    product = db.session.get_one(Product, world.carrots.id)
    same = picture().getvalue()
    for _ in range(2):
        with transaction():
            products.add_photo(
                product=product, stream=io.BytesIO(same), filename="ruong.jpg", by=world.director
            )
    drain()
    db.session.expire_all()
    one, twin = (shown.photo for shown in product.photos)
    name = one.renditions[0]["name"]
    assert name == twin.renditions[0]["name"]
    visitor = another(app)
    with transaction():
        withhold_photo(photo=one)
    assert visitor.get(f"/media/{name}").status_code == 200
    clear_withheld()
    assert visitor.get(f"/media/{name}").status_code == 200
    with transaction():
        withhold_photo(photo=twin)
    assert visitor.get(f"/media/{name}").status_code == 404
    store.public().put(name, b"came back by a crash")
    clear_withheld()
    assert visitor.get(f"/media/{name}").status_code == 404
    with transaction():
        give_photo_back(photo=one)
        give_photo_back(photo=one)
    assert visitor.get(f"/media/{name}").status_code == 200 and lost_files() == []
    with transaction():
        give_photo_back(photo=twin)
    db.session.expire_all()
    assert lost_files() == [] and one.is_ready and twin.is_ready


def test_photos_taken_down_earlier_are_withheld_by_the_clock(app: Flask, world: World, drain: Any) -> None:
    product = with_photos(world, drain, 1)
    photo = product.photos[0].photo
    matter = matters.find("product_photo", photo.id)
    assert matter is not None
    with transaction():
        services.take_down(matter=matter, reason=ReportReason.STOLEN, words="Ảnh lạ", by=world.officer)
    with transaction():
        give_photo_back(photo=photo)
    assert photo.is_ready
    withhold_what_is_down()
    withhold_what_is_down()
    db.session.expire_all()
    assert photo.is_withheld and lost_files() == []


def test_a_story_comes_back_unless_a_new_one_was_written(world: World, second: Person) -> None:
    cooperative = db.session.get_one(Cooperative, world.dong_lac.id)
    with transaction():
        registry.change(cooperative=cooperative, by=world.director, story_vi="Chúng tôi trồng cà rốt.")
    matter = matters.find("story", cooperative.id)
    assert matter is not None
    with transaction():
        takedown = services.take_down(matter=matter, reason=ReportReason.FALSE, words="Sai", by=world.officer)
    assert cooperative.story_vi == ""
    assert matters.find("story", cooperative.id) is None
    with transaction():
        services.restore(takedown=takedown, words="Nhầm", by=world.officer)
    assert cooperative.story_vi == "Chúng tôi trồng cà rốt."


def test_the_queue_is_the_desk_s(app: Flask, client: ReadingClient, world: World) -> None:
    assert client.get("/office/moderation").status_code == 303
    assert signed_in(app, "donglac@demo.vn").get("/office/moderation").status_code == 403
    with transaction():
        services.report_page(matter=product_matter(world), reason=ReportReason.FALSE, words="=1+1")
    officer = signed_in(app, "officer@demo.vn")
    assert "Cà rốt Đồng Lạc" in officer.get("/office/moderation").get_data(as_text=True)
    for tab in ("appeals", "down", "back", "odd"):
        assert officer.get(f"/office/moderation?tab={tab}").status_code == 200
    assert officer.get("/office/moderation/things/product/999999").status_code == 404
    assert officer.get(f"/office/moderation/things/product/{world.carrots.id}").status_code == 200
    assert officer.send(f"/office/moderation/things/product/{world.carrots.id}/keeping").status_code == 303
    assert db.session.scalars(select(PageReport.outcome)).all() == [Outcome.KEPT]
    assert signed_in(app, "donglac@demo.vn").get("/desk/takedowns").status_code == 200


# --- the alliance's own, and owners without a desk ---------------------------------------------------


def article_down(world: World) -> Takedown:
    article = published(world)
    matter = matters.find("article", article.id)
    assert matter is not None
    with transaction():
        return services.take_down(matter=matter, reason=ReportReason.FALSE, words="Số sai", by=world.officer)


def test_an_article_of_the_alliance_is_given_back_by_another_officer_with_a_reason(
    app: Flask, world: World, second: Person
) -> None:
    takedown = article_down(world)
    assert takedown.ours and "moderation.ours_taken_down" in kinds_told(second)
    assert "moderation.taken_down" not in kinds_told(world.officer)
    page, case = "/news/ca-rot-sang-nhat", f"/office/moderation/takedowns/{takedown.ref}"
    assert another(app).get(page).status_code == 410
    first, other = signed_in(app, "officer@demo.vn"), signed_in(app, "thu@demo.vn")
    assert "chỉ cán bộ khác" in first.get(case).text
    assert first.send(f"{case}/restoring", {"words": "Nhầm"}).status_code == 409
    for one in (first, other):
        assert one.send("/office/news/ca-rot-sang-nhat/step/return").status_code == 422
    assert "/step/return" not in other.get("/office/news/ca-rot-sang-nhat").text
    with pytest.raises(Refusal), transaction():
        services.restore(takedown=takedown, words="Nhầm", by=world.officer)
    with pytest.raises(Refusal), transaction():
        services.appeal(takedown=takedown, words="Không sai", by=second)
    assert other.send(f"{case}/restoring", {"words": ""}).status_code == 422
    assert other.send(f"{case}/restoring", {"words": "Số đúng theo báo cáo"}).status_code == 303
    assert another(app).get(page).status_code == 200
    db.session.refresh(takedown)
    assert (takedown.state, takedown.decided_by_id) == (TakedownState.RESTORED, second.id)
    assert "moderation.restored" in kinds_told(world.officer)


def test_the_database_itself_wants_another_officer_for_what_is_ours(world: World) -> None:
    takedown = article_down(world)
    with pytest.raises(Conflict), transaction():
        found = db.session.get_one(Takedown, takedown.id)
        found.state, found.decided_at, found.decided_by_id = (
            TakedownState.RESTORED,
            clock.now(),
            found.by_id,
        )


def test_an_owner_appeals_from_the_letter_without_signing_in_once(
    app: Flask, world: World, second: Person
) -> None:
    with transaction():
        world.director.email_confirmed_at = clock.now()
    takedown = taken_down(world)
    (letter,) = letters_to("donglac@demo.vn", "gỡ xuống")
    link, visitor = link_in(letter, "Đề nghị xem lại"), another(app)
    page = visitor.get(link)
    assert page.status_code == 200 and "Không phải VietGAP" in page.text
    assert visitor.post(link, data={"words": ""}).status_code == 422
    assert visitor.post(link, data={"words": "Chúng tôi có giấy"}).status_code == 303
    assert visitor.post(link, data={"words": "Lần hai"}).status_code == 303
    db.session.refresh(takedown)
    assert (takedown.state, takedown.appeal) == (TakedownState.APPEALED, "Chúng tôi có giấy")
    assert takedown.appealed_by_id == world.director.id
    with transaction():
        services.uphold(takedown=takedown, words="Giấy hết hạn", by=second)
    assert "Giấy hết hạn" in visitor.get(link).text


def test_photos_go_with_their_product_and_come_back_with_it(
    app: Flask, world: World, second: Person, drain: Any
) -> None:
    product = with_photos(world, drain, 2)
    addresses = [
        f"/media/{rendition['name']}" for shown in product.photos for rendition in shown.photo.renditions
    ]
    visitor = another(app)
    assert {visitor.get(address).status_code for address in addresses} == {200}
    takedown = taken_down(world)
    assert {visitor.get(address).status_code for address in addresses} == {404}
    desk = signed_in(app, "donglac@demo.vn").get(f"/desk/products/{product.ref}/photos")
    assert desk.status_code == 200 and "không ai xem được ảnh này" in desk.text
    with transaction():
        services.restore(takedown=db.session.merge(takedown), words="Nhầm", by=world.officer)
    assert {visitor.get(address).status_code for address in addresses} == {200}
    db.session.expire_all()
    assert all(shown.photo.is_ready for shown in product.photos) and lost_files() == []


def test_photos_come_back_when_a_product_was_put_right(app: Flask, world: World, drain: Any) -> None:
    product = with_photos(world, drain, 2)
    taken_away, kept = (shown.photo for shown in product.photos)
    name = f"/media/{kept.renditions[0]['name']}"
    taken_down(world)
    product = db.session.get_one(Product, world.carrots.id)
    with transaction():
        products.remove_photo(product=product, photo_id=taken_away.id, by=world.director)
    with transaction():
        products.submit_for_review(product=product, by=world.director)
    assert another(app).get(name).status_code == 404, "not before somebody looked"
    with transaction():
        products.publish(product=product, by=world.officer)
    assert another(app).get(name).status_code == 200
    db.session.expire_all()
    assert [shown.photo.is_ready for shown in product.photos] == [True]


def test_products_taken_down_earlier_lose_their_photos_by_the_clock(world: World, drain: Any) -> None:
    product = db.session.get_one(Product, world.carrots.id)
    with transaction():
        products.add_photo(product=product, stream=picture(), filename="ruong.jpg", by=world.director)
    drain()
    takedown = taken_down(world)
    db.session.expire_all()
    photo = db.session.get_one(Product, world.carrots.id).photos[0].photo
    with transaction():
        give_photo_back(photo=photo)
    withhold_what_is_down()
    withhold_what_is_down()
    db.session.expire_all()
    assert photo.is_withheld
    with transaction():
        services.restore(takedown=db.session.merge(takedown), words="Nhầm", by=world.officer)
    db.session.expire_all()
    assert photo.is_ready
