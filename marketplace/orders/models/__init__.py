"""Tables of buying."""

from marketplace.orders.models.cancellation import OrderCancellation
from marketplace.orders.models.cart import Cart, CartItem
from marketplace.orders.models.change import OrderChange, OrderChangeLine
from marketplace.orders.models.complaint import Complaint, ComplaintAnswer, ComplaintLine, ComplaintPhoto
from marketplace.orders.models.dispute import Dispute, DisputeStatement
from marketplace.orders.models.invoice import OrderInvoice
from marketplace.orders.models.method import OrderMethodChange
from marketplace.orders.models.order import (
    Order,
    OrderAnswer,
    OrderAnswerLine,
    OrderCounter,
    OrderGroup,
    OrderLine,
    snapshot_of,
)
from marketplace.orders.models.purchase_request import PurchaseLine, PurchaseRequest
from marketplace.orders.models.relief import OrderRelief
from marketplace.orders.models.standing import (
    StandingException,
    StandingExceptionLine,
    StandingLine,
    StandingOrder,
    StandingRun,
    StandingTerms,
)
from marketplace.orders.models.weighing import OrderWeighing, WeighingAnswer, WeighingLine

__all__ = [
    "Cart",
    "CartItem",
    "Complaint",
    "ComplaintAnswer",
    "ComplaintLine",
    "ComplaintPhoto",
    "Dispute",
    "DisputeStatement",
    "Order",
    "OrderAnswer",
    "OrderAnswerLine",
    "OrderCancellation",
    "OrderChange",
    "OrderChangeLine",
    "OrderCounter",
    "OrderGroup",
    "OrderInvoice",
    "OrderLine",
    "OrderMethodChange",
    "OrderRelief",
    "OrderWeighing",
    "PurchaseLine",
    "PurchaseRequest",
    "StandingException",
    "StandingExceptionLine",
    "StandingLine",
    "StandingOrder",
    "StandingRun",
    "StandingTerms",
    "WeighingAnswer",
    "WeighingLine",
    "snapshot_of",
]
