"""An explanation drawn: a bar of its stretches as an SVG element, for a page under a strict content policy."""

from collections.abc import Iterator, Sequence
from datetime import datetime, tzinfo
from html import escape
from itertools import pairwise

from .layout import Part, laid_out, now_on
from .reason import Stretch
from .telling import between, moment, told
from .words import NBSP, Lang, clock, day_name, length

GAP = 0.12  # per cent, between two parts
LETTER = 0.66  # per cent of a wide bar that a letter takes
OPACITY = {"spent": 0.5, "left": 0.25, "skip": 0.08, "wait": 0.14}  # where the page has no colours of its own


def svg_bar(
    stretches: Sequence[Stretch],
    zone: tzinfo,
    lang: Lang = "fr",
    *,
    now: datetime | None = None,
    title: str | None = None,
    ident: str = "",
    to_scale: bool = False,
) -> str:
    """An `<svg>` as wide as its place and 58 px high, empty text for no stretches: the parts of `laid_out`, with their
    lengths and reasons where there is room, the dates above, and a line at `now`.

    `title` names it, else its ends and the time counted; `<desc>` has the sentences of `told`, and each part a title of
    its own. No `style`, no script. Colours are the page's, by class: `span-spent`, `span-left`, `span-skip`,
    `span-wait`, `now-line`; else `currentColor`. `ident`, unique on its page, gives what is skipped a hatching
    (`hatch-line`); without it there is no id.
    """
    parts = laid_out(stretches, now, lang, to_scale=to_scale)
    if not parts:
        return ""
    name = escape(_name(parts, zone, lang) if title is None else title)
    here = now_on(parts, now)
    hatch = f"hatch-{escape(ident)}" if ident else ""
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" class="timeline" width="100%" height="58" role="img"'
        f' aria-label="{name}"><title>{name}</title><desc>{escape(told(stretches, zone, lang))}</desc>'
        f"{_hatching(hatch)}{''.join(_rect(part, hatch, zone, lang) for part in parts)}"
        f"{''.join(_words(parts, here, lang))}"
        f"{''.join(_dates(parts, now, zone, lang))}{_now_line(here, now, zone, lang)}</svg>"
    )


def _name(parts: Sequence[Part], zone: tzinfo, lang: Lang) -> str:
    total = length(sum(part.seconds for part in parts if part.counts))
    ends = f"{moment(parts[0].start, zone, lang)} – {moment(parts[-1].end, zone, lang)}"
    return f"{ends}{NBSP}: {total} de temps ouvré" if lang == "fr" else f"{ends}: {total} of working time"


def _hatching(hatch: str) -> str:
    if not hatch:
        return ""
    pattern = 'width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)"'
    return f'<defs><pattern id="{hatch}" {pattern}><path class="hatch-line" d="M0 0v6"/></pattern></defs>'


def _rect(part: Part, hatch: str, zone: tzinfo, lang: Lang) -> str:
    colon = f"{NBSP}:" if lang == "fr" else ":"
    counted = length(part.seconds) if part.counts else ""
    what = ", ".join(each for each in (part.label, counted) if each)
    said = f"{between(part.start, part.end, zone, lang)}{colon} {what}"
    place = f'x="{part.x:.2f}%" y="17" width="{max(part.width - GAP, 0):.2f}%" height="22"'
    over = f'<rect {place} fill="url(#{hatch})"/>' if hatch and not part.counts else ""
    drawn = f'<rect class="span-{part.kind}" {place} fill="currentColor" fill-opacity="{OPACITY[part.kind]}"/>{over}'
    return f"<g><title>{escape(said)}</title>{drawn}</g>"


def _words(parts: Sequence[Part], here: float | None, lang: Lang) -> Iterator[str]:
    """The length in each counted part, the reason under each skipped one, where there is room. Lengths are whole
    minutes here, each rounded with those before it: their sum is the total's."""
    taken, counted = 0.0, 0
    for part in parts:
        if part.counts:
            minutes = (counted + part.seconds) // 60 - counted // 60
            counted += part.seconds
            if part.width > 4.6:
                narrow = " span-short" if part.width < 9 else ""
                yield _text(f"span-length span-in-{part.kind}{narrow}", part.middle, 32, _short(minutes), "middle")
            continue
        half = len(part.label) * LETTER / 2
        start = max(part.middle - half, 0)
        near_now = here is not None and abs(here - start - half) < half + 4
        if start >= taken and start + 2 * half < 101 and not near_now:
            taken = start + 2 * half + 1
            label = part.label[:1].upper() + part.label[1:]
            yield _text(f"span-reason{' span-long' if half > 3.5 else ''}", start + half, 53, label, "middle")


def _dates(parts: Sequence[Part], now: datetime | None, zone: tzinfo, lang: Lang) -> Iterator[str]:
    """Both ends with their dates; between them when counting begins again, the date where it is another."""
    taken = 13.0
    yield _text("span-at span-first", 0, 11, _brief(parts[0].start, zone, lang), "start")
    for before, part in pairwise(parts):
        same_day = part.start.astimezone(zone).date() == before.start.astimezone(zone).date()
        if part.counts and taken < part.x < 84 and part.start != now and (part.width > 9 or not same_day):
            taken = part.x + 11
            local = part.start.astimezone(zone)
            told = clock(local.hour, local.minute, lang) if same_day else _brief(part.start, zone, lang)
            yield _text("span-at", part.x, 11, told, "start")
    yield _text("span-end", 100, 11, _brief(parts[-1].end, zone, lang), "end")


def _now_line(here: float | None, now: datetime | None, zone: tzinfo, lang: Lang) -> str:
    if here is None or now is None:
        return ""
    local = now.astimezone(zone)
    side, anchor = (" now-left", "start") if here < 5 else (" now-right", "end") if here > 95 else ("", "middle")
    line = f'<line class="now-line" x1="{here:.2f}%" x2="{here:.2f}%" y1="13" y2="43" stroke="currentColor"/>'
    return line + _text(f"now-text{side}", here, 54, clock(local.hour, local.minute, lang), anchor)


def _text(kind: str, x: float, y: int, said: str, anchor: str) -> str:
    place = f'x="{x:.2f}%" y="{y}" text-anchor="{anchor}" font-size="11" fill="currentColor"'
    return f'<text class="{kind}" {place}>{escape(said)}</text>'


def _brief(at: datetime, zone: tzinfo, lang: Lang) -> str:
    """« mar. 24, 10 h 16 », "Tue 24, 10:16"."""
    local = at.astimezone(zone)
    day = day_name(local.weekday(), local.day, local.month, lang).split(NBSP)[0]
    return f"{day}, {clock(local.hour, local.minute, lang)}"


def _short(minutes: int) -> str:
    return length(minutes * 60) if minutes >= 60 else f"{minutes}{NBSP}min"
