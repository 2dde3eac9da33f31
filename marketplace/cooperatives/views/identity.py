"""Who the seller is, as the law wants it shown."""

from __future__ import annotations

from marketplace.cooperatives.models import Cooperative
from marketplace.cooperatives.states import KIND_LABELS
from marketplace.cooperatives.titles import title_words
from marketplace.foundation import formats
from marketplace.foundation.parsing import show_phone
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _
from marketplace.places import queries as places


def seller_identity(cooperative: Cooperative) -> dict[str, str]:
    """Label → text of what a buyer may know about a seller before ordering; empty facts are left out.

    Name, head office, registration (number, day, office), tax code, representative, phone and e-mail: decree
    52/2013/NĐ-CP art. 29 as amended, kept by the e-commerce law in force since 01/07/2026.
    """
    told = {
        _("Full name"): cooperative.title,
        _("Kind"): str(KIND_LABELS[cooperative.kind]),
        _("Head office"): places.label(cooperative.address),
        _("Registration"): _registration(cooperative),
        _("Tax code"): cooperative.tax_code,
        _("Represented by"): ", ".join(
            filter(None, (cooperative.legal_rep_name, title_words(cooperative.legal_rep_title)))
        ),
        _("Phone"): show_phone(cooperative.phone) if cooperative.phone else "",
        _("E-mail"): cooperative.email,
        _("Website"): cooperative.website,
    }
    return {label: text for label, text in told.items() if text}


def _registration(cooperative: Cooperative) -> str:
    parts = [cooperative.registration_no]
    if cooperative.registered_on:
        parts.append(_("of %(day)s", day=formats.date(cooperative.registered_on, locale())))
    if cooperative.register_office:
        parts.append(cooperative.register_office)
    return ", ".join(filter(None, parts))
