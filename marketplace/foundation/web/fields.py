"""Form fields that read what people write, and answer bad input with a sentence that helps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal
from typing import Any

import wtforms
from wtforms import validators
from wtforms.widgets import TextInput

from marketplace.foundation import clock, formats, parsing, text
from marketplace.foundation.money import Money
from marketplace.foundation.quantity import Quantity
from marketplace.foundation.web.locale import locale
from marketplace.foundation.words import _, _l

Field = wtforms.Field


class Needed(validators.DataRequired):
    """Must be filled in."""

    def __init__(self, message: Any = None) -> None:
        super().__init__(message or _l("Please fill this in."))

    def __call__(self, form: Any, field: Any) -> None:
        """What is there and cannot be read keeps its own sentence: it is not missing. Nor is an amount of nothing."""
        if field.process_errors:
            raise validators.StopValidation()
        if not isinstance(field.data, Quantity):
            super().__call__(form, field)


class Optional(validators.Optional):
    """May stay empty."""


class _Typed(wtforms.Field):
    """Keeps the raw text on the page; `parse` makes the value or raises ValueError with a sentence."""

    widget = TextInput()
    inputmode = "text"
    data: Any

    def parse(self, written: str) -> Any:
        raise NotImplementedError

    def show(self, value: Any) -> str:
        return str(value)

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = None
        written = valuelist[0].strip() if valuelist else ""
        if written:
            self.data = self.parse(written)

    def _value(self) -> str:
        if self.raw_data:
            return str(self.raw_data[0])
        return "" if self.data is None else self.show(self.data)


class LineField(wtforms.StringField):
    """One line of text, cleaned of what cannot be seen."""

    def __init__(self, *args: Any, longest: int = 255, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest
        self.render_kw = {"maxlength": longest, **(kwargs.get("render_kw") or {})}

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = text.clean_line(valuelist[0]) if valuelist else ""
        if len(self.data) > self.longest:
            raise ValueError(_("Please shorten this to %(n)s characters.", n=self.longest))


class TextField(wtforms.TextAreaField):
    """Several lines of text."""

    def __init__(self, *args: Any, longest: int = 5000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.longest = longest

    def process_formdata(self, valuelist: Sequence[str]) -> None:
        self.data = text.clean_text(valuelist[0]) if valuelist else ""
        if len(self.data) > self.longest:
            raise ValueError(_("Please shorten this to %(n)s characters.", n=self.longest))


class MoneyField(_Typed):
    """Whole đồng: 12000, 12.000, 12k, 1tr2. `data` is Money or None."""

    inputmode = "text"

    def __init__(self, *args: Any, least: int = 1, most: int = 100_000_000_000, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def parse(self, written: str) -> Money:
        try:
            value = parsing.parse_money(written)
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this sum. Write for example 12.000 or 12k.")) from error
        if value < self.least:
            raise ValueError(_("Write %(least)s or more.", least=formats.vnd(Money(self.least), locale())))
        if value > self.most:
            raise ValueError(
                _("This is too much: %(most)s at the most.", most=formats.vnd(Money(self.most), locale()))
            )
        return value

    def show(self, value: Any) -> str:
        return formats.number(Decimal(int(value)), locale())


class QuantityField(_Typed):
    """An amount in `unit` as people write it ("2 tạ rưỡi"). `data` is a Quantity in that unit, or None."""

    def __init__(self, *args: Any, unit: str = "kg", least: Decimal | int = 0, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.unit, self.least = unit, Decimal(least)

    def read_in(self, unit: str) -> None:
        """Read what was typed once more, in another unit (it may depend on another field)."""
        self.unit, self.process_errors = unit, []
        try:
            self.process_formdata([str(written) for written in self.raw_data or []])
        except ValueError as error:
            self.process_errors.append(str(error))

    def parse(self, written: str) -> Quantity:
        try:
            value = parsing.parse_quantity(written, self.unit)
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this amount. Write for example 50 or 1,5.")) from error
        if value.unit != self.unit:
            try:
                value = value.to(self.unit)
            except ValueError as error:
                raise ValueError(
                    _("Please give the amount in %(unit)s.", unit=formats.unit_name(self.unit, locale()))
                ) from error
        if value.amount <= self.least and not (value.amount == self.least and self.least > 0):
            raise ValueError(_("Write more than %(least)s.", least=formats.number(self.least, locale())))
        return value

    def show(self, value: Any) -> str:
        return _plain(value.amount if isinstance(value, Quantity) else Decimal(value))


class WholeField(_Typed):
    """A whole number."""

    inputmode = "numeric"

    def __init__(self, *args: Any, least: int = 0, most: int = 2**31 - 1, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = least, most

    def parse(self, written: str) -> int:
        try:
            value = parsing.parse_integer(written)
        except parsing.ParseError as error:
            raise ValueError(_("Please write a whole number.")) from error
        if not self.least <= value <= self.most:
            raise ValueError(_("Write a number from %(a)s to %(b)s.", a=self.least, b=self.most))
        return value


class DecimalField(_Typed):
    """A number with decimals, comma or point."""

    inputmode = "decimal"

    def __init__(
        self, *args: Any, least: Decimal | int = 0, most: Decimal | int = 10**9, **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self.least, self.most = Decimal(least), Decimal(most)

    def parse(self, written: str) -> Decimal:
        try:
            value = parsing.parse_decimal(written)
        except parsing.ParseError as error:
            raise ValueError(_("Please write a number.")) from error
        if not self.least <= value <= self.most:
            raise ValueError(
                _(
                    "Write a number from %(a)s to %(b)s.",
                    a=formats.number(self.least, locale()),
                    b=formats.number(self.most, locale()),
                )
            )
        return value

    def show(self, value: Any) -> str:
        return _plain(Decimal(value))


class DateField(_Typed):
    """A date as dd/mm/yyyy, as it is shown in the reader's language, or as a browser's date picker sends it."""

    inputmode = "numeric"

    def parse(self, written: str) -> Any:
        try:
            return parsing.parse_date(written)
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this date. Write for example 23/11/2026.")) from error

    def show(self, value: Any) -> str:
        return formats.date(value, locale())


class TimeField(_Typed):
    """A time of day: 7:00, 7h, 7h30. `data` is a time, or None."""

    inputmode = "text"

    def parse(self, written: str) -> Any:
        try:
            return parsing.parse_time(written)
        except parsing.ParseError as error:
            raise ValueError(_("We cannot read this time. Write for example 7:00 or 7h30.")) from error

    def show(self, value: Any) -> str:
        return formats.clock_time(value)


class LinkField(_Typed):
    """An address of the web; `data` begins with https://, whatever was typed."""

    inputmode = "url"
    longest = parsing.LONGEST_LINK

    def parse(self, written: str) -> str:
        try:
            return parsing.parse_link(written)
        except parsing.ParseError as error:
            raise ValueError(_("This is no web address. Write for example ghtk.vn/abc123.")) from error


