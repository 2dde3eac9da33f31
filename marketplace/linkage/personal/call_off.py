"""What call-offs hold about people: who called and who answered, by their number. Answers are facts between two
organisations and kept as the contract is."""

from __future__ import annotations

from marketplace.accounts.holdings import did, keeps
from marketplace.linkage.models import CallOffAnswer, CallRound

did(CallRound, "by_id")
keeps(CallOffAnswer, "answers to calls under a contract: evidence between two organisations")
