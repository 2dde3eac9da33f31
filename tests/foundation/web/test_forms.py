"""What was typed wrongly comes back with its sentence beside the field, and everything typed still there."""

from __future__ import annotations

from decimal import Decimal

import pytest
from flask import Flask

from marketplace.foundation.errors import Refusal
from marketplace.foundation.web import fields
from marketplace.foundation.web.forms import Form
from tests.client import ReadingClient
from tests.world import World


class Basket(Form):
    name = fields.LineField("Name", validators=[fields.Needed()])
    price = fields.MoneyField("Price")


@pytest.mark.parametrize(
    ("refusal", "beside", "above"),
    [
        (Refusal("Quá đắt", field="price"), {"price": ["Quá đắt"]}, []),
        (
            Refusal("Hai chỗ", fields={"name": "Trùng", "price": "Cao"}),
            {"name": ["Trùng"], "price": ["Cao"]},
            [],
        ),
        (Refusal("Hết hàng"), {}, ["Hết hàng"]),
        (Refusal("Lạ", field="nowhere"), {}, ["Lạ"]),
    ],
)
def test_a_refusal_stands_where_it_belongs(
    app: Flask, refusal: Refusal, beside: dict[str, list[str]], above: list[str]
) -> None:
    with app.test_request_context("/", method="POST", data={"name": " Cà  rốt ", "price": "12k"}):
        form = Basket()
        assert form.submitted() and not form.refused
        with form.reporting():
            raise refusal
        assert form.refused
        assert {name: list(errors) for name, errors in form.errors.items() if name} == beside
        assert form.problems == above
        assert 'value="12k"' in form.price()


def test_other_exceptions_are_not_swallowed(app: Flask) -> None:
    with app.test_request_context("/", method="POST"), pytest.raises(ZeroDivisionError), Basket().reporting():
        raise ZeroDivisionError


def test_looking_at_a_form_submits_nothing(app: Flask) -> None:
    with app.test_request_context("/?name=x"):
        form = Basket()
        assert not form.submitted() and not form.refused


def test_a_password_is_never_written_back(client: ReadingClient, world: World) -> None:
    client.sign_in("household@demo.vn")
    answer = client.send("/account/password", {"old": "sai", "new": "ca-rot-moi-2027"})
    assert answer.status_code == 422
    html = answer.get_data(as_text=True)
    assert "ca-rot-moi-2027" not in html


def test_a_price_nobody_can_read_is_kept_as_typed(client: ReadingClient, world: World) -> None:
    client.sign_in("donglac@demo.vn")
    path = f"/desk/products/{world.carrots.ref}/price"
    answer = client.send(path, {"price": "mười hai <b>nghìn</b>"})
    html = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "mười hai &lt;b&gt;nghìn&lt;/b&gt;" in html and "<b>nghìn" not in html
    assert 'aria-invalid="true"' in html and "aria-describedby" in html


class Sack(Form):
    price = fields.MoneyField("Price", validators=[fields.Needed()])
    weight = fields.QuantityField("Weight", least=-1)


def test_what_cannot_be_read_is_not_called_missing(app: Flask) -> None:
    with app.test_request_context("/", method="POST", data={"price": "rẻ thôi"}):
        form = Sack()
        assert not form.submitted()
        assert form.price.errors == ["Chưa hiểu số tiền này. Ví dụ: 12.000 hoặc 12k."]


@pytest.mark.parametrize("path", ["/", "/en"])
@pytest.mark.parametrize("amount", ["0", "0.125", "1.5", "1500", "12345.678"])
def test_an_amount_shown_in_a_field_is_read_back_as_it_was(app: Flask, path: str, amount: str) -> None:
    with app.test_request_context(path):
        shown = Sack(formdata=None, data={"weight": Decimal(amount)}).weight._value()
    with app.test_request_context(path, method="POST", data={"price": "1", "weight": shown}):
        form = Sack()
        assert form.submitted()
        assert form.weight.data.amount == Decimal(amount)
