"""Photos that everyone sees and papers that hardly anyone does."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from sqlalchemy import CheckConstraint, Index, Integer, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from marketplace.foundation.db import JSONColumn, Model, OneOf, UtcDateTime, one_of
from marketplace.foundation.media.picture import Picture
from marketplace.foundation.media.refusals import PHOTO_REASONS
from marketplace.foundation.media.states import DocumentKind, PhotoState


class Photo(Model):
    """A photo somebody sent. The original is kept, privately, until the worker has made the public files.

    `width` and `height` are those of the original turned upright; `renditions` as `Picture` wants them;
    `uploaded_by_id` is a person's id, or empty for a guest. A photo that is withheld keeps in `withheld` what it needs
    to be shown again; its files lie privately until then.
    """

    __tablename__ = "photos"
    __public__: ClassVar[bool] = True
    __table_args__ = (
        one_of("state", PhotoState),
        CheckConstraint(
            "(state = 'ready') = (width IS NOT NULL AND height IS NOT NULL AND colour IS NOT NULL)",
            name="ready_has_size",
        ),
        CheckConstraint("(state = 'refused') = (refusal IS NOT NULL)", name="refused_has_reason"),
        CheckConstraint("(state = 'withheld') = (withheld_at IS NOT NULL)", name="withheld_has_time"),
        UniqueConstraint("ref"),
        Index(
            "ix_photos_withheld_at",
            "withheld_at",
            sqlite_where=text("state = 'withheld'"),
            postgresql_where=text("state = 'withheld'"),
        ),
        Index(
            "ix_photos_waiting",
            "created_at",
            sqlite_where=text("state = 'waiting'"),
            postgresql_where=text("state = 'waiting'"),
        ),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(26))
    sha256: Mapped[str] = mapped_column(String(64))
    filename: Mapped[str] = mapped_column(String(120), default="")
    state: Mapped[PhotoState] = mapped_column(OneOf(PhotoState), default=PhotoState.WAITING)
    refusal: Mapped[str | None] = mapped_column(String(40))
    width: Mapped[int | None] = mapped_column(Integer)
    height: Mapped[int | None] = mapped_column(Integer)
    colour: Mapped[str | None] = mapped_column(String(7))
    renditions: Mapped[list[dict[str, Any]]] = mapped_column(JSONColumn, default=list)
    withheld: Mapped[dict[str, Any]] = mapped_column(JSONColumn, default=dict)
    withheld_at: Mapped[dt.datetime | None] = mapped_column(UtcDateTime)
    uploaded_by_id: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)

    @property
    def picture(self) -> Picture:
        return Picture.of(self.renditions, self.width, self.height, self.colour)

    @property
    def is_ready(self) -> bool:
        return self.state == PhotoState.READY

    @property
    def is_withheld(self) -> bool:
        return self.state == PhotoState.WITHHELD

    @property
    def reason(self) -> Any:
        """The sentence why this photo was refused, or None."""
        return PHOTO_REASONS[self.refusal] if self.refusal else None

    @property
    def src(self) -> str:
        return self.picture.src

    @property
    def share_url(self) -> str:
        return self.picture.share_url

    def url(self, width: int = 800, fmt: str = "webp") -> str:
        return self.picture.url(width, fmt)

    def srcset(self, fmt: str) -> str:
        return self.picture.srcset(fmt)

    def sources(self) -> list[tuple[str, str]]:
        return self.picture.sources()


class Document(Model):
    """A paper: kept as it came, never public, given out as a download by rooms with a door of their own."""

    __tablename__ = "documents"
    __table_args__ = (
        one_of("kind", DocumentKind),
        CheckConstraint("size_bytes > 0", name="not_empty"),
        UniqueConstraint("ref"),
    )
    id: Mapped[int] = mapped_column(Integer, primary_key=True)
    ref: Mapped[str] = mapped_column(String(26))
    sha256: Mapped[str] = mapped_column(String(64))
    kind: Mapped[DocumentKind] = mapped_column(OneOf(DocumentKind))
    filename: Mapped[str] = mapped_column(String(120))
    size_bytes: Mapped[int] = mapped_column(Integer)
    uploaded_by_id: Mapped[int | None] = mapped_column(Integer)
    created_at: Mapped[dt.datetime] = mapped_column(UtcDateTime)
