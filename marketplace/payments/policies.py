"""Who may do what with money."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.policies import at_desk
from marketplace.accounts.states import Desk, Role
from marketplace.cooperatives import policies as cooperatives
from marketplace.cooperatives import queries
from marketplace.foundation.policy import policy
from marketplace.payments.models import BankLine, Charge, Statement
from marketplace.payments.parties import Account

keeps_books = at_desk(Desk.FINANCE)


def acts_with_money(user: Any, organisation_id: int) -> bool:
    """Acts for it; where it is the alliance, at the desk of finance."""
    role = user.role_in(organisation_id)
    return keeps_books(user) if role is Role.OFFICER else organisation_id in user.organisation_ids


@policy
def has_money(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk."""
    return bool(cooperatives.has_desk(user))


@policy
def reads_statements(user: Any, *_subjects: Any) -> bool:
    """Has a cooperative's desk, or is an officer: the alliance is paid too, for its own fairs."""
    return has_money(user) or keeps_books(user)


@policy
def looks_at_money(user: Any, *_subjects: Any) -> bool:
    """The same, and whoever in the office only looks; whose account it is, the address says."""
    return has_money(user) or bool(user.is_officer)


@policy
def looks_at_statement(user: Any, run: Statement) -> bool:
    """Acts for whose account it is, at whatever desk."""
    return run.organisation_id in user.organisation_ids


@policy
def looks_at_line(user: Any, line: BankLine) -> bool:
    """Acts for whoever the money came to, at whatever desk."""
    return line.organisation_id in user.organisation_ids


@policy
def can_grant(user: Any, account: Account) -> bool:
    """The payee's director decides whom to trust."""
    return account.buyer.known and user.is_director_of(account.payee.id)


@policy
def can_ask_deposits(user: Any, *_subjects: Any) -> bool:
    """The director of the desk's cooperative decides whether buyers pay a part ahead."""
    cooperative = queries.desk_cooperative(user)
    return cooperative is not None and user.is_director_of(cooperative.organisation_id)


@policy
def may_owe(user: Any, *_subjects: Any) -> bool:
    """Anybody with an account may have bought something."""
    return bool(user.is_authenticated)


@policy
def can_confirm(user: Any, charge: Charge) -> bool:
    """Acts for the payee. Nobody else says that money came."""
    return acts_with_money(user, charge.payee_organisation_id)


@policy
def can_place(user: Any, line: BankLine) -> bool:
    """Acts for whoever the money came to."""
    return acts_with_money(user, line.organisation_id)


@policy
def can_read_statement(user: Any, run: Statement) -> bool:
    """Acts for whose account it is."""
    return acts_with_money(user, run.organisation_id)


@policy
def brings_own_proof(_user: Any, *_subjects: Any) -> bool:
    """A program that calls with a secret in its own words, which the view weighs before anything else."""
    return True
