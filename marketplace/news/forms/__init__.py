"""What people fill in about news."""

from marketplace.news.forms.article import (
    ArticleForm,
    CaptionForm,
    PhotosForm,
    PressForm,
    ScheduleForm,
    WithdrawForm,
)
from marketplace.news.forms.campaign import CampaignForm, CampaignPhotoForm, ChoiceForm
from marketplace.news.forms.newsletter import AskForm, IssueForm

__all__ = [
    "ArticleForm",
    "AskForm",
    "CampaignForm",
    "CampaignPhotoForm",
    "CaptionForm",
    "ChoiceForm",
    "IssueForm",
    "PhotosForm",
    "PressForm",
    "ScheduleForm",
    "WithdrawForm",
]
