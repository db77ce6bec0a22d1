"""Days on which the desk is closed by custom: given one by one, or the French public holidays of a region."""

from collections.abc import Collection, Iterable, Mapping
from datetime import date
from typing import Protocol

from holidays import country_holidays
from holidays.countries.france import France

from .errors import UnknownRegion, WrongYears, YearOutOfReach
from .hours import plain_date

FIRST_YEAR, LAST_YEAR = 1900, 2199
SCHOOL_ZONES = ("Zone A", "Zone B", "Zone C")  # the package knows them too, but they are of school holidays


class Holidays(Protocol):
    """Holidays by year. It can speak for `first_year` to `last_year`; `listed` is every date given one by one."""

    first_year: int
    last_year: int
    listed: Collection[date]

    def of(self, year: int) -> Mapping[date, str]:
        """The year's holidays, each with its French name."""
        ...


class GivenHolidays:
    """Holidays listed one by one, as dates or as a mapping date → name; none in years that aren't listed."""

    first_year, last_year = FIRST_YEAR, LAST_YEAR

    def __init__(self, days: Iterable[date] | Mapping[date, str] = ()) -> None:
        names = days if isinstance(days, Mapping) else dict.fromkeys(days, "Jour férié")
        self.listed: Collection[date] = tuple(names)
        self._by_year: dict[int, dict[date, str]] = {}
        for day, name in names.items():
            self._by_year.setdefault(plain_date(day).year, {})[day] = name

    def of(self, year: int) -> Mapping[date, str]:
        """The holidays given for `year`."""
        return self._by_year.get(year, {})


class FrenchHolidays:
    """French public holidays from the `holidays` package, read a year at a time when the year is asked for.

    `region`: `"metropole"`, or a code of the package; Alsace-Moselle has two, `57` (Moselle) and `6AE` (Alsace).
    `good_friday`: whether an Alsace-Moselle site keeps it; the law grants it where there is a Protestant church.
    `whit_monday_worked`: whether Whit Monday is the site's solidarity day, on which the desk is open: in every year,
    in none, or in the years listed.

    Raises `UnknownRegion`, `WrongYears`.
    """

    first_year, last_year = FIRST_YEAR, 2100  # after it the package answers with no holiday at all, silently

    def __init__(
        self, region: str = "metropole", *, good_friday: bool = True, whit_monday_worked: bool | Iterable[int] = False
    ) -> None:
        if region != "metropole" and (region not in France.subdivisions or region in SCHOOL_ZONES):
            raise UnknownRegion(region)
        self.region, self.good_friday = region, good_friday
        self.whit_monday_worked = worked_years(whit_monday_worked)
        self.listed: Collection[date] = ()
        self._years: dict[int, dict[date, str]] = {}

    def of(self, year: int) -> Mapping[date, str]:
        """The holidays of `year` with their French names; two on one day are joined. Raises `YearOutOfReach`."""
        if not self.first_year <= year <= self.last_year:
            raise YearOutOfReach(year)
        if year not in self._years:
            self._years[year] = self._read(year)
        return self._years[year]

    def _read(self, year: int) -> dict[date, str]:
        subdivision = None if self.region == "metropole" else self.region
        found = country_holidays("FR", subdiv=subdivision, years=year, language="fr")
        kept: dict[date, str] = {}
        left_out = self._left_out(year)
        for day in sorted(found):
            names = [name for name in found.get_list(day) if name not in left_out]
            if names and day.year == year:
                kept[day] = " et ".join(names).replace("'", "’")
        return kept

    def _left_out(self, year: int) -> set[str]:
        """The names of holidays on which the site works."""
        worked = self.whit_monday_worked
        whit_monday = worked if isinstance(worked, bool) else year in worked
        return ({"Lundi de Pentecôte"} if whit_monday else set()) | (set() if self.good_friday else {"Vendredi saint"})


def worked_years(told: object) -> bool | frozenset[int]:
    """The years of the solidarity day: every one, none, or those listed. Raises `WrongYears`."""
    if isinstance(told, bool):
        return told
    years = list(told) if isinstance(told, Iterable) and not isinstance(told, str) else [told]
    whole = frozenset(year for year in years if type(year) is int and FIRST_YEAR <= year <= FrenchHolidays.last_year)
    if not isinstance(told, Iterable) or len(whole) < len(set(map(str, years))):
        raise WrongYears(told)
    return whole
