"""An officer looks at new products and change sets."""

from __future__ import annotations

from sqlalchemy import select

from marketplace.catalogue import queries, services
from marketplace.catalogue.models import Product
from marketplace.catalogue.states import ProductState
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.inbox.models import Notice
from tests.factories.catalogue import product_of


def current(product: Product) -> Product:
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Product, product.id)


def submitted(market) -> Product:
    with transaction():
        product = product_of(market.dong_lac, "toi", "Tỏi Đồng Lạc", (0, 80_000), published=False)
        services.submit_for_review(product=product, by=market.hung)
        return product


def test_a_new_product_is_checked_and_put_on_sale(office, market) -> None:
    product = submitted(market)
    assert "Tỏi Đồng Lạc" in office.get("/office/products").get_data(as_text=True)
    assert office.get(f"/office/products/{product.ref}").status_code == 200
    assert office.send(f"/office/products/{product.ref}/publication").status_code == 303
    assert current(product).state is ProductState.PUBLISHED
    assert "Tỏi Đồng Lạc" in office.get("/products?q=toi").get_data(as_text=True)


def test_sent_back_with_words_that_the_cooperative_reads(office, market) -> None:
    product = submitted(market)
    path = f"/office/products/{product.ref}/return"
    assert office.send(path, {"note": ""}).status_code == 422
    assert office.send(path, {"note": "Xin thêm ảnh"}).status_code == 303
    assert (current(product).state, product.note) == (ProductState.DRAFT, "Xin thêm ảnh")


def test_a_change_set_is_seen_side_by_side_and_accepted(office, market) -> None:
    with transaction():
        services.edit(product=market.carrots, by=market.hung, name_vi="Cà rốt sạch", certificates=[])
    page = office.get("/office/products").get_data(as_text=True)
    for shown in ("Cà rốt Đồng Lạc", "Cà rốt sạch", "VietGAP"):
        assert shown in page
    change = queries.open_change(market.carrots)
    assert office.get(f"/office/products/changes/{change.id}").status_code == 200
    assert office.send(f"/office/products/changes/{change.id}/acceptance").status_code == 303
    product = current(market.carrots)
    assert (product.name_vi, product.papers) == ("Cà rốt sạch", [])
    assert office.get(f"/office/products/changes/{change.id}").status_code == 404


def test_a_declined_change_changes_nothing_and_is_remembered(office, market) -> None:
    with transaction():
        services.edit(product=market.carrots, by=market.hung, name_vi="Cà rốt số một Việt Nam")
    change = queries.open_change(market.carrots)
    assert office.send(f"/office/products/changes/{change.id}", {"note": "Tên quá lời"}).status_code == 303
    assert current(market.carrots).name_vi == "Cà rốt Đồng Lạc"
    assert any("Tên quá lời" in line.sentence for line in history_of("product", market.carrots.id))


def test_a_director_does_not_check_himself(desk, market) -> None:
    product = submitted(market)
    assert desk.get("/office/products").status_code == 403
    assert desk.send(f"/office/products/{product.ref}/publication").status_code in {403, 404}
    assert current(product).state is ProductState.IN_REVIEW


def told(person) -> list[str]:
    return list(db.session.scalars(select(Notice.kind).where(Notice.person_id == person.id)))


def test_officers_hear_of_a_new_product_and_the_director_of_the_decision(market) -> None:
    product = submitted(market)
    assert told(market.officer).count("catalogue.to_check") == 1
    with transaction():
        services.decline(product=product, note="Xin thêm ảnh", by=market.officer)
    with transaction():
        services.submit_for_review(product=product, by=market.hung)
        services.publish(product=product, by=market.officer)
    assert {"catalogue.declined", "catalogue.published"} <= set(told(market.hung))
