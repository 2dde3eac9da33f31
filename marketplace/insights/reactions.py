"""What changes the figures of trade and of the targets: it is marked, and the worker adds it up."""

from __future__ import annotations

import datetime as dt

from marketplace.cooperatives.events import CooperativeChanged, CooperativeEntered
from marketplace.fairs import events as fairs
from marketplace.fairs.events import BoothDayWritten
from marketplace.foundation import clock
from marketplace.foundation.db import db
from marketplace.foundation.events import Event, react
from marketplace.fulfilment.events import AcceptanceAgreed, AcceptanceDecided, AcceptanceDisputed
from marketplace.fulfilment.events.dispute import (
    SlipDisputeAgreed,
    SlipDisputeDecided,
    SlipDisputeLapsed,
    SlipDisputeStood,
    SlipDisputeWithdrawn,
)
from marketplace.insights import services
from marketplace.insights.events import GrdpTyped, PeriodOpened, SteadyJudged, TargetRead
from marketplace.linkage.events.contract import (
    ContractExpired,
    ContractFulfilled,
    ContractInForce,
    ContractPriceAgreed,
    ContractTerminated,
)
from marketplace.orders.events import OrderCompleted
from marketplace.orders.models import Order
from marketplace.orders.states import PURPOSE
from marketplace.payments.events import ChargeAdjusted
from marketplace.programmes import events as programmes
from marketplace.registry import events as registry

ContractFact = (
    AcceptanceAgreed
    | AcceptanceDecided
    | AcceptanceDisputed
    | SlipDisputeAgreed
    | SlipDisputeDecided
    | SlipDisputeLapsed
    | SlipDisputeStood
    | SlipDisputeWithdrawn
    | ContractInForce
    | ContractPriceAgreed
)


@react(OrderCompleted)
def sold_by_order(event: OrderCompleted) -> None:
    _mark(event.order_id)


@react(ChargeAdjusted)
def less_was_owed(event: ChargeAdjusted) -> None:
    if event.purpose == PURPOSE:
        _mark(event.subject_id)


def _mark(order_id: int) -> None:
    closed_at = db.session.get_one(Order, order_id).closed_at
    if closed_at is not None:
        services.mark_day(clock.to_local(closed_at).date())


@react(
    AcceptanceAgreed,
    AcceptanceDecided,
    AcceptanceDisputed,
    SlipDisputeAgreed,
    SlipDisputeDecided,
    SlipDisputeLapsed,
    SlipDisputeStood,
    SlipDisputeWithdrawn,
    ContractInForce,
    ContractPriceAgreed,
)
def delivered_under_contract(event: ContractFact) -> None:
    services.mark_contract(event.contract_id)


@react(BoothDayWritten)
def sold_at_a_stand(event: BoothDayWritten) -> None:
    services.mark_day(dt.date.fromisoformat(event.day))


@react(
    CooperativeEntered, CooperativeChanged,
    registry.LifeRecorded, registry.LifeCorrected, registry.LifeStruck, registry.DuplicateMerged,
    registry.DuplicateUndone,
    registry.MembershipRecorded, registry.MembershipCorrected, registry.SectorChanged, registry.NewModelJudged,
    registry.OfficerAppointed, registry.OfficerCorrected, registry.OfficerLeft,
    registry.RecognitionEntered, registry.RecognitionWithdrawn, registry.HelpEntered, registry.HelpWithdrawn,
    registry.AnnualReportSubmitted, registry.AnnualReportAccepted, registry.AnnualReportReturned,
    registry.ClassificationDecided, registry.ClassificationReopened, registry.ClassificationTakenBack,
    programmes.AttendanceTicked, programmes.CourseAnnounced, programmes.CourseChanged, programmes.CourseCancelled,
    programmes.ParticipantsNamed, programmes.LoanDisbursed, programmes.LoanMovementVoided,
    fairs.FairPublished, fairs.FairChanged, fairs.FairMoved, fairs.FairCancelled, fairs.FairReopened,
    ContractInForce, ContractTerminated, ContractFulfilled, ContractExpired,
    GrdpTyped, TargetRead, PeriodOpened, SteadyJudged,
)  # fmt: skip
def figures_may_differ(_event: Event) -> None:
    services.mark_targets()
