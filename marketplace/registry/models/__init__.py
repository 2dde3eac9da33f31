"""Tables of the registry, one noun per file."""

from marketplace.registry.models.annual_report import (
    AnnualReport,
    ReportVerdict,
    ReportVersion,
)
from marketplace.registry.models.classification import (
    Classification,
    ClassificationDecision,
    ClassificationScore,
)
from marketplace.registry.models.due import (
    Due,
    DueBatch,
    DueNorm,
)
from marketplace.registry.models.duplicate import (
    DuplicateMerge,
    DuplicateUndoing,
    KeptApart,
)
from marketplace.registry.models.figure import (
    MemberFigures,
    MemberSector,
    NewModelJudgement,
)
from marketplace.registry.models.life_event import (
    LifeEvent,
    LifeLine,
    LifeSuccessor,
    StandingSpell,
)
from marketplace.registry.models.membership import (
    AllianceMembership,
)
from marketplace.registry.models.officer import (
    Officer,
)
from marketplace.registry.models.partner import (
    Partner,
    PartnerHelp,
)
from marketplace.registry.models.recognition import (
    Recognition,
)
from marketplace.registry.models.scheme import (
    ClassificationScheme,
    SchemeCriterion,
    SchemeGrade,
)
from marketplace.registry.models.size_class import (
    SizeRow,
    SizeRules,
)

__all__ = [
    "AllianceMembership",
    "AnnualReport",
    "Classification",
    "ClassificationDecision",
    "ClassificationScheme",
    "ClassificationScore",
    "Due",
    "DueBatch",
    "DueNorm",
    "DuplicateMerge",
    "DuplicateUndoing",
    "KeptApart",
    "LifeEvent",
    "LifeLine",
    "LifeSuccessor",
    "MemberFigures",
    "MemberSector",
    "NewModelJudgement",
    "Officer",
    "Partner",
    "PartnerHelp",
    "Recognition",
    "ReportVerdict",
    "ReportVersion",
    "SchemeCriterion",
    "SchemeGrade",
    "SizeRow",
    "SizeRules",
    "StandingSpell",
]
