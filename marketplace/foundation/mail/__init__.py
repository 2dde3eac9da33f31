"""Letters. `post()` writes a row in the sender's transaction; the worker delivers it, again and again until it
is taken. Without an SMTP server letters become files in a folder."""

from marketplace.foundation.mail.models import Letter, LetterState
from marketplace.foundation.mail.outbox import deliver_waiting, post, posted

__all__ = ["Letter", "LetterState", "deliver_waiting", "post", "posted"]
