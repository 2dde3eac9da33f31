"""Delegations, calls on the telephone, complaints to the alliance."""

from marketplace.helping.models.complaint import AllianceComplaint
from marketplace.helping.models.delegation import Delegation
from marketplace.helping.models.phone_call import CallEntry, PhoneCall

__all__ = ["AllianceComplaint", "CallEntry", "Delegation", "PhoneCall"]
