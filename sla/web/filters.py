"""The desk's wording as Jinja filters and globals.

Filters read `now` (aware), `zone` (a tzinfo) and `lang` from the template's context: give them to every page (a
context processor), and import macros `with context`. None is said as nothing.
"""

import re
from collections.abc import Callable, Sequence
from datetime import date, datetime, tzinfo
from typing import Any

from jinja2 import Environment, pass_context
from jinja2.runtime import Context

from sla import wording
from sla.contract.service_item import ServiceItem
from sla.errors import Both
from sla.web import balance_curve, drawing

NO_DIGIT, EXTENSION = re.compile("[^0-9]+"), re.compile("poste|ext", re.IGNORECASE)


def register(env: Environment) -> None:
    """Most are functions of `sla.wording` under their own names, the instant, zone and language left to the context;
    `_` is gettext's, so that the facts of a sentence are put in after it is translated."""
    env.filters.update(
        duration=_blank(wording.duration),
        hours=_blank(wording.hours),
        amount=_blank(wording.amount),
        agreed=lambda seconds, word: wording.agreed(word, seconds),
        say_of=say_of,
        quarters=_blank(wording.quarters),
        percent=_said(wording.percent),
        instant=_placed(wording.instant),
        brief=_placed(wording.brief),
        promise=_placed(wording.promise),
        day=_dated(wording.day),
        long_day=_dated(wording.long_day),
        month=_said(wording.month),
        full_date=_said(wording.full_date),
        part_of_month=_said(wording.part_of_month),
        clock_time=clock_time,
        window=window,
        label=label,
        ticket_number=ticket_number,
        tel=tel,
        of=wording.of,
        times_in_ten=_said(wording.times_in_ten),
        change=_said(wording.change),
        plural=plural,
        share=drawing.share,
        capital=capital,
        translated=translated,
        written=_said(wording.written_by_the_service),
        named=named,
        either=either,
        either_tongue=either_tongue,
    )
    env.globals.update(say=say, colon=colon, desk_line=desk_line, drawing=drawing, balance_curve=balance_curve.curve)
    env.add_extension("jinja2.ext.i18n")
    env.install_gettext_callables(translated, _plural, newstyle=True)  # type: ignore[attr-defined]  # the extension above adds it


def capital(text: str) -> str:
    """The first letter as a capital, the rest untouched (« 1re réponse », « TMA » stay as they are)."""
    return text[:1].upper() + text[1:]


@pass_context
def ticket_number(context: Context, number: int) -> str:
    """« nº 1476 », "No. 1476": which never breaks."""
    return f"{'No.' if _lang(context) == 'en' else 'nº'}\u00a0{number}"


def tel(phone: str) -> str:
    """What a telephone is dialled by, as RFC 3966 has it: « 04 76 00 00 00 poste 12 » is tel:0476000000;ext=12."""
    number, *inner = EXTENSION.split(phone, maxsplit=1)
    abroad = number.startswith("+")
    digits = NO_DIGIT.sub("", number.replace("(0)", "") if abroad else number)
    return f"tel:{'+' if abroad else ''}{digits}" + "".join(f";ext={NO_DIGIT.sub('', each)}" for each in inner)


@pass_context
def clock_time(context: Context, at: datetime | None) -> str:
    return "" if at is None else wording.clock_time(at, _zone(context), _lang(context))


@pass_context
def window(context: Context, start: datetime, end: datetime) -> str:
    return wording.window(start, end, _zone(context), _now(context), _lang(context))


@pass_context
def label(context: Context, code: object, kind: str) -> str:
    return "" if code is None else wording.label(kind, code, _lang(context))


@pass_context
def plural(context: Context, n: int, one: str, many: str) -> str:
    return wording.plural(n, one, many, _lang(context))


@pass_context
def say(context: Context, code: str) -> str:
    return wording.say(code, _lang(context))


@pass_context
def say_of(context: Context, seconds: int, code: str) -> str:
    return wording.say_of(code, seconds, _lang(context))


@pass_context
def desk_line(context: Context, is_open: bool, until: datetime) -> str:
    return wording.desk_line(is_open, until, _zone(context), _now(context), _lang(context))


@pass_context
def translated(context: Context, french: str) -> str:
    """A sentence of the page in its reader's language; `_('…')` in templates is this, with its facts put in."""
    return wording.translated(french, _lang(context)) if french else french


def _plural(one: str, many: str, n: int) -> str:
    raise NotImplementedError("say it by the filter `plural`")


@pass_context
def named(context: Context, item: ServiceItem) -> str:
    """A line of the booklet."""
    return item.label_en if _lang(context) == "en" else item.label


@pass_context
def either_tongue(context: Context, words: Both) -> str:
    return words.said(_lang(context))


@pass_context
def either(context: Context, choices: Sequence[object]) -> str:
    """« 10, 20 ou 30 »."""
    *first, last = map(str, choices) if choices else ("",)
    return f"{', '.join(first)} {'or' if _lang(context) == 'en' else 'ou'} {last}" if first else last


@pass_context
def colon(context: Context) -> str:
    return ": " if _lang(context) == "en" else "\u00a0: "


def _zone(context: Context) -> tzinfo:
    zone: tzinfo = context["zone"]
    return zone


def _now(context: Context) -> datetime:
    now: datetime = context["now"]
    return now


def _lang(context: Context) -> str:
    return "en" if context.get("lang") == "en" else "fr"


def _blank(said: Callable[[int], str]) -> Callable[[int | None], str]:
    return lambda value: "" if value is None else said(value)


def _said(said: Callable[[Any, str], str]) -> Callable[[Context, Any], str]:
    @pass_context
    def fill(context: Context, value: Any) -> str:
        return "" if value is None else said(value, _lang(context))

    return fill


def _placed(said: Callable[[datetime, tzinfo, datetime, str], str]) -> Callable[[Context, datetime | None], str]:
    @pass_context
    def fill(context: Context, at: datetime | None) -> str:
        return "" if at is None else said(at, _zone(context), _now(context), _lang(context))

    return fill


def _dated(said: Callable[[date, str, int | None], str]) -> Callable[[Context, date | None], str]:
    """An instant is taken on its day in the desk's zone; the year is said when it isn't this one."""

    @pass_context
    def fill(context: Context, d: date | None) -> str:
        if d is None:
            return ""
        local = d.astimezone(_zone(context)).date() if isinstance(d, datetime) else d
        return said(local, _lang(context), _now(context).astimezone(_zone(context)).year)

    return fill
