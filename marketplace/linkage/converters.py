"""Things of value chains in URLs."""

from __future__ import annotations

from marketplace.foundation.web.converters import subject
from marketplace.linkage import queries

ContractByRef = subject(queries.contract_by_ref)
VersionByRef = subject(queries.version_by_ref)
ScanByRef = subject(queries.scan_by_ref)
PriceByRef = subject(queries.price_by_ref)
