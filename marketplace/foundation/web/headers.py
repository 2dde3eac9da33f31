"""What every answer carries: a strict Content-Security-Policy and the other guards."""

from __future__ import annotations

from functools import lru_cache

from flask import Flask, Response, g, request
from flask_login import current_user

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self' https://checkout.stripe.com https://connect.stripe.com{pay}",
        "frame-ancestors 'none'",
        "base-uri 'none'",
    )
)


def install(app: Flask, *, https: bool) -> None:
    @app.after_request
    def guard(response: Response) -> Response:
        headers = response.headers
        headers.setdefault("Content-Security-Policy", _policy(app.extensions["settings"].stripe_api_base))
        headers.setdefault("X-Content-Type-Options", "nosniff")
        headers.setdefault("X-Frame-Options", "DENY")
        headers.setdefault("Referrer-Policy", "strict-origin-when-cross-origin")
        headers.setdefault("Permissions-Policy", "camera=(self), geolocation=(self), microphone=()")
        headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        headers.setdefault("Cross-Origin-Resource-Policy", "same-origin")
        if https:
            headers.setdefault("Strict-Transport-Security", "max-age=63072000; includeSubDomains")
        if "Cache-Control" not in headers:
            headers["Cache-Control"] = _keep()
        return response


def private(response: Response) -> Response:
    """For pages that open to whoever holds their link: neither caches nor search engines shall keep them."""
    response.headers["Cache-Control"] = "no-store"
    response.headers["X-Robots-Tag"] = "noindex, nofollow"
    response.headers["Referrer-Policy"] = "same-origin"
    return response


@lru_cache(maxsize=8)
def _policy(card_api: str) -> str:
    """A local card company shows its pages where its API is."""
    return POLICY.format(pay=f" {card_api}" if card_api.startswith("http://") else "")


def _keep() -> str:
    if g.get("public_page"):
        return "public, no-cache"
    personal = request.endpoint and (request.method != "GET" or current_user.is_authenticated)
    return "no-store" if personal else "no-cache"
