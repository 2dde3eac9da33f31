"""Sums in words, as an invoice wants them."""

from __future__ import annotations

import pytest

from marketplace.foundation.spoken import dong_in_words


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        (0, "Không đồng"),
        (5, "Năm đồng"),
        (11, "Mười một đồng"),
        (15, "Mười lăm đồng"),
        (21, "Hai mươi mốt đồng"),
        (24, "Hai mươi tư đồng"),
        (105, "Một trăm linh năm đồng"),
        (660_000, "Sáu trăm sáu mươi nghìn đồng"),
        (1_205_000, "Một triệu hai trăm linh năm nghìn đồng"),
        (2_000_005, "Hai triệu không trăm linh năm đồng"),
        (1_005_000_000, "Một tỷ không trăm linh năm triệu đồng"),
        (45_321_000, "Bốn mươi lăm triệu ba trăm hai mươi mốt nghìn đồng"),
        (-30_000, "Âm ba mươi nghìn đồng"),
    ],
)
def test_a_sum_is_said_as_people_say_it(amount: int, words: str) -> None:
    assert dong_in_words(amount) == words
