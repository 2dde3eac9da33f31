"""Facts about dossiers."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class DossierLinkEvent(Event):
    """About a link to a product's papers; `meant_for` is what its reader is called."""

    link_id: int
    product_id: int
    meant_for: str
    sentence = _l("Link to the papers")
    about = {"product": "product_id", "dossier_link": "link_id"}


class DossierShared(DossierLinkEvent):
    sentence = _l("A link to the papers was made for %(meant_for)s")


class DossierLinkRevoked(DossierLinkEvent):
    sentence = _l("The link to the papers for %(meant_for)s was taken back")
