"""What letters about orders let people do without signing in: one file per noun."""

from marketplace.orders.acts import change, complaint, order, purchase_request, standing

__all__ = ["change", "complaint", "order", "purchase_request", "standing"]