class PhoneField(_Typed):
    """A phone number in any writing. `data` is +84…, or None."""

    inputmode = "tel"

    def parse(self, written: str) -> str:
        try:
            return parsing.parse_phone(written)
        except parsing.ParseError as error:
            raise ValueError(
                _("This phone number is not complete. Write for example 0912 345 678.")
            ) from error

    def show(self, value: Any) -> str:
        return parsing.show_phone(value)


class EmailField(_Typed):
    """An e-mail address, lower-cased."""

    inputmode = "email"

    def parse(self, written: str) -> str:
        return read_email(written)


def read_email(written: str) -> str:
    """The address, lower-cased. Raises ValueError with a sentence."""
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(written, check_deliverability=False).normalized.lower()
    except EmailNotValidError as error:
        raise ValueError(
            _("This e-mail address is not complete. Write for example lan@gmail.com.")
        ) from error


class ChoiceField(wtforms.SelectField):
    """One of a few. `choices` may be a function."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except (ValueError, validators.ValidationError) as error:
            raise validators.ValidationError(_("Please choose one of these.")) from error


class RadioField(ChoiceField, wtforms.RadioField):
    """One of a few, all in sight."""


class ManyField(wtforms.SelectMultipleField):
    """Several of a few."""

    def pre_validate(self, form: Any) -> None:
        try:
            super().pre_validate(form)
        except (ValueError, validators.ValidationError) as error:
            raise validators.ValidationError(_("Please choose from these.")) from error


class TickField(wtforms.BooleanField):
    """Yes or no."""


class MonthsField(wtforms.SelectMultipleField):
    """Months 1–12; `data` is a list of ints."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, coerce=int, choices=[(m, str(m)) for m in range(1, 13)], **kwargs)

    def pre_validate(self, form: Any) -> None:
        if any(month not in range(1, 13) for month in self.data or []):
            raise validators.ValidationError(_("Please choose from these."))


def _plain(value: Decimal) -> str:
    """As it is read back in either language: no mark for thousands ("1,500" would come back as 1.5)."""
    return format(value.normalize(), "f").replace(".", ",")


def not_before(earliest: Callable[[], Any], message: Any) -> Callable[[Any, Any], None]:
    """A validator for dates."""

    def check(_form: Any, field: Any) -> None:
        if field.data and field.data < earliest():
            raise validators.ValidationError(str(message))

    return check


def today() -> Any:
    return clock.today()


def choices_of(labels: Iterable[tuple[Any, Any]], *, none: Any = None) -> list[tuple[str, Any]]:
    """(value, label) pairs, with an empty first line when `none` is given."""
    pairs = [(str(value), label) for value, label in labels]
    return [("", none), *pairs] if none is not None else pairs
