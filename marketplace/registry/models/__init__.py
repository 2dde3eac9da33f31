"""Tables of the registry of a lifetime, one noun per file."""

from marketplace.registry.models.annual_report import AnnualReport, ReportVerdict, ReportVersion
from marketplace.registry.models.classification import (
    Classification,
    ClassificationDecision,
    ClassificationScore,
)
from marketplace.registry.models.scheme import ClassificationScheme, SchemeCriterion, SchemeGrade
from marketplace.registry.models.size_class import SizeRow, SizeRules

__all__ = [
    "AnnualReport",
    "Classification",
    "ClassificationDecision",
    "ClassificationScheme",
    "ClassificationScore",
    "ReportVerdict",
    "ReportVersion",
    "SchemeCriterion",
    "SchemeGrade",
    "SizeRow",
    "SizeRules",
]
