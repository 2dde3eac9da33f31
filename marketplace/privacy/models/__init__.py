"""Tables of what people ask about their data."""

from marketplace.privacy.models.copy import DataCopy
from marketplace.privacy.models.request import DataRequest

__all__ = ["DataCopy", "DataRequest"]
