"""The units of Vietnam, old and new: what became what, and the traps of names and codes."""

import pytest

from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import in_language
from marketplace.places import queries
from marketplace.places.loading import load_units
from marketplace.places.models import AdminSuccession, AdminUnit
from marketplace.places.services import confirm_unit, make_address
from marketplace.places.states import Part, UnitKind


@pytest.fixture
def units(app):
    with transaction():
        load_units({"30", "31"})


def find(path):
    """One unit by its full path."""
    name = path.split(",")[0]
    found = db.session.query(AdminUnit).filter(AdminUnit.full_name == name).all()
    return next(unit for unit in found if queries.path_of(unit) == path)


def heirs(path):
    return [(heir.code, heir.full_name, part) for heir, part in queries.successors(find(path).id)]


@pytest.mark.parametrize(
    ("old", "code", "new"),
    [
        ("Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương", "10603", "Phường Lê Đại Hành"),
        ("Phường An Lạc, Thành phố Chí Linh, Tỉnh Hải Dương", "10603", "Phường Lê Đại Hành"),
        ("Phường Phả Lại, Thành phố Chí Linh, Tỉnh Hải Dương", "10546", "Phường Chí Linh"),
        ("Phường Bến Tắm, Thành phố Chí Linh, Tỉnh Hải Dương", "10552", "Phường Nguyễn Trãi"),
        ("Xã Đồng Lạc, Huyện Nam Sách, Tỉnh Hải Dương", "10606", "Xã Nam Sách"),
        ("Xã Đức Chính, Huyện Cẩm Giàng, Tỉnh Hải Dương", "10909", "Xã Tuệ Tĩnh"),
        ("Thị trấn Cẩm Giang, Huyện Cẩm Giàng, Tỉnh Hải Dương", "10888", "Xã Cẩm Giang"),
        ("Xã Lương Điền, Huyện Cẩm Giàng, Tỉnh Hải Dương", "10903", "Xã Cẩm Giàng"),
        ("Xã Thanh Xuân, Huyện Thanh Hà, Tỉnh Hải Dương", "10843", "Xã Hà Nam"),
        ("Xã Thăng Long, Thị xã Kinh Môn, Tỉnh Hải Dương", "10705", "Xã Nam An Phụ"),
    ],
)
def test_a_whole_unit_has_one_heir(units, old, code, new):
    assert heirs(old) == [(code, new, Part.WHOLE)]


def test_a_divided_unit_names_its_heirs(units):
    found = heirs("Phường Tứ Minh, Thành phố Hải Dương, Tỉnh Hải Dương")
    assert [(code, part) for code, _name, part in found] == [("10891", Part.PART), ("10543", Part.PART)]


@pytest.mark.parametrize(
    ("code", "old", "new"), [("10603", "Tân Dân", "Lê Đại Hành"), ("10546", "Phả Lại", "Chí Linh")]
)
def test_codes_were_used_again(units, code, old, new):
    found = db.session.query(AdminUnit).filter_by(code=code, level=3).order_by(AdminUnit.valid_from).all()
    assert [(unit.name, unit.is_current) for unit in found] == [(old, False), (new, True)]


def test_loading_twice_changes_nothing(units):
    before = db.session.query(AdminUnit).count(), db.session.query(AdminSuccession).count()
    with transaction():
        assert load_units({"30", "31"}) == 0
    assert (db.session.query(AdminUnit).count(), db.session.query(AdminSuccession).count()) == before


def test_the_new_hai_phong_has_its_114_communes(units):
    current = db.session.query(AdminUnit).filter(AdminUnit.level == 3, AdminUnit.valid_to.is_(None)).all()
    hai_phong = [unit for unit in current if queries.path_of(unit).endswith("Thành phố Hải Phòng")]
    assert len(hai_phong) == 114


def test_an_old_name_finds_both_dong_lac_and_keeps_them_apart(units):
    hits = queries.search_units("dong lac")
    assert [hit.path for hit in hits] == [
        "Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương",
        "Xã Đồng Lạc, Huyện Nam Sách, Tỉnh Hải Dương",
    ]
    assert [hit.current for hit in hits] == [False, False]


def test_what_stands_above_narrows(units):
    assert [hit.path for hit in queries.search_units("dong lac nam sach")] == [
        "Xã Đồng Lạc, Huyện Nam Sách, Tỉnh Hải Dương"
    ]


def test_exact_writing_comes_first(units):
    assert queries.search_units("Cẩm Giàng")[0].name == "Xã Cẩm Giàng"
    assert queries.search_units("Cẩm Giang")[0].name == "Xã Cẩm Giang"


def test_an_old_address_learns_its_new_unit(units):
    with transaction():
        address = make_address(
            line1="Khu dân cư Tiền", unit_id=find("Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương").id
        )
    assert address.unit_current.full_name == "Phường Lê Đại Hành"
    with in_language("en"):
        assert queries.label(address) == (
            "Khu dân cư Tiền, Lê Đại Hành Ward, Hải Phòng City "
            "(before 01/07/2025: Đồng Lạc Ward, Chí Linh City, Hải Dương Province)"
        )
    assert queries.short_label(address) == "Lê Đại Hành, Hải Phòng"


