"""What the floor of people keeps."""

from marketplace.accounts.models.approval import Approval
from marketplace.accounts.models.desk import DeskPost
from marketplace.accounts.models.export import TrailExport
from marketplace.accounts.models.factor import AppKey, Challenge, Passkey, RecoveryCode
from marketplace.accounts.models.people import (
    Acting,
    Attempts,
    Consent,
    Invitation,
    Membership,
    Nobody,
    Organisation,
    PasswordReset,
    Person,
    SignIn,
)

__all__ = [
    "Acting",
    "AppKey",
    "Approval",
    "Attempts",
    "Challenge",
    "Consent",
    "DeskPost",
    "Invitation",
    "Membership",
    "Nobody",
    "Organisation",
    "Passkey",
    "PasswordReset",
    "Person",
    "RecoveryCode",
    "SignIn",
    "TrailExport",
]
