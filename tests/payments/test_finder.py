"""Finding our references in what banks print: forgiving in everything but the reference itself."""

from __future__ import annotations

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from marketplace.foundation.reference import payment_reference
from marketplace.payments.finder import nearly_in, references_in

REF = payment_reference("DH")
CLEAR = "23456789ABCDEFGHJKMNPQRSTVWXY"
noise = st.text(alphabet=string.ascii_letters + string.digits + " .,-/_;:|ạđÁ", max_size=40)


@pytest.mark.parametrize(
    "text",
    [
        "{ref}", "MBVCB.3278907687.{ref}.CT tu 0011 LAN toi 2300", "CHUYENTIEN{ref}GD261124", "{small} tra tien",
        "IBFT {blank} 24/11/2026", "{dash}", "REM Tfr Ac:0123 O@L_080002,{ref}-241126-09:12:01", "DH {ref}",
        "DHHT{ref}",
    ],
)  # fmt: skip
def test_banks_may_wrap_glue_and_space_it(text: str) -> None:
    written = text.format(ref=REF, small=REF.lower(), blank=f"{REF[:5]} {REF[5:]}", dash="-".join(REF))
    assert REF in references_in(written)


@given(before=noise, after=noise, blanks=st.lists(st.integers(1, 11), max_size=3))
def test_whatever_stands_around_it_is_found(before: str, after: str, blanks: list[int]) -> None:
    ref = payment_reference("HT")
    spaced = "".join(f" {sign}" if place in blanks else sign for place, sign in enumerate(ref))
    assert ref in references_in(before + spaced + after)


@given(place=st.integers(0, 11), sign=st.sampled_from(CLEAR), before=noise, after=noise)
def test_one_wrong_sign_never_names_this_charge_or_another(
    place: int, sign: str, before: str, after: str
) -> None:
    """Two references of one shop never differ in one sign only, so a slip cannot name a neighbour."""
    ref = payment_reference("DH")
    slip = ref[:place] + sign + ref[place + 1 :]
    found = references_in(f"{before} {slip} {after}")
    assert (slip in found) == (slip == ref)
    if slip != ref:
        assert ref not in found


@given(text=st.text(max_size=120))
def test_no_text_names_a_charge_by_chance(text: str) -> None:
    wanted = {payment_reference("DH") for _ in range(20)}
    assert not wanted & set(references_in(text))


@given(cut=st.integers(1, 11))
def test_a_reference_that_was_cut_is_no_reference_but_worth_a_look(cut: int) -> None:
    ref = payment_reference("DH")
    text = f"MBVCB CT {ref[:cut]}"
    assert ref not in references_in(text)
    assert nearly_in(text, ref) == (cut >= 7)


def test_a_slip_is_worth_a_look() -> None:
    slip = REF[:6] + ("A" if REF[6] != "A" else "B") + REF[7:]
    assert nearly_in(f"CT {slip} TIEN CA ROT", REF)
    assert not nearly_in("CHUYEN TIEN CA ROT THANG 11", REF)
