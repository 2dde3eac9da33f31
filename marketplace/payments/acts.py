"""What letters about money let the payee's own people do without signing in."""

from __future__ import annotations

import datetime as dt
from typing import Any

from marketplace.foundation import clock, formats
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l
from marketplace.inbox.acts import Facts, act
from marketplace.payments import policies, queries, services
from marketplace.payments.forms import AmountForm
from marketplace.payments.models import Charge
from marketplace.payments.states import CHARGE_LABELS

DAYS_TO_LOOK = 14


def _reported(charge: Charge) -> Facts:
    rows = [
        (_("From"), charge.payer_name),
        (_("For what"), charge.told),
        (_("Text of the transfer"), charge.transfer_ref),
        (_("Owed"), formats.vnd(charge.to_pay or charge.amount, locale())),
        (_("To the account"), f"{charge.account_number} · {charge.account_holder}"),
    ]
    return Facts(
        title=_("Did %(total)s come?", total=formats.vnd(charge.to_pay or charge.amount, locale())),
        rows=rows,
        stands=str(CHARGE_LABELS[charge.state]),
        url=f"/desk/money/{charge.ref}",
    )


def _may_confirm(user: Any, charge: Charge) -> bool:
    return charge.state in queries.OPEN and bool(policies.can_confirm(user, charge))


def _amount(charge: Charge) -> AmountForm:
    return AmountForm(data={"amount": charge.to_pay or None})


def _confirm(charge: Charge, form: Any, by: Any, once: str) -> Any:
    services.confirm(charge=charge, amount=form.amount.data, provider_ref=once, by=by)
    return _l("Written down: the money came.")


act(
    name="payments.confirm",
    button=_l("Yes, it came"),
    load=queries.charge_by_id,
    sees=policies.can_confirm,
    may=_may_confirm,
    facts=_reported,
    form=_amount,
    do=_confirm,
    until=lambda charge: clock.now() + dt.timedelta(days=DAYS_TO_LOOK),
)
