import random
import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from marketplace.foundation.telex import from_telex
from marketplace.foundation.text import (
    ascii_upper,
    clean_line,
    clean_text,
    exact,
    fold,
    given_name,
    looks_like,
    nfc,
    slug,
    sort_key,
    tokens,
    within_one_edit,
)

calm = settings(max_examples=200, derandomize=True, deadline=None)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("Cà  rốt\tĐồng-Lạc", "ca rot dong lac"),
        (unicodedata.normalize("NFD", "Đặng Thị Nguyệt"), "dang thi nguyet"),
        ("Ðồng ƉỒNG ĐỒNG", "dong dong dong"),
        ("HTX (DVNN) 36,5%", "htx dvnn 36 5"),
        ("  ", ""),
        ("İstanbul", "istanbul"),
    ],
)
def test_folding(written, folded):
    assert fold(written) == folded
    assert tokens(written) == folded.split()


@calm
@given(st.text())
def test_folding_twice_is_folding_once_and_any_form_folds_alike(s):
    assert fold(fold(s)) == fold(s)
    assert fold(unicodedata.normalize("NFD", s)) == fold(unicodedata.normalize("NFC", s))


def test_two_communes_fold_alike_but_stay_apart():
    assert fold("Cẩm Giang") == fold("Cẩm Giàng")
    assert exact("Cẩm Giang") != exact("Cẩm Giàng")


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Hoà", "hòa"), ("Thuỷ", "thủy"), ("KHOẺ", "khỏe"), ("hòan", "hoàn"), ("qúy", "quý"),
        ("Ðông", "đông"), (unicodedata.normalize("NFD", "Việt Hoà"), "việt hòa"), ("a  b", "a b"),
    ],
)  # fmt: skip
def test_where_the_tone_is_drawn_does_not_matter(one, other):
    assert exact(one) == other
    assert exact(other) == other


@pytest.mark.parametrize("word", ["quý", "hoàn", "ngoài", "thủy", "xoáy", "huỳnh", "quả", "khoẻn", "của"])
def test_right_spelling_stays(word):
    assert exact(word) == word


def test_slugs():
    assert slug("Cà rốt Đồng Lạc!") == "ca-rot-dong-lac"
    assert slug("!!!") == "" == slug("日本")
    assert slug("một hai ba", limit=7) == "mot-hai"
    assert slug("a" * 100, limit=10) == "a" * 10


def test_the_vietnamese_alphabet():
    letters = list("aăâbcdđeêghiklmnoôơpqrstuưvxy")
    shuffled = random.Random(7).sample(letters, len(letters))
    assert sorted(shuffled, key=sort_key) == letters
    assert sorted((letter.upper() for letter in shuffled), key=sort_key) == [x.upper() for x in letters]


def test_tones_count_last():
    assert sorted(["bạ", "bá", "bã", "bả", "bà", "ba"], key=sort_key) == ["ba", "bà", "bả", "bã", "bá", "bạ"]
    assert sorted(["cà tím", "ca rốt", "cà rốt", "cá rô"], key=sort_key) == [
        "cá rô",
        "ca rốt",
        "cà rốt",
        "cà tím",
    ]
    assert sorted(["An Bình", "An", "Ân", "Anh", "12"], key=sort_key) == ["12", "An", "An Bình", "Anh", "Ân"]


def test_what_cannot_be_seen_is_taken_out():
    assert clean_line("  Cà\u200b\u00a0 rốt\u202e\x00\n\tĐồng Lạc\ufeff ") == "Cà rốt Đồng Lạc"
    assert clean_line(unicodedata.normalize("NFD", "Đồng")) == nfc("Đồng")
    assert clean_line("\ud800a") == "a"


def test_text_keeps_its_paragraphs():
    assert clean_text(" một \r\nhai\r\n\r\n\n\nba\u2028bốn\u2029năm \n\n") == "một\nhai\n\nba\nbốn\n\nnăm"
    assert clean_text("\n \n") == ""


@calm
@given(st.text())
def test_clean_text_is_clean(s):
    for clean in (clean_line, clean_text):
        once = clean(s)
        assert clean(once) == once
        assert not [ch for ch in once if unicodedata.category(ch) in ("Cc", "Cf", "Cs") and ch != "\n"]
    assert "\n" not in clean_line(s)


def test_people_are_called_by_the_last_word():
    assert [given_name("Nguyễn Thị  Lan "), given_name("Lan"), given_name(" ")] == ["Lan", "Lan", ""]


@pytest.mark.parametrize(
    ("a", "b", "near"),
    [
        ("carot", "carot", True), ("carot", "carott", True),
        ("carot", "crot", True), ("carot", "cabot", True),
        ("carot", "craot", True), ("carot", "croat", False), ("", "a", True), ("", "ab", False),
        ("ab", "ba", True), ("abc", "cba", False), ("carot", "carrott", False),
    ],
)  # fmt: skip
def test_one_slip(a, b, near):
    assert within_one_edit(a, b) is near
    assert within_one_edit(b, a) is near


@calm
@given(st.text("abc", max_size=8), st.data())
def test_every_single_slip_is_near(word, data):
    at = data.draw(st.integers(0, len(word)))
    letter = data.draw(st.sampled_from("abc"))
    for slipped in (
        word[:at] + letter + word[at:],
        word[:at] + word[at + 1 :],
        word[:at] + letter + word[at + 1 :],
        word[:at] + word[at + 1 : at + 2] + word[at : at + 1] + word[at + 2 :],
    ):
        assert within_one_edit(word, slipped)


def test_names_that_could_be_one():
    assert looks_like("HTX Đồng Lạc", "htx dong lac")
    assert looks_like("Đồng Lạc", "Đồng Lac j") is False
    assert looks_like("Kinh Môn", "Kinh Mon1")
    assert not looks_like("na", "nho")
    assert not looks_like("na", "nà b")
    assert not looks_like("", "")


def test_bank_capitals():
    assert ascii_upper("Đồng lạc\u00a0– thanh toán\n50₫ dh.12") == "DONG LAC THANH TOAN 50 DH.12"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("caf roost", "cà rốt"),
        ("cà roost", "cà rốt"),
        ("ddoongf lacj", "đồng lạc"),
        ("HTX ddoongf lacj", "htx đồng lạc"),
        ("hanhf", "hành"),
        ("truowngf", "trường"),
        ("truwowngf", "trường"),
        ("truongwf", "trường"),
        ("nguyeenx", "nguyễn"),
        ("quys", "quý"),
        ("gif", "gì"),
        ("giaf", "già"),
        ("hoaf", "hòa"),
        ("cuar", "của"),
        ("rau muoongs", "rau muống"),
        ("muwa", "mưa"),
        ("muaw", "mưa"),
        ("bawps cair", "bắp cải"),
        ("khoai taay", "khoai tây"),
        ("vair thieeuf", "vải thiều"),
        ("Caf Roost 5 kg", "cà rốt 5 kg"),
        ("dongfd", "đòng"),
    ],
)
def test_raw_telex_is_understood(typed, meant):
    assert from_telex(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "ca rot", "cà rốt", "", "coffee", "carrots", "fresh onions", "HTX", "123", "dong lac", "root",
        "x" * 300, "caf coffee",
    ],
)  # fmt: skip
def test_what_is_not_telex_is_left_alone(typed):
    assert from_telex(typed) is None


@calm
@given(st.text("abcdefghijklmnopqrstuvwxyz ", max_size=30))
def test_telex_never_changes_what_was_understood(s):
    meant = from_telex(s)
    assert meant is None or from_telex(meant) is None
