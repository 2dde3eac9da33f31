"""The registry in URLs: what everyone sees by slug, what officers and owners see by their own doors."""

from __future__ import annotations

from typing import Any

from marketplace.cooperatives import queries
from marketplace.cooperatives.models import BankAccount, Certificate, RegistryImport, RegistryRow
from marketplace.foundation.db import db
from marketplace.foundation.web.converters import subject

NUMBER = "[0-9]{1,9}"


def _certificate(text: str, user: Any) -> Certificate | None:
    found = queries.certificate(int(text))
    if found is None:
        return None
    own = found.cooperative.organisation_id in user.organisation_ids
    return found if own or user.is_officer else None


def _account(text: str, user: Any) -> BankAccount | None:
    return db.session.get(BankAccount, int(text)) if user.is_officer else None


def _row(text: str, user: Any) -> RegistryRow | None:
    return db.session.get(RegistryRow, int(text)) if user.is_officer else None


def _import(text: str, user: Any) -> RegistryImport | None:
    return queries.import_by_ref(text, user)


CooperativeBySlug = subject(queries.shown_by_slug, "slug")
MemberBySlug = subject(queries.for_office, "slug")
CertificateById = subject(_certificate, "id", NUMBER)
AccountById = subject(_account, "id", NUMBER)
ImportByRef = subject(_import)
RowById = subject(_row, "id", NUMBER)
