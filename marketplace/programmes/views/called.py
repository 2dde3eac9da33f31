"""Which member is meant by a word of its name."""

from __future__ import annotations

from marketplace.cooperatives import queries as cooperatives
from marketplace.cooperatives.models import Cooperative
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l


def member_called(words: str, field: str) -> Cooperative:
    """The one member of this name. Raises Refusal for none, and names them where there are several."""
    found = cooperatives.members_called(words)
    if len(found) == 1:
        return found[0]
    if not found:
        raise Refusal(_l("No member is called so."), field=field)
    names = ", ".join(each.called for each in found)
    raise Refusal(
        _l("Several are called so: %(names)s. Please write more of the name.", names=names), field=field
    )
