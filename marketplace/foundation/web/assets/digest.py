"""One short name for many contents."""

import hashlib
from collections.abc import Iterable


def digest(parts: Iterable[tuple[str, bytes]]) -> str:
    """Sixteen hexadecimal figures over named contents, whatever order they come in."""
    whole = hashlib.sha256()
    for name, content in sorted(parts):
        whole.update(f"{name}\0{len(content)}\0".encode())
        whole.update(content)
    return whole.hexdigest()[:16]
