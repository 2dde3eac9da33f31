"""Facts of the rules by which cooperatives are graded and measured."""

from __future__ import annotations

from marketplace.foundation.events import Event
from marketplace.foundation.words import _l


class SchemeEvent(Event):
    scheme_id: int
    code: str
    sentence = _l("Scheme %(code)s")
    about = {"classification_scheme": "scheme_id"}


class SchemeAdded(SchemeEvent):
    since: str
    sentence = _l("Scheme %(code)s added, in force from %(since)s")


class SchemeTakenBack(SchemeEvent):
    words: str
    sentence = _l("Scheme %(code)s taken back. Reason: %(words)s")


class SizeRulesEvent(Event):
    rules_id: int
    code: str
    sentence = _l("Rules of size %(code)s")
    about = {"size_rules": "rules_id"}


class SizeRulesAdded(SizeRulesEvent):
    since: str
    sentence = _l("Rules of size %(code)s added, in force from %(since)s")


class SizeRulesTakenBack(SizeRulesEvent):
    words: str
    sentence = _l("Rules of size %(code)s taken back. Reason: %(words)s")
