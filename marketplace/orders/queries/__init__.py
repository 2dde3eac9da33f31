"""Reading carts, orders and what happens to them after both sides agreed."""

from marketplace.orders.queries.change import change_of, overdue_changes, substitutes
from marketplace.orders.queries.complaint import complained_of, complaint_of, overdue_complaints, still_time
from marketplace.orders.queries.dispute import (
    count_disputes,
    dispute_for_office,
    dispute_of,
    disputes,
    overdue_disputes,
)
from marketplace.orders.queries.invoice import (
    last_invoice,
    order_of_invoice,
    orders_by_number,
    sales,
    sales_page,
)
from marketplace.orders.queries.order import (
    all_orders,
    cart_by_token,
    cart_of,
    count_in_cart,
    count_to_answer,
    group_by_ref,
    group_by_token,
    order_by_id,
    order_by_ref,
    order_for_office,
    order_for_seller,
    orders_of_buyer,
    orders_of_seller,
    overdue,
    to_answer,
    whole,
)
from marketplace.orders.queries.seat import buyer_seat, seller_seat
from marketplace.orders.queries.waiting import Waiting, count_waiting_for_seller, waiting_for_seller

__all__ = [
    "Waiting",
    "all_orders",
    "buyer_seat",
    "cart_by_token",
    "cart_of",
    "change_of",
    "complained_of",
    "complaint_of",
    "count_disputes",
    "count_in_cart",
    "count_to_answer",
    "count_waiting_for_seller",
    "dispute_for_office",
    "dispute_of",
    "disputes",
    "group_by_ref",
    "group_by_token",
    "last_invoice",
    "order_by_id",
    "order_by_ref",
    "order_for_office",
    "order_for_seller",
    "order_of_invoice",
    "orders_by_number",
    "orders_of_buyer",
    "orders_of_seller",
    "overdue",
    "overdue_changes",
    "overdue_complaints",
    "overdue_disputes",
    "sales",
    "sales_page",
    "seller_seat",
    "still_time",
    "substitutes",
    "to_answer",
    "waiting_for_seller",
    "whole",
]
