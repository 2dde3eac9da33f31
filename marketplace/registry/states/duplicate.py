"""Why two records may be one."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class Ground(StrEnum):
    TAX_CODE = "tax_code"
    NAME_AND_PLACE = "name"
    PHONE = "phone"


GROUND_LABELS = {
    Ground.TAX_CODE: _l("same tax code"),
    Ground.NAME_AND_PLACE: _l("same name in the same commune"),
    Ground.PHONE: _l("same phone"),
}
