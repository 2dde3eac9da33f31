"""What disputes about slips hold about people: their words, under their number. Amounts and photos of the goods stay:
they are evidence between two organisations."""

from __future__ import annotations

from marketplace.accounts.holdings import by, holds, keeps
from marketplace.fulfilment.models import SlipDispute, SlipDisputeShift, SlipDisputeStep

holds(SlipDisputeStep, by(SlipDisputeStep.by_id), words=("words",))
keeps(SlipDispute, "disputes about signed slips: evidence between two organisations")
keeps(SlipDisputeShift, "amounts claimed in disputes: evidence between two organisations")
