"""The forms that edit the calendar. What they accept is for the desk to say."""

from collections.abc import Mapping
from datetime import datetime, timedelta, tzinfo
from typing import Any

from wtforms import BooleanField, FileField, Form, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice

from sla.desk.calendar_edits import (
    AddPeriod,
    CalendarEdit,
    ChooseHolidays,
    Data,
    SetSpecialHours,
    SetWeek,
    SetYearlyHours,
)
from sla.desk.calendar_typed import DAYS
from sla.web.asked import MUST, Asked

DAY, TIME = {"type": "date"}, {"type": "time"}
HOURS = "Par exemple 09:00-12:30, 13:30-17:00."
NAMES = ("Lundi", "Mardi", "Mercredi", "Jeudi", "Vendredi", "Samedi", "Dimanche")
REGIONS = {
    "metropole": "Métropole",
    "57": "Moselle (Alsace-Moselle)",
    "6AE": "Alsace (Alsace-Moselle)",
    "971": "Guadeloupe",
    "972": "Martinique",
    "973": "Guyane",
    "974": "La Réunion",
    "976": "Mayotte",
    "BL": "Saint-Barthélemy",
    "MF": "Saint-Martin",
    "PM": "Saint-Pierre-et-Miquelon",
    "NC": "Nouvelle-Calédonie",
    "PF": "Polynésie française",
    "WF": "Wallis-et-Futuna",
    "TF": "Terres australes françaises",
}


class Period(Asked):
    table = RadioField(
        "Nature",
        MUST,
        choices=[SelectChoice("closures", "Fermeture"), SelectChoice("openings", "Ouverture exceptionnelle")],
        default="closures",
    )
    label = StringField("Libellé, lu par les clients", MUST, id="period-label", render_kw={"maxlength": 120})
    first_day = StringField("Du", MUST, render_kw=DAY)
    first_time = StringField("à", render_kw=TIME, description="Vide\u00a0: dès le début du jour.")
    last_day = StringField("Au", render_kw=DAY, description="Vide\u00a0: le même jour.")
    last_time = StringField("jusqu’à", render_kw=TIME, description="Vide\u00a0: jusqu’à la fin du jour.")


class SpecialHours(Asked):
    day = StringField("Date", MUST, render_kw=DAY)
    hours = StringField("Heures", id="special-hours", description=f"{HOURS} Vide\u00a0: fermé.")
    label = StringField("Libellé, lu par les clients", MUST, id="special-label", render_kw={"maxlength": 120})


class YearlyHours(Asked):
    day = StringField("Jour et mois", MUST, id="yearly-day", description="Par exemple 24/12, ou 24\u00a0décembre.")
    hours = StringField("Heures", id="yearly-hours", description=f"{HOURS} Vide\u00a0: fermé.")
    label = StringField("Libellé, lu par les clients", MUST, id="yearly-label", render_kw={"maxlength": 120})


class Week(Asked):
    mon = StringField(NAMES[0])
    tue = StringField(NAMES[1])
    wed = StringField(NAMES[2])
    thu = StringField(NAMES[3])
    fri = StringField(NAMES[4])
    sat = StringField(NAMES[5])
    sun = StringField(NAMES[6])


class Holidays(Asked):
    region = SelectField(
        "Région", MUST, choices=[SelectChoice(code, name) for code, name in REGIONS.items()], validate_choice=False
    )
    good_friday = BooleanField("Vendredi saint férié, là où la région le connaît", default=True)
    whit_monday_worked = StringField(
        "Lundi de Pentecôte travaillé (journée de solidarité)",
        description="Les années, par exemple 2027, 2028, ou «\u00a0toutes\u00a0». Vide\u00a0: jamais.",
    )


class Removal(Asked):
    table = StringField()
    index = StringField()


class Import(Asked):
    file = FileField(
        "Fichier .ics", MUST, render_kw={"accept": ".ics,text/calendar"}, description="200\u00a0ko au plus."
    )


class Saving(Asked):
    reason = StringField(
        "Raison", MUST, id="edit-reason", description="Lue par les clients avec leurs échéances déplacées."
    )


FORMS: Mapping[str, type[Asked]] = {
    "period": Period,
    "special_hours": SpecialHours,
    "yearly_hours": YearlyHours,
    "weekly": Week,
    "holidays": Holidays,
    "remove": Removal,
    "file": Import,
}


def in_force(data: Data) -> dict[str, Form]:
    """Every form, showing what holds now where it would replace it."""
    week, holidays = data.get("weekly", {}), data.get("holidays", {})
    worked = holidays.get("whit_monday_worked", [])
    return {
        **{kind: form() for kind, form in FORMS.items()},
        "weekly": Week(data={day: ", ".join(week.get(day, [])) for day in DAYS}),
        "holidays": _holidays(holidays.get("region", "metropole"), holidays.get("good_friday", True), worked),
    }


def form_of(edit: CalendarEdit, zone: tzinfo) -> tuple[str, Form] | None:
    """The form in which an edit was typed, filled with it; None for one that has no form."""
    match edit:
        case AddPeriod(table, start, end, label):
            ends = {**_edge("first", start.astimezone(zone)), **_edge("last", end.astimezone(zone))}
            return "period", Period(data={"table": table, "label": label, **ends})
        case SetSpecialHours(day, hours, label):
            return "special_hours", SpecialHours(data={"day": day, "hours": ", ".join(hours), "label": label})
        case SetYearlyHours(day, hours, label):
            month, number = day.split("-")
            typed = {"day": f"{number}/{month}", "label": label}
            return "yearly_hours", YearlyHours(data={**typed, "hours": ", ".join(hours)})
        case SetWeek(weekly):
            return "weekly", Week(data={day: ", ".join(weekly.get(day, [])) for day in DAYS})
        case ChooseHolidays(region, good_friday, worked):
            return "holidays", _holidays(region, good_friday, worked)
    return None


def _edge(side: str, at: datetime) -> dict[str, Any]:
    """Midnight is the beginning or the end of a day, and goes unsaid."""
    whole = at.time() == datetime.min.time()
    day = at.date() - timedelta(days=1) if whole and side == "last" else at.date()
    return {f"{side}_day": day.isoformat(), f"{side}_time": "" if whole else f"{at:%H:%M}"}


def _holidays(region: str, good_friday: bool, worked: Any) -> Form:
    years = ("toutes" if worked else "") if isinstance(worked, bool) else ", ".join(str(year) for year in worked)
    return Holidays(data={"region": region, "good_friday": good_friday, "whit_monday_worked": years})
