"""What is kept sealed in the database: opened only with keys made of the shop's secret."""

from __future__ import annotations

import base64
import hashlib
import hmac

from marketplace import config


def seal(plain: str) -> str:
    """Encrypted and signed (Fernet: AES-128-CBC with HMAC-SHA256)."""
    from cryptography.fernet import Fernet

    return Fernet(_key()).encrypt(plain.encode()).decode()


def unseal(sealed: str) -> str:
    """What was sealed; raises ValueError when it was sealed under another secret, or changed."""
    from cryptography.fernet import Fernet, InvalidToken

    try:
        return Fernet(_key()).decrypt(sealed.encode()).decode()
    except InvalidToken as wrong:
        raise ValueError("sealed under another SECRET_KEY") from wrong


def fingerprint(text: str) -> str:
    """Of a short code: nobody finds the code from it without the shop's secret."""
    return hmac.new(_made_of("accounts.codes"), text.encode(), hashlib.sha256).hexdigest()


def _key() -> bytes:
    return base64.urlsafe_b64encode(_made_of("accounts.app-keys"))


def _made_of(use: str) -> bytes:
    """A key for one use alone (HKDF, RFC 5869)."""
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    made = HKDF(algorithm=SHA256(), length=32, salt=None, info=use.encode())
    return made.derive(config.current().secret_key.encode())
