"""The registry: states with reasons, papers that count only while verified, one account in use."""

import datetime as dt
import html
import io
import re

import pytest

from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.cooperatives import queries, services, tasks
from marketplace.cooperatives.banks import BANKS
from marketplace.cooperatives.models import BankAccount, Certificate, Cooperative
from marketplace.cooperatives.states import Kind, MemberState, PaperKind
from marketplace.foundation import clock
from marketplace.foundation.db import db, transaction
from marketplace.foundation.errors import Refusal
from marketplace.inbox.queries import notices_of
from tests.statements import queries_sent


def loaded(person):
    """The person as the door of a page has read them, inside this transaction."""
    db.session.refresh(person)
    return person


PDF = b"%PDF-1.4\n1 0 obj\n%%EOF\n"


@pytest.mark.parametrize("code", ["0100112437", "0100233488", "0314409058-002", "99 0000 1387"])
def test_right_tax_codes(app, code):
    assert services.check_tax_code(code)[1] is True


@pytest.mark.parametrize("code", ["0100233480", "0100112438"])
def test_a_wrong_check_digit_warns(app, code):
    assert services.check_tax_code(code) == (code, False)


@pytest.mark.parametrize("code", ["123", "01001124371", "abc"])
def test_what_is_no_tax_code_is_refused(app, code):
    with pytest.raises(Refusal):
        services.check_tax_code(code)


def test_banks_are_those_of_the_table():
    assert (BANKS["970436"], BANKS["970415"], BANKS["970422"], len(BANKS)) == (
        "Vietcombank",
        "VietinBank",
        "MB",
        39,
    )


def test_suspending_needs_a_reason_and_hides_the_member(world, client):
    assert client.get(f"/cooperatives/{world.dong_lac.slug}").status_code == 200
    with pytest.raises(Refusal), transaction():
        services.advance(cooperative=world.dong_lac, step="suspend", reason=" ", by=world.officer)
    with transaction():
        services.advance(cooperative=world.dong_lac, step="suspend", reason="Thiếu giấy tờ", by=world.officer)
    assert client.get(f"/cooperatives/{world.dong_lac.slug}").status_code == 404
    move = queries.moves_of(world.dong_lac)[0]
    assert (move.move, move.reason, move.by_id) == ("suspend", "Thiếu giấy tờ", world.officer.id)
    assert any("Thiếu giấy tờ" in notice.sentence_vi for notice in notices_of(world.director).rows)


def test_a_group_may_list_but_not_contract(world):
    with transaction():
        group = services.enter(kind=Kind.COOP_GROUP, name="Tổ hợp tác ổi", state=MemberState.ADMITTED)
    assert (queries.can_list(group), queries.can_contract(group)) == (True, False)
    assert (queries.can_list(world.dong_lac), queries.can_contract(world.dong_lac)) == (True, True)


# --- certificates -----------------------------------------------------------------------------------


def certificate(world, **values):
    with transaction():
        return services.add_certificate(
            cooperative=world.dong_lac, kind=PaperKind.GLOBALGAP, number="GG-1", by=world.director, **values
        )


def test_a_paper_counts_from_its_verification_to_its_last_day(world):
    today = clock.today()
    paper = certificate(world, expires_on=today + dt.timedelta(days=3))
    counted = {p.id for p in queries.valid_certificates(world.dong_lac.id, today)}
    assert paper.id not in counted
    with transaction():
        services.verify_certificate(certificate=paper, by=loaded(world.officer))
    for days, counts in ((0, True), (3, True), (4, False)):
        found = queries.valid_certificates(world.dong_lac.id, today + dt.timedelta(days=days))
        assert (paper.id in {p.id for p in found}) is counts
    with transaction():
        services.reject_certificate(certificate=paper, reason="Giấy mờ", by=world.officer)
    assert paper.id not in {p.id for p in queries.valid_certificates(world.dong_lac.id, today)}


@pytest.mark.parametrize(("days", "told"), [(60, 1), (59, 0), (30, 1), (7, 1), (6, 0)])
def test_expiry_is_told_once_on_its_days(world, days, told):
    paper = certificate(world, expires_on=clock.today() + dt.timedelta(days=days))
    with transaction():
        services.verify_certificate(certificate=paper, by=loaded(world.officer))
    tasks.warn_of_expiry()
    tasks.warn_of_expiry()
    kinds = [notice.kind for notice in notices_of(world.director, size=200).rows]
    assert kinds.count("cooperatives.paper_expiring") == told


