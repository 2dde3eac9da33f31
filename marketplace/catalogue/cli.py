"""Commands of the catalogue."""

from __future__ import annotations

import click
from flask.cli import AppGroup

from marketplace.catalogue import indexing
from marketplace.catalogue.grades import load_grades
from marketplace.catalogue.reference import load_commodities
from marketplace.foundation.db.session import in_transaction

group = AppGroup("catalogue", help="Commodities and the search over products.")


@group.command("load")
def load() -> None:
    """Enter the categories, commodities and grades; once more changes nothing."""
    click.echo(f"commodities: {in_transaction(load_commodities)}")
    click.echo(f"grades: {in_transaction(load_grades)}")


@group.command("reindex")
def reindex() -> None:
    """Build the search over products anew."""
    click.echo(f"products found: {in_transaction(indexing.rebuild)}")
