"""The text inside the code against published vectors, another implementation, and people who would bend it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from vietnam_qr_pay import QRPay

from marketplace.foundation.drawing import qr
from marketplace.payments import vietqr

VECTORS = [
    (
        ("970416", "257678859", None, ""),
        "00020101021138530010A0000007270123000697041601092576788590208QRIBFTTA53037045802VN6304AE9F",
    ),
    (
        ("970416", "257678859", 10_000, "Chuyen tien"),
        "00020101021238530010A0000007270123000697041601092576788590208QRIBFTTA"
        "53037045405100005802VN62150811Chuyen tien630453E6",
    ),
    (
        ("970405", "2300205123456", 1_250_000, "HTXDL000123"),
        "00020101021238570010A00000072701270006970405011323002051234560208QRIBFTTA"
        "5303704540712500005802VN62150811HTXDL00012363047AB1",
    ),
    (
        ("970446", "0123456789", 98_400_000, "HD20260007"),
        "00020101021238540010A0000007270124000697044601100123456789"
        "0208QRIBFTTA53037045408984000005802VN62140810HD2026000763048236",
    ),
]
banks = st.from_regex(r"9704[0-9]{2}", fullmatch=True)
accounts = st.from_regex(r"[0-9]{6,19}", fullmatch=True)
sums = st.integers(1, 9_999_999_999_999)
references = st.from_regex(r"[A-Z0-9]{6,19}", fullmatch=True)


@pytest.mark.parametrize(("asked", "text"), VECTORS)
def test_published_vectors_both_ways(asked: tuple[str, str, int | None, str], text: str) -> None:
    assert vietqr.payload(*asked) == text
    assert vietqr.parse(text) == vietqr.Transfer(*asked)


@given(banks, accounts, sums, references)
def test_what_is_written_reads_back(bank: str, account: str, amount: int, reference: str) -> None:
    text = vietqr.payload(bank, account, amount, reference)
    assert vietqr.parse(text) == vietqr.Transfer(bank, account, amount, reference)


@given(banks, accounts, sums, references)
def test_another_implementation_reads_the_same(bank: str, account: str, amount: int, reference: str) -> None:
    read = QRPay(vietqr.payload(bank, account, amount, reference))
    assert read.is_valid
    assert (read.consumer.bank_bin, read.consumer.bank_number) == (bank, account)
    assert (int(read.amount), read.additional_data.purpose) == (amount, reference)


@given(banks, accounts, sums, references, st.data())
def test_one_changed_sign_is_noticed(
    bank: str, account: str, amount: int, reference: str, data: st.DataObject
) -> None:
    text = vietqr.payload(bank, account, amount, reference)
    at = data.draw(st.integers(0, len(text) - 1))
    sign = data.draw(st.sampled_from("0123456789ABCXYZ").filter(lambda s: s != text[at]))
    with pytest.raises(ValueError):
        vietqr.parse(text[:at] + sign + text[at + 1 :])


@pytest.mark.parametrize(
    "purpose", ["X" * 20, "đơn hàng", "5405100006304", "A\n6304", "🥕", "a;b", "DH-1", "６３０４"]
)
def test_a_purpose_that_could_bend_the_code_is_refused_or_stays_a_purpose(purpose: str) -> None:
    try:
        text = vietqr.payload("970405", "2300205123456", 900_000, purpose)
    except ValueError:
        return
    assert vietqr.parse(text) == vietqr.Transfer("970405", "2300205123456", 900_000, purpose)


@pytest.mark.parametrize("amount", [0, -1, 10**13])
def test_no_sum_that_a_bank_cannot_read(amount: int) -> None:
    with pytest.raises(ValueError):
        vietqr.payload("970405", "2300205123456", amount, "DH7K2M9P4QRC")


def test_a_second_sum_smuggled_in_is_not_read() -> None:
    text = vietqr.payload("970405", "2300205123456", 900_000, "DH7K2M9P4QRC")[:-8]
    bent = f"{text}54061000006304"
    with pytest.raises(ValueError):
        vietqr.parse(bent + vietqr.crc(bent))


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_drawn_code_decodes_to_its_text(form: str) -> None:
    import io

    import resvg_py
    import zxingcpp
    from PIL import Image

    text = vietqr.payload("970405", "2300205123456", 900_000, "DH7K2M9P4QRC")
    drawn = (
        qr.png(text)
        if form == "png"
        else bytes(resvg_py.svg_to_bytes(svg_string=str(qr.svg(text, "Mã <VietQR>")), width=600))
    )
    found = zxingcpp.read_barcodes(Image.open(io.BytesIO(drawn)).convert("RGB"))
    assert [code.text for code in found] == [text]


def test_the_drawing_says_what_it_is_and_holds_no_style_or_script() -> None:
    drawn = str(qr.svg("x", 'Mã "VietQR" <b>'))
    assert "<title>Mã &#34;VietQR&#34; &lt;b&gt;</title>" in drawn
    assert "style" not in drawn and "<script" not in drawn
