import re
from random import Random

import pytest

from marketplace.foundation.reference import (
    check_ok,
    drawn_from,
    human_number,
    payment_reference,
    random_ref,
    read_short_code,
    ref_begins,
    short_code,
    spoken_code,
)


def test_addresses_are_long_and_never_the_same():
    refs = {random_ref() for _ in range(500)}
    assert len(refs) == 500
    assert all(re.fullmatch(r"[0-9a-hjkmnp-tv-z]{26}", ref) for ref in refs)
    assert re.fullmatch(r"[0-9A-HJKMNP-TV-Z]{26}", random_ref(upper=True))


@pytest.mark.parametrize("prefix", ["DH", "GH", "HTXDLA"])
def test_transfer_texts_have_the_form_that_banks_take(prefix):
    refs = {payment_reference(prefix) for _ in range(300)}
    assert len(refs) == 300
    for ref in refs:
        assert re.fullmatch(r"[A-Z0-9]{6,19}", ref) and ref.startswith(prefix)
        assert not set(ref[len(prefix) :]) & set("01OILUZ")
        assert check_ok(ref)


@pytest.mark.parametrize("prefix", ["", "D", "dh", "D1", "ABCDEFG", "ĐH"])
def test_other_prefixes_are_refused(prefix):
    with pytest.raises(ValueError):
        payment_reference(prefix)


def test_every_single_wrong_sign_is_noticed():
    ref = payment_reference("DH")
    for at in range(len(ref)):
        for sign in "23456789ABCDEFGHJKMNPQRSTVWXY":
            if sign != ref[at]:
                assert not check_ok(ref[:at] + sign + ref[at + 1 :])


def test_words_and_numbers_of_banks_are_no_references():
    for word in ["CHUYENTIENNHA", "3278907687", "THANHTOANDON", "FT26328123456", "NGUYENVANHAI", "", "DH"]:
        assert not check_ok(word)


def test_numbers_for_paper():
    assert human_number("DL", 2026, 127) == "DL-2026-000127"
    assert human_number("DL", 2026, 12345678) == "DL-2026-12345678"
    for bad in [("dl", 2026, 1), ("DL", 26, 1), ("DL", 2026, 0)]:
        with pytest.raises(ValueError):
            human_number(*bad)


def test_lot_codes_read_back_and_notice_slips():
    codes = [short_code(n) for n in range(3000)]
    assert len(set(codes)) == 3000
    assert [read_short_code(code) for code in codes] == list(range(3000))
    assert read_short_code(short_code(29**6).lower()) == 29**6
    for code in codes[::97]:
        for at in range(len(code) - 1):
            swapped = code[:at] + code[at + 1] + code[at] + code[at + 2 :]
            assert swapped == code or read_short_code(swapped) is None
            for sign in "23456789ABCDEFGHJKMNPQRSTVWXY":
                if sign != code[at]:
                    assert read_short_code(code[:at] + sign + code[at + 1 :]) is None


@pytest.mark.parametrize("bad", ["", "2222", "0O1I2", "2" * 17])
def test_no_lot_code(bad):
    assert read_short_code(bad) is None


def test_lots_are_counted_from_zero():
    with pytest.raises(ValueError):
        short_code(-1)


def test_a_spoken_code_is_understood_in_any_writing() -> None:
    ref = "0k3m9qxtb2hd" + "c" * 14
    code = spoken_code(ref)
    assert code == "0K3M-9QXT-B2HD"
    for said in (code, code.lower(), "0k3m 9qxt b2hd", "OK3M9QXTB2HD"):
        assert ref_begins(said) == ref[:12]
    for wrong in ("", "0K3M-9QXT", "0K3M-9QXT-B2HDX", "0912 000 002", "ĐK3M-9QXT-B2HD"):
        assert ref_begins(wrong) is None


def test_an_invented_history_draws_the_same_names_again() -> None:
    def drawn() -> list[str]:
        with drawn_from(Random(7)):
            return [random_ref(), payment_reference("QT"), random_ref()]

    assert drawn() == drawn() and len(set(drawn())) == 3
    assert random_ref() not in drawn(), "outside of it nothing can be guessed"
