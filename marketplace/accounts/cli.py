"""`flask --app wsgi accounts create-officer`."""

from __future__ import annotations

import click

from marketplace import config
from marketplace.accounts import services
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.parsing import parse_phone


@click.group("accounts")
def accounts() -> None:
    """People."""


@accounts.command("create-officer")
@click.option("--name", prompt="Full name")
@click.option("--phone", prompt="Phone (may stay empty)", default="")
@click.option("--email", prompt="E-mail (may stay empty)", default="")
@click.option("--password", prompt="Password", hide_input=True, confirmation_prompt=True)
def create_officer(name: str, phone: str, email: str, password: str) -> None:
    """Open the account of an alliance officer, who then admits cooperatives."""
    alliance_name = config.current().alliance_name
    try:
        person = in_transaction(
            lambda: services.create_officer(
                name=name,
                phone=parse_phone(phone) if phone else None,
                email=email or None,
                password=password,
                alliance_name=alliance_name,
            )
        )
    except (Refusal, ValueError) as refusal:
        raise click.ClickException(str(refusal)) from refusal
    click.echo(f"{person.name} can sign in at /sign-in with {email or phone}.")