# --- bank account -----------------------------------------------------------------------------------


def ask(world, number="123456789"):
    with transaction():
        return services.ask_bank_account(
            cooperative=world.dong_lac, bin="970446", number=number, holder="HTX Đồng Lạc", by=world.director
        )


def test_the_old_account_stays_until_the_new_one_is_verified(world):
    with transaction():
        services.verify_bank_account(account=ask_first(world), by=world.officer)
    old = queries.verified_account(world.dong_lac.organisation_id)
    new = ask(world, "987654321")
    assert queries.verified_account(world.dong_lac.organisation_id).number == old.number
    with transaction():
        services.verify_bank_account(account=db.session.get(BankAccount, new.id), by=world.officer)
    assert queries.verified_account(world.dong_lac.organisation_id).number == "987654321"
    assert new.holder == "HTX DONG LAC"


def ask_first(world):
    return services.ask_bank_account(
        cooperative=db.session.get(Cooperative, world.dong_lac.id),
        bin="970446",
        number="111122223333",
        holder="HTX DONG LAC",
        by=world.director,
    )


def test_nobody_verifies_what_they_asked_for(world):
    account = ask(world)
    with pytest.raises(Refusal), transaction():
        services.verify_bank_account(account=account, by=world.director)


def test_a_member_who_is_not_the_director_cannot_change_the_account(world, client):
    from marketplace.accounts import services as accounts

    with transaction():
        member = accounts.create_person(
            name="Phạm Văn Bình", phone="+84912000777", email="binh@demo.vn", password="ca-rot-2026"
        )
        organisation = db.session.get(Cooperative, world.dong_lac.id).organisation
        accounts.add_member(organisation=organisation, person=member, role=Role.MEMBER)
    client.sign_in("binh@demo.vn")
    data = {"bin": "970446", "number": "999", "holder": "BINH", "password": "ca-rot-2026"}
    assert client.send("/desk/profile/bank-account", data).status_code == 403
    assert client.get("/desk/profile").status_code == 200


def test_the_director_changes_it_with_the_password_once_more(world, client):
    client.sign_in("donglac@demo.vn")
    data = {"bin": "970446", "number": "55556666", "holder": "HTX ĐỒNG LẠC", "password": "sai"}
    assert client.send("/desk/profile/bank-account", data).status_code == 422
    assert client.send("/desk/profile/bank-account", {**data, "password": "ca-rot-2026"}).status_code == 303
    assert queries.waiting_account(world.dong_lac.organisation_id).number == "55556666"