def test_both_names_lead_to_an_address_and_the_other_dong_lac_does_not(units):
    with transaction():
        address = make_address(unit_id=find("Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương").id)
    facets = queries.place_facets(address)
    for path in (
        "Phường Lê Đại Hành, Thành phố Hải Phòng",
        "Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương",
        "Thành phố Chí Linh, Tỉnh Hải Dương",
        "Tỉnh Hải Dương",
    ):
        assert f"p:{find(path).id}" in facets
    for path in ("Xã Đồng Lạc, Huyện Nam Sách, Tỉnh Hải Dương", "Xã Nam Sách, Thành phố Hải Phòng"):
        assert f"p:{find(path).id}" not in facets


def test_a_divided_unit_asks_a_person(units):
    class Officer:
        id = 1

    with transaction():
        address = make_address(unit_id=find("Phường Tứ Minh, Thành phố Hải Dương, Tỉnh Hải Dương").id)
    assert address.needs_choosing
    with transaction(), pytest.raises(Refusal):
        confirm_unit(address=address, unit_id=find("Xã Cẩm Giàng, Thành phố Hải Phòng").id, by=Officer)
    chosen = find("Phường Việt Hòa, Thành phố Hải Phòng")
    with transaction():
        confirm_unit(address=address, unit_id=chosen.id, by=Officer)
    assert address.unit_current == chosen
    assert not address.needs_choosing


def test_search_answers_as_json(units, client):
    found = client.get("/places/search?q=le+dai+hanh").get_json()
    assert [(hit["path"], hit["current"]) for hit in found] == [
        ("Phường Lê Đại Hành, Thành phố Hải Phòng", True)
    ]
    assert client.get("/places/search?q=x").get_json() == []


@pytest.mark.parametrize(
    ("path", "english"),
    [
        ("Phường Chí Linh, Thành phố Hải Phòng", "Chí Linh Ward, Hải Phòng City"),
        ("Xã Nam Sách, Thành phố Hải Phòng", "Nam Sách Commune, Hải Phòng City"),
        ("Đặc khu Cát Hải, Thành phố Hải Phòng", "Cát Hải Special Zone, Hải Phòng City"),
        (
            "Phường Đồng Lạc, Thành phố Chí Linh, Tỉnh Hải Dương",
            "Đồng Lạc Ward, Chí Linh City, Hải Dương Province",
        ),
        (
            "Thị trấn Cẩm Giang, Huyện Cẩm Giàng, Tỉnh Hải Dương",
            "Cẩm Giang Township, Cẩm Giàng District, Hải Dương Province",
        ),
        (
            "Xã Thăng Long, Thị xã Kinh Môn, Tỉnh Hải Dương",
            "Thăng Long Commune, Kinh Môn Town, Hải Dương Province",
        ),
    ],
)
def test_kinds_of_units_are_said_in_english(units, path, english):
    unit = find(path)
    with in_language("en"):
        assert queries.path_of(unit) == english
    assert queries.path_of(unit) == path


def test_a_numbered_ward_keeps_its_number_behind():
    ward = AdminUnit(kind=UnitKind.WARD, name="Phường 12", full_name="Phường 12")
    with in_language("en"):
        assert queries.called(ward) == "Ward 12"


def test_what_is_shown_in_english_is_found_again(units):
    chi_linh = find("Phường Chí Linh, Thành phố Hải Phòng")
    with in_language("en"):
        assert queries.search_units("Chí Linh Ward")[0].id == chi_linh.id
        assert (
            queries.search_units("chi linh ward, hai phong city")[0].path == "Chí Linh Ward, Hải Phòng City"
        )


def test_a_fixed_line_is_said_in_english_and_a_street_is_not(units):
    ward = find("Phường Chí Linh, Thành phố Hải Phòng")
    with transaction():
        office = make_address(line1="Trụ sở hợp tác xã", unit_id=ward.id)
        street = make_address(line1="12 Trần Hưng Đạo", unit_id=ward.id)
    with in_language("en"):
        assert queries.label(office) == "Cooperative office, Chí Linh Ward, Hải Phòng City"
        assert queries.label(street) == "12 Trần Hưng Đạo, Chí Linh Ward, Hải Phòng City"
    assert queries.label(office) == "Trụ sở hợp tác xã, Phường Chí Linh, Thành phố Hải Phòng"


@pytest.mark.parametrize(
    ("written", "english"),
    [
        ("Xã Đức Chính, Huyện Cẩm Giàng", "Đức Chính Commune, Cẩm Giàng District"),
        ("Phường 12, Quận 3", "Ward 12, District 3"),
        ("Thị trấn Thanh Hà", "Thanh Hà Township"),
        ("đồng sau làng, xã Cổ Bì", "đồng sau làng, Cổ Bì Commune"),
        ("Xã", "Xã"),
    ],
)
def test_a_place_that_somebody_wrote_is_said_in_english(written, english):
    with in_language("en"):
        assert queries.said(written) == english
    assert queries.said(written) == written
