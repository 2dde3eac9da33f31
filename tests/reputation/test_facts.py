"""Figures of sellers and buyers: out of what happened, with causes, and honest about small numbers."""

from __future__ import annotations

import datetime as dt

import pytest

from marketplace.accounts import queries as accounts_queries
from marketplace.accounts import services as accounts
from marketplace.accounts.states import Purpose
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Conflict, Refusal
from marketplace.foundation.words import in_language
from marketplace.insights.invariants import breaks
from marketplace.orders import services as orders
from marketplace.orders.states import CancelReason, RefusalReason, Side
from marketplace.reputation import facts, queries, services, tasks
from marketplace.reputation.models import SellerFacts
from marketplace.reputation.states import HideReason, WordsState
from marketplace.reputation.telling import so_far, told
from tests.client import ReadingClient
from tests.letters import letters_to, link_in
from tests.orders.agreed import agreed, holds, received
from tests.orders.buying import order_for
from tests.world import World


def figures(world: World) -> dict[str, facts.Figure]:
    return {figure.key: figure for figure in facts.of_seller(world.dong_lac.id)}


def test_an_order_that_went_well_counts_everywhere(world: World) -> None:
    received(world)
    seen = figures(world)
    assert [
        (seen[k].done, seen[k].of) for k in ("answered", "accepted", "kept", "delivered", "complaints")
    ] == [
        (1, 1),
        (1, 1),
        (1, 1),
        (1, 1),
        (0, 1),
    ]


def test_a_refusal_says_why_and_silence_is_no_answer(world: World) -> None:
    refused, silent = (order_for((world.carrots, 5)).orders[0] for _ in range(2))
    with transaction():
        orders.refuse(order=refused, reason=RefusalReason.WEATHER, words="Mưa", by=world.director)
    with clock.standing_at(silent.answer_by + dt.timedelta(minutes=1)), transaction():
        orders.lapse(order=silent)
    seen = figures(world)
    assert (seen["answered"].done, seen["answered"].of) == (1, 2)
    assert (seen["accepted"].done, seen["accepted"].of, seen["accepted"].causes) == (0, 1, {"weather": 1})


def test_what_the_buyer_took_back_first_is_nobodys_silence(world: World) -> None:
    order = order_for((world.carrots, 5)).orders[0]
    with transaction():
        orders.withdraw(order=order)
    assert figures(world)["answered"].of == 0


def test_calling_off_counts_against_who_did_it(world: World) -> None:
    mine, theirs = (agreed(world, person_id=world.household.id) for _ in range(2))
    for order, side, reason in (
        (mine, Side.BUYER, CancelReason.NOT_NEEDED),
        (theirs, Side.SELLER, CancelReason.WEATHER),
    ):
        with transaction():
            orders.cancel(order=order, side=side, reason=reason, words="", by=world.director)
    kept = figures(world)["kept"]
    assert (kept.done, kept.of, kept.causes) == (1, 2, {"weather": 1})
    buyer = {figure.key: figure for figure in facts.of_buyer(mine.group)}
    assert (buyer["backed_out"].done, buyer["backed_out"].of) == (1, 2)


def test_of_a_guest_nothing_is_known(world: World) -> None:
    order = received(world)
    assert facts.buyer_is(order.group) is None
    assert {figure.of for figure in facts.of_buyer(order.group)} == {0}


def test_what_is_older_than_a_year_no_longer_counts(world: World) -> None:
    received(world)
    with clock.standing_at(clock.now() + dt.timedelta(days=370)):
        assert figures(world)["answered"].of == 0


def test_few_orders_are_never_a_percentage(world: World) -> None:
    few, many = facts.Figure("delivered", 2, 3), facts.Figure("delivered", 9, 12, {"late": 3})
    with in_language("en"):
        assert [one.value for one in told([few, many])] == ["2 of 3", "75%"]
        assert told([many])[0].causes == ["later than the day agreed: 3"]
        assert "so far" in so_far(3) and "so far" not in so_far(12)


def test_the_figures_that_are_shown_follow_what_happens(world: World, client: ReadingClient) -> None:
    page = f"/en/cooperatives/{world.dong_lac.slug}"
    tasks.count_facts()
    assert "Answered in time" not in client.get(page).get_data(as_text=True)
    received(world)
    tasks.count_facts()
    assert "1 of 1" in client.get(page).get_data(as_text=True)
    holds()


def test_figures_that_were_tampered_with_are_found(world: World) -> None:
    received(world)
    tasks.count_facts()
    with transaction():
        row = db.session.get_one(SellerFacts, world.dong_lac.id)
        row.told = [{**row.told[0], "done": 99}, *row.told[1:]]
    assert {number for number, _sentence, count in breaks() if count} == {"F1"}


def test_every_figure_opens_the_orders_behind_it(world: World, client: ReadingClient) -> None:
    order = received(world)
    client.sign_in("donglac@demo.vn")
    assert client.get("/desk/reputation").status_code == 200
    for key in facts.SELLER:
        shown = client.get(f"/desk/reputation/{key}").get_data(as_text=True)
        assert (order.number in shown) == (figures(world)[key].of > 0), key


def test_another_cooperative_sees_none_of_it(world: World, client: ReadingClient) -> None:
    order = received(world)
    client.sign_in("kinhmon@demo.vn")
    assert order.number not in client.get("/desk/reputation/answered").get_data(as_text=True)
    assert client.get(f"/desk/orders/{order.number}/words").status_code == 404


