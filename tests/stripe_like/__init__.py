"""A card company on this machine that behaves like Stripe: over HTTP, with pages for a browser and signed news.

with StripeLike(webhook_secret="whsec_test") as company:       its address is company.url
python -m tests.stripe_like --port 8205 --webhook http://127.0.0.1:8000/webhooks/stripe
"""

from tests.stripe_like.server import StripeLike

__all__ = ["StripeLike"]
