"""Tables of the catalogue."""

from marketplace.catalogue.models.goods import Goods
from marketplace.catalogue.models.grade import GradeSpec
from marketplace.catalogue.models.price_list import (
    PriceList,
    PriceListItem,
    PriceListMember,
)
from marketplace.catalogue.models.product import (
    MONTHS,
    Category,
    Commodity,
    PriceChange,
    PriceTier,
    Product,
    ProductChange,
    ProductPaper,
    ProductPhoto,
    UnitFactor,
)

__all__ = [
    "MONTHS",
    "Category",
    "Commodity",
    "Goods",
    "GradeSpec",
    "PriceChange",
    "PriceList",
    "PriceListItem",
    "PriceListMember",
    "PriceTier",
    "Product",
    "ProductChange",
    "ProductPaper",
    "ProductPhoto",
    "UnitFactor",
]
