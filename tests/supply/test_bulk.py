"""Price, stock and sale of all products on one page: together or not at all, and never over somebody else's."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from marketplace.catalogue import services as catalogue
from marketplace.catalogue.states import ProductState
from marketplace.foundation.audit import history_of
from marketplace.foundation.db import db, transaction
from marketplace.foundation.money import Money
from marketplace.supply import queries, services
from tests.factories.catalogue import product_of
from tests.orders.buying import order_for
from tests.statements import queries_sent
from tests.supply.conftest import PRICES, Desk
from tests.world import World

ON, OFF, DRAFT = ProductState.PUBLISHED, ProductState.PAUSED, ProductState.DRAFT


def test_price_stock_and_sale_are_saved_together(desk: Desk) -> None:
    carrots = desk.world.carrots
    desk.open()
    desk.write(carrots, price="17k", counted="4 tạ")
    desk.write(desk.cabbage, state="paused")
    desk.write(desk.garlic, counted="30")
    desk.sent["reason"] = "Chuột ăn"
    assert desk.save() == 303
    assert desk.now(carrots) == (17_000, Decimal(400), ON)
    assert desk.now(desk.cabbage) == (9_000, Decimal(1500), OFF)
    assert desk.now(desk.garlic) == (85_000, Decimal(30), DRAFT)
    moves = queries.moves_of(queries.stock_of(carrots.id)).rows
    assert [(move.kind, move.quantity, move.reason) for move in moves] == [("corrected", -100, "Chuột ăn")]
    assert moves[0].actor_id == desk.world.director.id
    assert any("Chuột ăn" in str(line) for line in history_of("product", carrots.id, limit=20))


def test_a_page_sent_back_as_it_came_changes_nothing_in_either_language(desk: Desk) -> None:
    before = [desk.now(product) for product in (desk.world.carrots, desk.cabbage, desk.garlic)]
    for prefix in ("", "/en"):
        desk.open(desk.client.get(f"{prefix}{PRICES}"))
        assert desk.client.send(f"{prefix}{PRICES}", desk.sent).status_code == 303
    assert [desk.now(product) for product in (desk.world.carrots, desk.cabbage, desk.garlic)] == before
    assert not queries.moves_of(queries.stock_of(desk.cabbage.id)).rows


def test_each_wrong_field_has_its_sentence_and_nothing_is_saved(desk: Desk) -> None:
    desk.open()
    desk.write(desk.world.carrots, price="rẻ thôi")
    desk.write(desk.cabbage, price="8k", counted="một ít")
    assert desk.save() == 422
    assert desk.html.count('class="field-error"') == 2
    assert "Cà rốt Đồng Lạc: Giá" in desk.html and "Cải bắp Đồng Lạc: Đang có" in desk.html
    assert desk.typed(desk.world.carrots, "price") == "rẻ thôi"
    assert (desk.typed(desk.cabbage, "price"), desk.typed(desk.cabbage, "counted")) == ("8k", "một ít")
    assert desk.now(desk.cabbage) == (9_000, Decimal(1500), ON)


def test_a_changed_stock_needs_a_reason(desk: Desk) -> None:
    desk.open()
    desk.write(desk.cabbage, counted="1400", price="8k")
    assert desk.save() == 422
    assert desk.now(desk.cabbage) == (9_000, Decimal(1500), ON)
    assert desk.typed(desk.cabbage, "counted") == "1400"
    desk.sent["reason"] = "Dập nát"
    assert desk.save() == 303
    assert desk.now(desk.cabbage) == (8_000, Decimal(1400), ON)


def test_a_counted_stock_cannot_be_emptied_of_its_number(desk: Desk) -> None:
    desk.open()
    desk.write(desk.cabbage, counted="")
    assert desk.save() == 422
    assert desk.now(desk.cabbage)[1] == 1500


def test_the_price_of_one_unit_stays_above_what_larger_buyers_pay(desk: Desk) -> None:
    desk.open()
    desk.write(desk.world.carrots, price="12.000")
    assert desk.save() == 422
    assert "12.000\u00a0₫" in desk.html
    assert desk.now(desk.world.carrots)[0] == 16_000


def test_a_count_below_what_is_set_aside_is_refused_with_how_much_that_is(desk: Desk) -> None:
    order_for((desk.world.carrots, 60), person_id=desk.world.household.id)
    desk.open()
    desk.write(desk.world.carrots, counted="59")
    desk.sent["reason"] = "Đếm lại"
    assert desk.save() == 422
    assert "Đã giữ 60\u00a0kg cho khách" in desk.html
    assert desk.now(desk.world.carrots)[1] == 500
    desk.write(desk.world.carrots, counted="60")
    assert desk.save() == 303
    assert desk.now(desk.world.carrots)[1] == 60


def test_what_is_sold_after_the_page_was_opened_cannot_be_counted_away(desk: Desk) -> None:
    desk.open()
    desk.write(desk.world.carrots, counted="50")
    desk.write(desk.cabbage, price="8k")
    desk.sent["reason"] = "Đếm lại"
    order_for((desk.world.carrots, 60), person_id=desk.world.household.id)
    assert desk.save() == 422
    assert "Đã giữ 60\u00a0kg cho khách" in desk.html
    assert desk.now(desk.world.carrots)[1] == 500
    assert desk.now(desk.cabbage)[0] == 9_000


def test_a_stock_that_moved_meanwhile_is_counted_again_and_then_saved(desk: Desk) -> None:
    desk.open()
    desk.write(desk.world.carrots, counted="480")
    desk.sent["reason"] = "Hao hụt"
    with transaction():
        stock = queries.stock_of(desk.world.carrots.id)
        services.add_harvest(stock=stock, quantity=Decimal(100), by=desk.world.director)
    assert desk.save() == 422
    assert "bây giờ đang có 600\u00a0kg" in desk.html
    assert desk.typed(desk.world.carrots, "counted") == "480"
    assert desk.now(desk.world.carrots)[1] == 600
    assert desk.save() == 303
    assert desk.now(desk.world.carrots)[1] == 480


def test_what_somebody_else_changed_meanwhile_is_not_written_over(desk: Desk) -> None:
    carrots = desk.world.carrots
    desk.open()
    desk.write(carrots, price="18k")
    desk.write(desk.cabbage, state="paused", price="8k")
    with transaction():
        catalogue.change_price(product=carrots, tiers=[(Decimal(0), Money(17_500))], by=None)
    assert desk.save() == 422
    assert "17.500\u00a0₫" in desk.html and desk.typed(carrots, "price") == "18k"
    assert desk.now(carrots)[0] == 17_500
    assert desk.now(desk.cabbage) == (9_000, Decimal(1500), ON)
    assert desk.save() == 303
    assert desk.now(carrots)[0] == 18_000
    assert desk.now(desk.cabbage) == (8_000, Decimal(1500), OFF)


def test_what_was_not_touched_here_keeps_what_somebody_else_made_of_it(desk: Desk) -> None:
    carrots = desk.world.carrots
    desk.open()
    desk.write(desk.cabbage, price="8k")
    with transaction():
        catalogue.pause(product=carrots, by=None)
        stock = queries.stock_of(carrots.id)
        services.add_harvest(stock=stock, quantity=Decimal(100), by=desk.world.director)
    assert desk.save() == 303
    assert desk.now(carrots) == (16_000, Decimal(600), OFF)
    assert desk.now(desk.cabbage)[0] == 8_000


def test_a_trouble_elsewhere_does_not_hide_what_somebody_else_changed(desk: Desk) -> None:
    """The first answer tells only of the unread price; the other change is still found with the second."""
    carrots = desk.world.carrots
    desk.open()
    desk.write(desk.cabbage, price="?")
    desk.write(carrots, price="18k")
    with transaction():
        catalogue.change_price(product=carrots, tiers=[(Decimal(0), Money(17_500))], by=None)
    assert desk.save() == 422
    desk.write(desk.cabbage, price="8k")
    assert desk.save() == 422
    assert desk.now(carrots)[0] == 17_500


def test_a_product_that_left_meanwhile_is_told_and_nothing_is_saved(desk: Desk) -> None:
    desk.open()
    desk.write(desk.world.carrots, price="18k")
    with transaction():
        catalogue.retire(product=desk.garlic, by=None)
    assert desk.save() == 422
    assert "không còn bán" in desk.html
    assert desk.now(desk.world.carrots)[0] == 16_000


def test_another_cooperatives_product_is_out_of_reach(desk: Desk) -> None:
    onions = desk.world.onions
    desk.open()
    desk.write(desk.cabbage, ref=onions.ref, price="1000")
    assert desk.save() == 422
    assert "Hành củ" not in desk.html
    assert desk.now(onions)[0] == 28_000


def test_a_sale_moves_only_where_the_page_offers_it(desk: Desk) -> None:
    desk.open()
    desk.write(desk.garlic, state="published")
    assert desk.save() == 422
    assert desk.now(desk.garlic)[2] is DRAFT


def test_senseless_input_is_answered_not_broken(desk: Desk) -> None:
    for part, written in (
        ("seen", "x"), ("seen", "1 sNaN published"), ("seen", "9 9 nowhere"), ("counted", "-1"),
        ("counted", "1,2345"), ("counted", "9" * 30), ("price", "0"), ("price", "9" * 40), ("state", "lạ"),
    ):  # fmt: skip
        desk.open()
        desk.write(desk.cabbage, **{part: written})
        assert desk.save() in {303, 422}
        assert desk.now(desk.cabbage) == (9_000, Decimal(1500), ON)


def test_guests_and_buyers_do_not_come_in(client: Any, world: World) -> None:
    assert client.get(PRICES).status_code == 303
    client.sign_in("household@demo.vn")
    for path in (PRICES, f"{PRICES}.xlsx", f"{PRICES}/sheet"):
        assert client.get(path).status_code in {303, 403, 404}


def test_the_page_asks_the_same_number_of_questions_for_few_and_for_many(desk: Desk) -> None:
    few = _asked(desk)
    with transaction():
        for number in range(20):
            product = product_of(desk.world.dong_lac, "cai-bap", f"Cải bắp lô {number}", (0, 9_000))
            services.open_stock(product_id=product.id, unit="kg", quantity=Decimal(5), by=None)
    assert _asked(desk) <= few


def _asked(desk: Desk) -> int:
    db.session.expire_all()
    with queries_sent() as sent:
        assert desk.client.get(PRICES).status_code == 200
    return len(sent)
