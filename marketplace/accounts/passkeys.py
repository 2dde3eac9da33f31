"""Speaking with passkeys (WebAuthn): what the browser is asked, and whether its answer is right."""

from __future__ import annotations

import base64
import ipaddress
import json
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from marketplace import config
from marketplace.accounts.models import Passkey, Person
from marketplace.foundation.errors import Refusal
from marketplace.foundation.words import _l

WRONG = _l("This passkey was not recognised. Please try again, or use another way.")


class Home(NamedTuple):
    """For which site passkeys are made; a browser makes none for a bare number, so this machine is `localhost`."""

    name: str
    origin: str


class Made(NamedTuple):
    credential: str
    public_key: str
    sign_count: int


def home() -> Home:
    parts = urlsplit(config.current().base_url)
    host = parts.hostname or "localhost"
    try:
        ipaddress.ip_address(host)
    except ValueError:
        return Home(host, f"{parts.scheme}://{parts.netloc}")
    port = f":{parts.port}" if parts.port else ""
    return Home("localhost", f"{parts.scheme}://localhost{port}")


def asked_to_make(person: Person, held: list[Passkey], riddle: bytes) -> dict[str, Any]:
    """What a browser is told to make a passkey; it makes none where it has one of this account already."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_registration_options(
        rp_id=home().name,
        rp_name=config.current().site_name,
        user_name=person.email or person.phone or person.name,
        user_id=person.ref.encode(),
        user_display_name=person.name,
        challenge=riddle,
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_named(held),
    )
    return _told(options)


def asked_to_prove(held: list[Passkey], riddle: bytes) -> dict[str, Any]:
    """What a browser is told to show one: of these, or whichever it has for this site."""
    import webauthn
    from webauthn.helpers import structs

    options = webauthn.generate_authentication_options(
        rp_id=home().name,
        challenge=riddle,
        allow_credentials=_named(held),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return _told(options)


def riddle_in(answer: str) -> bytes:
    """The riddle that an answer says it answers. Raises Refusal when it is no answer at all."""
    try:
        client = json.loads(_bytes(json.loads(answer)["response"]["clientDataJSON"]))
        return _bytes(client["challenge"])
    except (ValueError, KeyError, TypeError) as wrong:
        raise Refusal(WRONG) from wrong


def name_in(answer: str) -> str:
    """Which passkey an answer says it comes from."""
    found = json.loads(answer).get("id")
    if not isinstance(found, str):
        raise Refusal(WRONG)
    return found


def checked_new(answer: str, riddle: bytes) -> Made:
    """A passkey that was made for us just now."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        made = webauthn.verify_registration_response(
            credential=answer,
            expected_challenge=riddle,
            expected_rp_id=home().name,
            expected_origin=home().origin,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise Refusal(WRONG) from wrong
    return Made(_text(made.credential_id), _text(made.credential_public_key), made.sign_count)


def checked(answer: str, riddle: bytes, passkey: Passkey) -> int:
    """How often this passkey was used by its own count. Raises Refusal: another key, site or riddle, or a copy."""
    import webauthn
    from webauthn.helpers.exceptions import WebAuthnException

    try:
        found = webauthn.verify_authentication_response(
            credential=answer,
            expected_challenge=riddle,
            expected_rp_id=home().name,
            expected_origin=home().origin,
            credential_public_key=_bytes(passkey.public_key),
            credential_current_sign_count=passkey.sign_count,
            require_user_verification=True,
        )
    except (WebAuthnException, ValueError, KeyError, TypeError) as wrong:
        raise Refusal(WRONG) from wrong
    return int(found.new_sign_count)


def _named(held: list[Passkey]) -> list[Any]:
    from webauthn.helpers import structs

    return [structs.PublicKeyCredentialDescriptor(id=_bytes(one.credential)) for one in held]


def _told(options: Any) -> dict[str, Any]:
    import webauthn

    told: dict[str, Any] = json.loads(webauthn.options_to_json(options))
    return told


def _text(raw: bytes) -> str:
    return base64.urlsafe_b64encode(raw).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