def test_the_cooperative_reads_what_is_known_of_a_buyer(world: World, client: ReadingClient) -> None:
    received(world, person_id=world.household.id)
    waiting = order_for((world.carrots, 5), person_id=world.household.id).orders[0]
    client.sign_in("donglac@demo.vn")
    shown = client.get(f"/en/desk/orders/{waiting.number}").get_data(as_text=True)
    assert "Paid in time" in shown and "1 of 1" in shown
    assert "Paid in time" not in client.get(f"/en/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)


# --- words ------------------------------------------------------------------------------------------


def test_words_are_shown_with_letters_of_the_name_once_the_buyer_agreed(
    world: World, client: ReadingClient
) -> None:
    order = received(world)
    page = f"/cooperatives/{world.dong_lac.slug}/words"
    assert client.get(page).status_code == 200
    sent = client.post(f"/orders/{order.ref}/words", data={"words": "Cà rốt giòn, giao sớm.", "public": "y"})
    assert sent.status_code == 303
    shown = client.get(page).get_data(as_text=True)
    assert "Cà rốt giòn" in shown and "N. T. L." in shown and "Nguyễn Thị Lan" not in shown
    assert "Cà rốt giòn" in client.get(f"/products/{world.carrots.slug}").get_data(as_text=True)
    assert accounts_queries.consents_by(order.group.ref), "the consent is kept, for a guest too"


def test_without_the_tick_nobody_else_reads_them(world: World, client: ReadingClient) -> None:
    order = received(world)
    client.post(f"/orders/{order.ref}/words", data={"words": "Hàng hơi nhỏ"})
    assert "Hàng hơi nhỏ" not in client.get(f"/cooperatives/{world.dong_lac.slug}/words").get_data(
        as_text=True
    )
    assert queries.words_about(order) is not None


def test_taking_the_consent_back_hides_them_at_once(world: World, client: ReadingClient) -> None:
    order = received(world, person_id=world.household.id)
    with transaction():
        services.say(order=order, words="Ngon", public=True, by=world.household)
    consent = accounts_queries.living_consent(Purpose.WORDS, person_id=world.household.id)
    with transaction():
        accounts.withdraw_consent(consent=consent, by=world.household)
    assert not queries.public_words(world.dong_lac.id).rows


def test_they_are_written_once_after_receipt_and_amended_until_the_answer(world: World) -> None:
    early = agreed(world)
    with pytest.raises(Refusal), transaction():
        services.say(order=early, words="Sớm quá", public=False)
    order = received(world)
    with transaction():
        words = services.say(order=order, words="Tốt", public=False)
    with pytest.raises(Conflict), transaction():
        services.say(order=order, words="Lại tốt", public=False)
    with transaction():
        services.amend(words=words, text="Rất tốt", public=False)
    with transaction():
        services.answer(words=words, text="Cảm ơn bác", by=world.director)
    with pytest.raises(Refusal), transaction():
        services.answer(words=words, text="Cảm ơn nữa", by=world.director)
    with pytest.raises(Refusal), transaction():
        services.amend(words=words, text="Thôi, xấu", public=False)
    assert (words.words, words.answer) == ("Rất tốt", "Cảm ơn bác")


def test_an_officer_hides_with_a_reason_and_both_sides_are_told(world: World, client: ReadingClient) -> None:
    order = received(world, email="lan@nha.vn")
    with transaction():
        words = services.say(order=order, words="Lão Hùng lừa đảo", public=True)
    with transaction():
        services.report(words=words, side=Side.SELLER, why="Xúc phạm", by=world.director)
    assert words.state is WordsState.REPORTED and words.is_shown, "shown until somebody looked"
    client.sign_in("officer@demo.vn")
    assert "Xúc phạm" in client.get(f"/office/words/{words.ref}").get_data(as_text=True)
    assert client.send(f"/office/words/{words.ref}/hiding").status_code == 422
    assert client.send(f"/office/words/{words.ref}/hiding", {"reason": HideReason.INSULT}).status_code == 303
    assert "Lão Hùng" not in client.get(f"/cooperatives/{world.dong_lac.slug}/words").get_data(as_text=True)
    assert letters_to("lan@nha.vn", "đã được ẩn") and letters_to("donglac@demo.vn", "đã được ẩn")


def test_nobody_but_officers_moderates(world: World, client: ReadingClient) -> None:
    order = received(world)
    with transaction():
        words = services.say(order=order, words="Tốt", public=True)
    client.sign_in("donglac@demo.vn")
    assert client.send(f"/office/words/{words.ref}/hiding", {"reason": "insult"}).status_code == 404


def test_the_letter_some_days_later_takes_the_words_with_one_tap(world: World, client: ReadingClient) -> None:
    order = received(world, email="lan@nha.vn")
    tasks.ask_for_words()
    assert not letters_to("lan@nha.vn", "thế nào"), "not on the first day"
    with clock.standing_at(clock.now() + dt.timedelta(days=4)):
        tasks.ask_for_words()
        tasks.ask_for_words()
    (letter,) = letters_to("lan@nha.vn", "thế nào")
    link = link_in(letter, "Viết vài lời")
    assert client.get(link).status_code == 200
    assert client.post(link, data={"words": "Giòn ngọt", "public": "y"}).status_code == 303
    assert client.post(link, data={"words": "Lần hai"}).status_code == 303
    assert [words.words for words in queries.public_words(world.dong_lac.id).rows] == ["Giòn ngọt"]
    assert order.number in letter.subject
