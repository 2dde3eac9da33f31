"""What the search knows changes in the transaction that changes the facts."""

from __future__ import annotations

from decimal import Decimal

from marketplace.catalogue import indexing, services
from marketplace.cooperatives import services as cooperatives
from marketplace.foundation.db import db, transaction


def found(**wanted) -> set[int]:
    return set(indexing.products.find(db.session, **wanted).ids)


def test_a_rejected_paper_leaves_the_filter(market) -> None:
    assert found(facets_all=[["cert:vietgap"]]) == {market.carrots.id}
    with transaction():
        cooperatives.reject_certificate(certificate=market.vietgap, reason="Giấy mờ", by=market.officer)
    assert found(facets_all=[["cert:vietgap"]]) == set()


def test_a_suspended_cooperatives_products_are_not_found(market, client) -> None:
    with transaction():
        cooperatives.advance(
            cooperative=market.dong_lac, step="suspend", reason="Kiểm tra", by=market.officer
        )
    assert found(text="cà rốt") == set()
    assert client.get("/products/ca-rot-dong-lac").status_code == 404
    with transaction():
        cooperatives.advance(cooperative=market.dong_lac, step="readmit", reason="Xong", by=market.officer)
    assert found(text="cà rốt") == {market.carrots.id}


def test_sold_out_leaves_what_is_in_stock_and_comes_back(market) -> None:
    with transaction():
        services.note_available(product_id=market.carrots.id, available=Decimal(0))
    assert found(facets_all=[["s:1"]]) == {market.onions.id}
    with transaction():
        services.note_available(product_id=market.carrots.id, available=Decimal(12))
    assert found(facets_all=[["s:1"]]) == {market.carrots.id, market.onions.id}


def test_a_transaction_that_fails_leaves_the_search_as_it_was(market) -> None:
    try:
        with transaction():
            services.pause(product=market.carrots, by=market.hung)
            raise RuntimeError("later in the same transaction")
    except RuntimeError:
        db.session.expire_all()
    assert market.carrots.id in found(text="ca rot")


def test_the_whole_index_can_be_made_anew(market) -> None:
    before = found()
    with transaction():
        assert indexing.rebuild() == 3
    assert found() == before
