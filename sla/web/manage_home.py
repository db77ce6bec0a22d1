"""`/manage`: the one place that leads to all that a manager looks after."""

from flask import Blueprint, render_template

from sla.desk.measures import measures
from sla.web.turn import turn

pages = Blueprint("manage_home", __name__)

ROOMS = (
    (
        "Les personnes",
        (
            ("users.users_", "Comptes", "qui se connecte, au support et sur le portail\u202f; arrivées et départs"),
            ("team.team", "Équipe", "absences, compétences, charge et allures, telles que le plan s’en sert"),
            ("manage.companies", "Sociétés et forfaits", "contrats, contacts, heures vendues, corrigées, demandées"),
        ),
    ),
    (
        "Les promesses",
        (
            ("calendar_page.calendar", "Calendrier", "horaires, fermetures, ouvertures, et ce qu’ils déplacent"),
            ("targets.targets", "Délais promis", "par niveau et par gravité, et ce qui a été promis avant"),
            ("compliance.page", "Promesses tenues", "mois par mois\u00a0: le bilan, et chaque promesse manquée"),
            ("reliability.page", "Fiabilité des réponses annoncées", "ce que les clients lisent, et ce qui est arrivé"),
        ),
    ),
    (
        "Le service",
        (
            ("jobs.jobs", "Échéancier et envois", "rappels, alertes et courriels\u00a0: ce qui vient, ce qui a échoué"),
            ("endpoints.endpoints_", "Webhooks", "les autres logiciels que l’on prévient"),
            ("openapi.spec", "API", "sa description, pour qui écrit un logiciel"),
        ),
    ),
)
"""Titles, each with (page, name, what it is for)."""


@pages.get("/manage")
def home() -> str:
    return render_template("manage/home.html", rooms=ROOMS, measures=turn().see(measures))
