"""`flask --app wsgi registry import FILE`."""

from __future__ import annotations

from pathlib import Path

import click
from sqlalchemy import select

from marketplace.cooperatives import importing, queries
from marketplace.cooperatives.models import RegistryImport, RegistryRow
from marketplace.cooperatives.states import ROW_LABELS, RowResult
from marketplace.cooperatives.tasks import read_registry
from marketplace.foundation.db import db
from marketplace.foundation.db.session import in_transaction
from marketplace.foundation.errors import Refusal
from marketplace.foundation.sheets import read_table
from marketplace.foundation.words import in_language


@click.group("registry")
def registry() -> None:
    """The registry of cooperatives."""


@registry.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--admit", is_flag=True, help="Cooperatives that are new to the registry are members already.")
def import_file(file: Path, admit: bool) -> None:
    """Take FILE (.xlsx or .csv) in, with the columns guessed from its header; tell what became of each row."""

    def begin() -> RegistryImport:
        run = importing.receive(table=read_table(file.read_bytes(), file.name), filename=file.name, by=None)
        importing.choose_columns(run=run, chosen=run.mapping, admit=admit)
        importing.start(run=run)
        return run

    with in_language("vi"):
        try:
            run = in_transaction(begin)
        except Refusal as refusal:
            raise click.ClickException(str(refusal)) from refusal
        read_registry(run.id)
        for result, count in queries.results(run).items():
            if count:
                click.echo(f"{ROW_LABELS[result]}: {count}")
        wrong = select(RegistryRow).where(
            RegistryRow.import_id == run.id, RegistryRow.result == RowResult.WRONG
        )
        for row in db.session.scalars(wrong.order_by(RegistryRow.line)):
            click.echo(f"{row.line}: {row.reason}")
