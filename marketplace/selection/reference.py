"""Conditions of the Cooperative Law 17/2023/QH15 and of the house, as they stand since the law came into force.

Law is dated data: officers add and end rules; nothing here is asked again once it is loaded. The words follow the law
in short; where the wording matters, the law's own text does.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import select

from marketplace.foundation.db import db
from marketplace.selection.models import EligibilityRule, PreferenceRule

IN_FORCE = dt.date(2024, 7, 1)
LAW = "Luật Hợp tác xã 17/2023/QH15"
ELIGIBILITY: list[dict[str, Any]] = [
    {
        "code": "admitted",
        "checked": "counted",
        "blocks": True,
        "words_vi": "Là thành viên đã được kết nạp, không bị tạm ngừng quyền.",
        "words_en": "An admitted member whose rights are not suspended.",
        "source": "Quy định của Liên minh HTX",
    },
    {
        "code": "not_sanctioned",
        "checked": "declared",
        "blocks": True,
        "words_vi": "Không trong thời gian chấp hành quyết định xử phạt vi phạm.",
        "words_en": "Not under a sanction that is still being carried out.",
        "source": f"{LAW}, Điều 18 khoản 1",
    },
    {
        "code": "develops",
        "checked": "declared",
        "blocks": True,
        "words_vi": "Phát triển thêm thành viên, hoặc tăng giao dịch với thành viên, hoặc có quỹ chung không chia, hoặc đào tạo thành viên.",
        "words_en": "Gains members, or deals more with its members, or keeps a common fund, or trains its members.",
        "source": f"{LAW}, Điều 18 khoản 1",
    },
    {
        "code": "papers_valid",
        "checked": "counted",
        "blocks": False,
        "words_vi": "Giấy chứng nhận còn hạn đến hết những ngày diễn ra.",
        "words_en": "Certificates stay valid until it is over.",
        "source": "Quy định của Liên minh HTX",
    },
    {
        "code": "last_report",
        "checked": "counted",
        "blocks": True,
        "words_vi": "Đã nộp báo cáo kết quả của lần tham gia trước.",
        "words_en": "The report of results of the last time is handed in.",
        "source": "Quy định của Liên minh HTX",
    },
]
PREFERENCE: list[tuple[str, bool, str, str]] = [
    # code, ticked, Vietnamese, English; in the order of art. 18.3
    ("members", False, "Số thành viên", "Members"),
    ("disabled_members", False, "Số thành viên là người khuyết tật", "Members with a disability"),
    ("minority_members", False, "Số thành viên là người dân tộc thiểu số", "Members of ethnic minorities"),
    ("insured", False, "Số thành viên, người lao động đóng bảo hiểm xã hội bắt buộc", "Members and workers with compulsory social insurance"),
    ("women", False, "Số phụ nữ là quản lý, thành viên, người lao động", "Women among managers, members and workers"),
    ("difficult_area", True, "Hoạt động ở vùng đồng bào dân tộc thiểu số, miền núi, vùng khó khăn", "Works in a mountainous, minority or difficult area"),
    ("value_chain", True, "Liên kết theo chuỗi giá trị, sản xuất xanh, tuần hoàn, hữu cơ hoặc chuyển đổi số", "Value chain, green, circular or organic production, or digital work"),
    ("community", True, "Có hoạt động vì cộng đồng", "Works for the community"),
]  # fmt: skip


def eligibility_rows() -> list[dict[str, Any]]:
    return [
        {**row, "purpose": "", "valid_from": IN_FORCE, "valid_until": None, "position": position}
        for position, row in enumerate(ELIGIBILITY, start=1)
    ]


def preference_rows() -> list[dict[str, Any]]:
    return [
        {
            "code": code,
            "ticked": ticked,
            "words_vi": vi,
            "words_en": en,
            "source": f"{LAW}, Điều 18 khoản 3",
            "valid_from": IN_FORCE,
            "valid_until": None,
            "position": position,
        }
        for position, (code, ticked, vi, en) in enumerate(PREFERENCE, start=1)
    ]


def load_rules() -> int:
    """Enter what is not there yet; once more changes nothing. Returns how many came."""
    tables: list[tuple[Any, list[dict[str, Any]]]] = [
        (EligibilityRule, eligibility_rows()),
        (PreferenceRule, preference_rows()),
    ]
    came = 0
    for model, rows in tables:
        known = set(db.session.scalars(select(model.code)))
        fresh = [row for row in rows if row["code"] not in known]
        db.session.add_all([model(**row) for row in fresh])
        came += len(fresh)
    db.session.flush()
    return came
