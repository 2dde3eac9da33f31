"""A recall in the browser: opened by the cooperative or the alliance, answered by buyers, closed."""

from __future__ import annotations

from marketplace.foundation.db import db
from marketplace.recalls.models import Recall
from marketplace.recalls.states import RecallState
from tests.client import ReadingClient, another
from tests.growing.traced import traced
from tests.world import World


def test_the_officer_opens_it_the_buyer_answers_and_it_is_closed(client: ReadingClient, world: World) -> None:
    found = traced(world, person_id=world.household.id)
    officer, buyer = client, another(client.application)
    officer.sign_in("officer@demo.vn")
    lot = found["untouched"]
    opening = f"/office/lots/{lot.code}/recall"
    assert officer.send(opening, {"reason": ""}).status_code == 422
    assert officer.send(opening, {"reason": "Nghi nhiễm chì"}).status_code == 303
    assert officer.send(opening, {"reason": "Nghi nhiễm chì"}).status_code == 403
    second = db.session.scalars(db.select(Recall).where(Recall.lot_id == lot.id)).one()
    assert second.by_alliance
    lifted = officer.send(f"/office/recalls/{second.ref}/lifting", {"report": "Mẫu bị lẫn"})
    assert lifted.status_code == 303

    holding, recall = found["holding"], found["recall"]
    page = f"/recalls/{holding.ref}"
    assert another(client.application).get(page).status_code == 303
    buyer.sign_in("household@demo.vn")
    assert "Dư lượng" in buyer.get(page).get_data(as_text=True)
    assert buyer.send(page, {"kept": "41"}).status_code == 422
    assert buyer.send(page, {"kept": "10", "sold": "5 kg"}).status_code == 303
    shown = officer.get(f"/office/recalls/{recall.ref}").get_data(as_text=True).replace("\xa0", " ")
    assert "1 trong 1 người mua đã trả lời" in shown and "25 kg" in shown
    assert "để riêng 10 kg, đã bán hoặc đã ăn 5 kg" in shown, "the history says it in words"
    assert "Abamectin" in shown and "Đồng Trên" in shown, "back to the field on the same page"
    noted = {"kept": "0", "returned": "40", "answered_by": "bà Lan"}
    assert officer.send(f"/office/recalls/{recall.ref}/buyers/{holding.ref}", noted).status_code == 422
    noted["kept"] = ""
    assert officer.send(f"/office/recalls/{recall.ref}/buyers/{holding.ref}", noted).status_code == 303
    assert officer.send(f"/office/recalls/{recall.ref}/again").status_code == 303
    assert officer.send(f"/office/recalls/{recall.ref}/report", {"report": ""}).status_code == 422
    assert officer.send(f"/office/recalls/{recall.ref}/report", {"report": "Đã tiêu hủy"}).status_code == 303
    assert db.session.get_one(Recall, recall.id, populate_existing=True).state is RecallState.CLOSED
    assert "Đã tiêu hủy" in buyer.get(page).get_data(as_text=True)
    public = another(client.application).get(f"/lots/{found['traced'].code}").get_data(as_text=True)
    assert "bị thu hồi" in public
    sheet = officer.get("/office/lots/export.csv?tab=recalled").get_data(as_text=True)
    assert found["traced"].code in sheet and lot.code not in sheet


def test_the_cooperative_sees_where_it_went_and_stops_it(client: ReadingClient, world: World) -> None:
    found = traced(world)
    client.sign_in("donglac@demo.vn")
    trace = client.get(f"/desk/lots/{found['traced'].code}/trace").get_data(as_text=True)
    assert "Nguyễn Thị Lan" in trace and "Nguyễn Văn Bình" in trace
    lot = found["untouched"]
    assert client.send(f"/desk/lots/{lot.code}/recall", {"reason": "Sợ lẫn lô"}).status_code == 303
    recall = db.session.scalars(db.select(Recall).where(Recall.lot_id == lot.id)).one()
    assert client.get(f"/desk/recalls/{recall.ref}").status_code == 200
    assert client.send(f"/office/recalls/{recall.ref}/lifting", {"report": "x"}).status_code == 404
    guest = another(client.application)
    assert guest.get(f"/recalls/{found['holding'].ref}").status_code == 200, (
        "a guest comes by the letter's link"
    )
    assert recall.number in client.get("/desk/recalls").get_data(as_text=True)
