"""A norm, a budget, a promise and a claim, made through the services, for tests that begin in the middle."""

from __future__ import annotations

import datetime as dt
import io
from decimal import Decimal
from typing import Any

from PIL import Image

from marketplace.accounts import services as accounts
from marketplace.accounts.models import Person
from marketplace.accounts.states import Role
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation import clock
from marketplace.foundation.db import transaction
from marketplace.foundation.media.receiving import Clean
from marketplace.foundation.money import Money
from marketplace.support import services
from marketplace.support.computing import HeadTerms
from marketplace.support.models import SupportClaim, SupportGrant, SupportNorm
from marketplace.support.states import (
    ActivityKind,
    EvidenceKind,
    Head,
    Per,
    SupportPurpose,
    SupportSource,
)
from tests.world import PASSWORD, World

OUT = ActivityKind.FAIR_OUT_OF_PROVINCE
FAIR = SupportPurpose.FAIR
MILLION = 1_000_000


def m(millions: float) -> Money:
    return Money(round(millions * MILLION))


def norm(world: World, **more: Any) -> SupportNorm:
    """Half of the booth and the transport, ten million each time, twice a year, half of it ahead."""
    told: dict[str, Any] = {
        "act_number": "09/2021/QĐ-UBND",
        "kind": OUT,
        "valid_from": clock.today() - dt.timedelta(days=400),
        "heads": [
            HeadTerms(Head.BOOTH, Decimal(50), None, Per.BOOTH),
            HeadTerms(Head.TRANSPORT, Decimal(50), m(3)),
        ],
        "cap_per_time": m(10),
        "times_per_year": 2,
        "advance_rate": Decimal(50),
        "evidence": [EvidenceKind.INVOICE],
    }
    with transaction():
        return services.add_norm(**{**told, **more}, by=world.officer)


def budget(world: World, subject_id: int = 7, **sources: float) -> None:
    """`budget(world, province=20, sponsors=10)`, in millions."""
    with transaction():
        for source, millions in (sources or {"province": 30}).items():
            services.set_budget(
                purpose=FAIR,
                subject_id=subject_id,
                source=SupportSource(source),
                amount=m(millions),
                by=world.officer,
            )


def promise(
    world: World,
    cooperative: Cooperative | None = None,
    *,
    subject_id: int = 7,
    day: dt.date | None = None,
    booths: Decimal = Decimal(1),
    kind: ActivityKind = OUT,
    **costs: float,
) -> SupportGrant:
    """`promise(world, booth=12, transport=4)`, in millions."""
    with transaction():
        return services.grant(
            purpose=FAIR,
            subject_id=subject_id,
            kind=kind,
            cooperative=cooperative or world.dong_lac,
            day=day or clock.today(),
            booths=booths,
            costs={Head(head): m(millions) for head, millions in costs.items()} or None,
            by=world.officer,
        )


def photo(name: str = "hoa-don.jpg") -> Clean:
    file = io.BytesIO()
    Image.new("RGB", (60, 40), "white").save(file, "JPEG")
    file.seek(0)
    return Clean(file, name)


def claimed(world: World, grant: SupportGrant, **costs: float) -> SupportClaim:
    """Filled in, proven by an invoice, handed in."""
    with transaction():
        claim = services.begin(grant=grant, by=world.director)
        services.fill_in(
            claim=claim,
            costs={Head(head): m(millions) for head, millions in costs.items()},
            words="",
            by=world.director,
        )
        services.add_paper(claim=claim, kind=EvidenceKind.INVOICE, file=photo(), by=world.director)
    with transaction():
        services.submit(claim=claim, by=world.director)
    return claim


def verified(world: World, claim: SupportClaim) -> SupportClaim:
    with transaction():
        services.verify(
            claim=claim, accepted={cost.head: cost.spent for cost in claim.costs}, by=world.officer
        )
    return claim


def approved(world: World, claim: SupportClaim, by: Person) -> SupportClaim:
    verified(world, claim)
    with transaction():
        services.approve(claim=claim, by=by)
    return claim


def paid(claim: SupportClaim, by: Person, reference: str = "UNC-1") -> SupportClaim:
    """All of it, each source its share."""
    with transaction():
        for number, share in enumerate([*claim.shares]):
            services.pay(
                claim=claim,
                source=share.source,
                amount=share.left,
                bank_reference=f"{reference}-{number}",
                day=clock.today(),
                by=by,
            )
    return claim


def accountant(world: World) -> Person:
    """Another officer of the alliance: a second pair of eyes."""
    alliance = next(m.organisation for m in world.officer.memberships)
    with transaction():
        lien = accounts.create_person(
            name="Phạm Thị Liên", phone="+84912000041", email="lien@demo.vn", password=PASSWORD
        )
        accounts.add_member(organisation=alliance, person=lien, role=Role.OFFICER)
    return lien


def supported(world: Any) -> dict[str, Any]:
    """What the addresses of support name: a promise whose claim is being filled in, a claim that is half paid."""
    lien = accountant(world)
    told = norm(world)
    budget(world, province=20, sponsors=10)
    budget(world, 8, province=4)
    grant = promise(world, booth=12, transport=8)
    with transaction():
        draft = services.begin(grant=grant, by=world.director)
        services.fill_in(claim=draft, costs={Head.BOOTH: m(14)}, words="", by=world.director)
    claim = approved(world, claimed(world, promise(world, subject_id=8, booth=12), booth=12), lien)
    with transaction():
        services.pay(
            claim=claim,
            source=SupportSource.PROVINCE,
            amount=m(1),
            bank_reference="UNC 15",
            day=clock.today(),
            by=lien,
        )
    return {"norm": told, "grant": grant, "claim": claim, "purpose": str(FAIR), "subject_id": 7}
