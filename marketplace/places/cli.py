"""`flask --app wsgi places load`."""

from __future__ import annotations

import click

from marketplace.foundation.db.session import in_transaction
from marketplace.places.loading import load_units


@click.group("places")
def places() -> None:
    """Administrative units."""


@places.command("load")
def load() -> None:
    """Load all units of Vietnam with their successions; does nothing when they are there."""
    click.echo(f"units: {in_transaction(load_units)}")