# --- pages ------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("prefix", "place"),
    [("", "Phường Lê Đại Hành, Thành phố Hải Phòng"), ("/en", "Lê Đại Hành Ward, Hải Phòng City")],
)
def test_the_public_pages(world, client, prefix, place):
    page = client.get(f"{prefix}/cooperatives?q=le+dai+hanh").get_data(as_text=True)
    assert "HTX Đồng Lạc" in page
    assert "HTX Thăng Long" not in page
    profile = client.get(f"{prefix}/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)
    assert place in profile


@pytest.mark.parametrize("path", ["", "/data", "/papers", "/certificates", "/bank-account", "/photos"])
def test_the_desk_pages_open(world, client, path):
    client.sign_in("donglac@demo.vn")
    for prefix in ("", "/en"):
        assert client.get(f"{prefix}/desk/profile{path}").status_code == 200


@pytest.mark.parametrize(
    "path", ["", "/new", "/certificates", "/accounts", "/imports", "?q=dong+lac&state=admitted"]
)
def test_the_office_pages_open(world, client, path):
    certificate(world)
    ask(world)
    client.sign_in("officer@demo.vn")
    for prefix in ("", "/en"):
        assert client.get(f"{prefix}/office/members{path}").status_code == 200


def test_an_officer_reads_a_member_s_page_and_takes_the_list_away(world, client):
    client.sign_in("officer@demo.vn")
    for path in (world.dong_lac.slug, f"{world.dong_lac.slug}/data", "export.xlsx", "export.csv"):
        assert client.get(f"/office/members/{path}").status_code == 200


def test_own_data_are_saved_and_the_story_shows(world, client):
    client.sign_in("donglac@demo.vn")
    answer = client.send("/desk/profile/data", {"phone": "0912 333 444", "story_vi": "Đất bãi ven sông"})
    assert answer.status_code == 303
    assert "Đất bãi ven sông" in client.get(f"/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)


def test_a_certificate_goes_from_the_desk_to_the_product(world, client):
    client.sign_in("donglac@demo.vn")
    data = {"kind": "haccp", "number": "H-77", "issued_by": "TUV", "issued_on": "01/02/2026"}
    answer = client.send("/desk/profile/certificates", {**data, "file": (io.BytesIO(PDF), "haccp.pdf")})
    assert answer.status_code == 303
    paper = db.session.query(Certificate).filter_by(number="H-77").one()
    assert client.get(f"/desk/profile/certificates/{paper.id}/paper").data == PDF
    officer = client.application.test_client()
    officer.sign_in("officer@demo.vn")
    refused = officer.send(f"/office/members/certificates/{paper.id}/rejection", {"reason": ""})
    assert refused.status_code == 422
    done = officer.send(f"/office/members/certificates/{paper.id}/verification")
    assert done.status_code == 303
    assert "H-77" in client.get(f"/cooperatives/{world.dong_lac.slug}").get_data(as_text=True)


def test_papers_of_others_are_not_found(world, client):
    paper = certificate(world)
    client.sign_in("kinhmon@demo.vn")
    assert client.get(f"/desk/profile/certificates/{paper.id}/paper").status_code == 404


# --- applying ---------------------------------------------------------------------------------------

APPLICATION = {
    "kept": "y",
    "name": "HTX Nông sản An Lạc",
    "kind": "cooperative",
    "place": "an lac chi linh",
    "agree": "y",
    "person_name": "Vũ Thị Mai",
    "phone": "0912 555 666",
    "password": "ruong-lua-xanh",
}


def test_from_application_to_admission(world, client, drain):
    assert client.get("/register/cooperative").status_code == 200
    assert client.post("/register/cooperative", data=APPLICATION).status_code == 303
    applied = queries.by_slug("htx-nong-san-an-lac")
    assert applied.state is MemberState.APPLIED
    assert applied.address.unit_current.name == "Lê Đại Hành"
    paper = {"title": "Điều lệ", "file": (io.BytesIO(PDF), "dieu-le.pdf")}
    assert client.send("/desk/profile/papers", paper).status_code == 303
    assert client.get("/cooperatives/htx-nong-san-an-lac").status_code == 404
    officer = client.application.test_client()
    officer.sign_in("officer@demo.vn")
    dossier = officer.get("/office/members/htx-nong-san-an-lac").get_data(as_text=True)
    assert "dieu-le" in dossier
    refused = officer.send("/office/members/htx-nong-san-an-lac/moves/turn_down", {"reason": ""})
    assert refused.status_code == 422
    for step in ("take_up", "admit"):
        sent = officer.send(f"/office/members/htx-nong-san-an-lac/moves/{step}", {"reason": "Đủ giấy tờ"})
        assert sent.status_code == 303
    assert client.get("/cooperatives/htx-nong-san-an-lac").status_code == 200
    director = db.session.query(Person).filter_by(phone="+84912555666").one()
    assert director.is_director_of(applied.organisation_id)
    assert "cooperatives.admitted" in [notice.kind for notice in notices_of(director).rows]


def test_a_known_phone_or_email_tells_nothing(world, app):
    def told(**said):
        applicant = app.test_client()
        answer = applicant.post("/register/cooperative", data={**APPLICATION, **said})
        desk = applicant.get("/desk/profile/papers")
        return answer.status_code, answer.headers["Location"], desk.status_code, applicant.get("/me").json

    assert told(phone="0912000002") == told(phone="0912555777")
    assert told(phone="", email="household@demo.vn") == told(phone="", email="ai@thu.vn")
    assert not world.renewed(world.household).memberships


def test_who_has_an_account_applies_with_its_password(world, client):
    told = {**APPLICATION, "phone": "0912000002", "password": "ca-rot-2026"}
    assert client.post("/register/cooperative", data=told).status_code == 303
    assert client.get("/desk/profile/papers").status_code == 200
    assert [m.role for m in world.renewed(world.household).memberships] == [Role.DIRECTOR]


def test_who_is_signed_in_applies_and_stays_in(world, client):
    client.sign_in("household@demo.vn")
    told = {name: APPLICATION[name] for name in ("name", "kind", "place", "agree")}
    assert client.send("/register/cooperative", told).status_code == 303
    assert client.get("/desk/profile/papers").status_code == 200


def test_a_name_of_two_places_asks_which(world, client):
    answer = client.post("/register/cooperative", data={**APPLICATION, "place": "dong lac"})
    page = answer.get_data(as_text=True)
    assert answer.status_code == 422
    assert "Huyện Nam Sách" in page and "Thành phố Chí Linh" in page


# --- the public list --------------------------------------------------------------------------------


def shown(client, path: str) -> set[str]:
    """The slugs of the members on a page of the list."""
    return set(
        re.findall(
            r'class="coop [^>]*href="(?:/en)?/cooperatives/([^"]+)"', client.get(path).get_data(as_text=True)
        )
    )


@pytest.mark.parametrize(
    "asked",
    [
        "q=dong+lac",
        "place=Chí+Linh",
        "place=đồng+lạc+chí+linh",
        "q=dong+lac&sector=agriculture&kind=cooperative&certificate=vietgap",
    ],
)
def test_the_list_is_narrowed_by_name_place_sector_kind_and_certificate(world, client, asked) -> None:
    assert shown(client, "/cooperatives") == {world.dong_lac.slug, world.kinh_mon.slug}
    assert shown(client, f"/cooperatives?{asked}") == {world.dong_lac.slug}


@pytest.mark.parametrize(
    "asked", ["place=Không+Có", "sector=credit", "kind=coop_union", "certificate=ocop", "q=zzz"]
)
def test_a_list_of_nobody_helps_on(world, client, asked) -> None:
    page = client.get(f"/cooperatives?{asked}").get_data(as_text=True)
    assert "Không tìm thấy" in page and 'href="/cooperatives"' in page


def test_a_district_is_one_tap_with_its_count(world, client) -> None:
    page = client.get("/cooperatives").get_data(as_text=True)
    url, count = re.search(
        r'href="(/cooperatives\?place=\d+)"[^>]*>Chí Linh <span class="count">(\d+)', page
    ).groups()
    assert count == "1" and shown(client, url) == {world.dong_lac.slug}
    assert 'value="Thành phố Chí Linh"' in client.get(url).get_data(as_text=True)


def test_papers_that_ran_out_do_not_count(world, client) -> None:
    with transaction():
        for paper in queries.certificates_of(world.dong_lac.id):
            paper.expires_on = clock.today() - dt.timedelta(days=1)
            paper.issued_on = clock.today() - dt.timedelta(days=400)
    assert shown(client, "/cooperatives?certificate=vietgap") == {world.kinh_mon.slug}


def test_the_list_goes_on_page_by_page_with_its_filters(world, client) -> None:
    with transaction():
        for number in range(30):
            made = services.enter(kind=Kind.COOPERATIVE, name=f"HTX Số {number:02}", by=world.officer)
            services.advance(cooperative=made, step="admit", reason="", by=world.officer)
    first = client.get("/cooperatives?q=so&kind=cooperative").get_data(as_text=True)
    more = html.unescape(re.search(r'rel="next" href="([^"]+)"', first)[1])
    assert "q=so" in more and "kind=cooperative" in more
    here, there = shown(client, "/cooperatives?q=so&kind=cooperative"), shown(client, more)
    assert len(here) == 24 and len(there) == 6 and not here & there


def test_the_list_asks_the_same_for_few_and_for_many(world, client) -> None:
    def asked(path: str) -> int:
        with queries_sent() as sent:
            client.get(path)
        return len(sent)

    few = asked("/cooperatives?kind=cooperative&place=Hải+Dương")
    with transaction():
        for number in range(12):
            made = services.enter(
                kind=Kind.COOPERATIVE,
                name=f"HTX Số {number}",
                address=world.dong_lac.address,
                by=world.officer,
            )
            services.advance(cooperative=made, step="admit", reason="", by=world.officer)
    assert asked("/cooperatives?kind=cooperative&place=Hải+Dương") <= few


def test_titles_are_english_on_english_pages(world, client) -> None:
    with transaction():
        world.dong_lac.legal_rep_title = "Chủ tịch HĐQT kiêm Giám đốc"
        world.kinh_mon.legal_rep_title = "Trưởng ban"
    path = f"/cooperatives/{world.dong_lac.slug}"
    assert "Chair of the board and director" in client.get(f"/en{path}").get_data(as_text=True)
    assert "Chủ tịch HĐQT kiêm Giám đốc" in client.get(path).get_data(as_text=True)
    assert "Trưởng ban" in client.get(f"/en/cooperatives/{world.kinh_mon.slug}").get_data(as_text=True)
