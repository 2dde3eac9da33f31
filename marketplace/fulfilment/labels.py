"""How pages say states and reasons of what keeps a contract."""

from __future__ import annotations

from flask import Flask

from marketplace.fulfilment import charging, kept, loading, money_block, paid_for, record_block, rungs
from marketplace.fulfilment.penalties import PROVIDERS
from marketplace.fulfilment.states import (
    ACCEPTANCE_LABELS,
    ACCEPTANCE_TONES,
    ADVANCE_LABELS,
    ADVANCE_TONES,
    DUE_LABELS,
    FATE_LABELS,
    REJECTION_LABELS,
    SETTLEMENT,
    SETTLEMENT_LABELS,
    SETTLEMENT_TONES,
)
from marketplace.linkage.beside import TELLERS as BLOCKS
from marketplace.linkage.ladder import TELLERS
from marketplace.linkage.queries.track import KEEPERS
from marketplace.linkage.reckoning.settlement import LINE_LABELS
from marketplace.payments.leads import LEADERS
from marketplace.supply.holders import HOLDERS


def install(app: Flask) -> None:
    assert TELLERS["accepted"] is rungs.accepted and HOLDERS["load"] is loading.named
    assert money_block.money in BLOCKS and record_block.record in BLOCKS
    assert charging.of_record in PROVIDERS and kept.of_contracts in KEEPERS
    assert LEADERS[SETTLEMENT] is paid_for.sheet
    app.jinja_env.filters.update(
        acceptance_state=ACCEPTANCE_LABELS.get,
        acceptance_tone=ACCEPTANCE_TONES.get,
        rejection_reason=REJECTION_LABELS.get,
        refused_fate=FATE_LABELS.get,
        settlement_state=SETTLEMENT_LABELS.get,
        settlement_tone=SETTLEMENT_TONES.get,
        settlement_line=LINE_LABELS.get,
        due_from=DUE_LABELS.get,
        advance_state=ADVANCE_LABELS.get,
        advance_tone=ADVANCE_TONES.get,
    )
