"""Letters of moderation: to the office, to the owner, to whoever told us."""

from __future__ import annotations

from typing import Any

from marketplace.accounts.states import OrganisationKind
from marketplace.foundation import formats
from marketplace.foundation.words import _l, in_language
from marketplace.inbox.letters import letter, topic
from marketplace.inbox.services import Contact, tell
from marketplace.moderation.models import PageReport, Takedown
from marketplace.moderation.states import OUTCOME_LABELS, REASON_LABELS, Outcome, ReportReason


def _sample() -> dict[str, Any]:
    return {
        "label": "Cà rốt Đồng Lạc · HTX Đồng Lạc",
        "reason": str(REASON_LABELS[ReportReason.STOLEN]),
        "words": "Ảnh này chụp ở một trang khác.",
        "day": "05/12/2026",
        "outcome": str(OUTCOME_LABELS[Outcome.KEPT]),
    }


topic(
    "moderation",
    _l("What is taken down"),
    _l("Something you showed was taken down, or is shown again."),
    order=75,
)
for _kind, _subject, _sentence, _urgent in (
    (
        "moderation.ours_taken_down",
        _l("%(label)s is taken down"),
        _l(
            "A colleague took it down. The reason: %(words)s Another officer may give it back, with a reason."
        ),
        False,
    ),
    (
        "moderation.reported",
        _l("To look at: %(label)s"),
        _l("A visitor finds something wrong: %(reason)s. %(words)s"),
        False,
    ),
    (
        "moderation.taken_down",
        _l("%(label)s is taken down"),
        _l("Nobody sees it any more. The reason: %(words)s If this is wrong, you can appeal until %(day)s."),
        True,
    ),
    ("moderation.appealed", _l("An appeal: %(label)s"), _l("The owner writes: %(words)s"), False),
    (
        "moderation.upheld",
        _l("%(label)s stays taken down"),
        _l("Another officer looked at your appeal. The answer: %(words)s"),
        False,
    ),
    (
        "moderation.restored",
        _l("%(label)s is shown again"),
        _l("Everybody sees it again, as it was. The answer: %(words)s"),
        False,
    ),
    (
        "moderation.answered",
        _l("We looked at what you told us: %(label)s"),
        _l("%(outcome)s. Thank you for telling us."),
        False,
    ),
):
    letter(
        _kind,
        subject=_subject,
        sentence=_sentence,
        sample=_sample,
        urgent=_urgent,
        acts=("moderation.appeal",) if _kind == "moderation.taken_down" else (),
    )


def reported(report: PageReport) -> None:
    with in_language("vi"):
        reason = str(REASON_LABELS[report.reason]).lower()
    tell(
        kind="moderation.reported",
        officers=True,
        url=f"/office/moderation/things/{report.kind}/{report.subject_id}",
        key=f"moderation.reported:{report.kind}:{report.subject_id}:{report.at:%Y%m%d}",
        label=report.label,
        reason=reason,
        words=report.words,
        day="",
        outcome="",
    )


def to_owner(kind: str, takedown: Takedown, words: str) -> None:
    """What is the alliance's own is its officers' to know. Whoever can appeal does it from the letter, with a desk or
    without."""
    if takedown.ours:
        of_ours("moderation.ours_taken_down" if kind == "moderation.taken_down" else kind, takedown, words)
        return
    has_desk = takedown.organisation.kind is OrganisationKind.COOPERATIVE
    tell(
        kind=kind,
        organisation_id=takedown.organisation_id,
        url=f"/desk/takedowns/{takedown.ref}" if has_desk else "/notices",
        key=f"{kind}:{takedown.id}",
        about=takedown.id,
        **_values(takedown, words),
    )


def of_ours(kind: str, takedown: Takedown, words: str) -> None:
    tell(
        kind=kind,
        officers=True,
        url=f"/office/moderation/takedowns/{takedown.ref}",
        key=f"{kind}:{takedown.id}",
        **_values(takedown, words),
    )


def appealed(takedown: Takedown) -> None:
    tell(
        kind="moderation.appealed",
        officers=True,
        url=f"/office/moderation/takedowns/{takedown.ref}",
        key=f"moderation.appealed:{takedown.id}",
        **_values(takedown, takedown.appeal),
    )


def answered(report: PageReport, contact: str) -> None:
    """To their account, or to the mailbox they left; whoever left a phone is called."""
    assert report.outcome is not None, "answered a moment ago"
    reach: dict[str, Any] = {}
    if report.by_id is not None:
        reach["person_id"] = report.by_id
    elif "@" in contact:
        reach["contact"] = Contact(name="", email=contact, locale=report.locale)
    if not reach:
        return
    with in_language(report.locale):
        outcome = str(OUTCOME_LABELS[report.outcome])
    tell(
        kind="moderation.answered",
        url="/",
        key=f"moderation.answered:{report.id}",
        label=report.label,
        outcome=outcome,
        reason="",
        words="",
        day="",
        **reach,
    )


def _values(takedown: Takedown, words: str) -> dict[str, Any]:
    return {
        "label": takedown.label,
        "words": words if words.endswith((".", "!", "?")) else f"{words}.",
        "day": formats.date(takedown.appeal_until),
        "reason": "",
        "outcome": "",
    }
