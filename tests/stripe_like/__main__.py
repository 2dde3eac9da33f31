"""The card company by hand, beside a shop that was started with STRIPE_API_BASE on its address."""

import argparse

from tests.stripe_like import StripeLike

if __name__ == "__main__":
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("--port", type=int, default=8205)
    asked.add_argument("--webhook", default="http://127.0.0.1:8000/webhooks/stripe")
    asked.add_argument("--secret", default="whsec_test")
    wanted = asked.parse_args()
    company = StripeLike(webhook_secret=wanted.secret, webhook=wanted.webhook, port=wanted.port)
    print(
        f"STRIPE_API_BASE={company.url} STRIPE_SECRET_KEY={company.key} STRIPE_WEBHOOK_SECRET={wanted.secret}"
    )
    company.serve()
