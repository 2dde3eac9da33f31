"""What a cooperative or one of its people was honoured with."""

from __future__ import annotations

from enum import StrEnum

from marketplace.foundation.words import _l


class RecognitionKind(StrEnum):
    EXEMPLARY = "exemplary"
    LABOUR_HERO = "labour_hero"
    LABOUR_ORDER = "labour_order"
    MERIT_PRIME_MINISTER = "merit_prime_minister"
    MERIT_PROVINCE = "merit_province"
    MERIT_ALLIANCE = "merit_alliance"
    COOP_STAR = "coop_star"
    OTHER = "other"


R = RecognitionKind
RECOGNITION_LABELS = {
    R.EXEMPLARY: _l("Exemplary cooperative"),
    R.LABOUR_HERO: _l("Labour Hero of the renewal"),
    R.LABOUR_ORDER: _l("Labour Order"),
    R.MERIT_PRIME_MINISTER: _l("Certificate of merit of the Prime Minister"),
    R.MERIT_PROVINCE: _l("Certificate of merit of the province"),
    R.MERIT_ALLIANCE: _l("Certificate of merit of the alliance"),
    R.COOP_STAR: _l("Cooperative star award"),
    R.OTHER: _l("Another honour"),
}
