"""The manager's pages: companies with their contracts and forfaits."""

from collections.abc import Callable
from typing import Any

from flask import Blueprint, Response, flash, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from wtforms import Form
from wtforms.fields.choices import SelectChoice

from sla import wording
from sla.desk.actor import Role
from sla.desk.company_accounts import company_account, company_lines
from sla.desk.contract_days import cancel_contract, move_contract_end
from sla.desk.hours import buy_hours, correct_hours
from sla.desk.hours_card import KINDS, company_hours
from sla.desk.people import add_company, add_person, sign_contract
from sla.desk.requested_hours import decline_hours, requested_hours
from sla.desk.statement import company_statement
from sla.web import manage_forms as forms
from sla.web.asked import attempt, typed
from sla.web.asked_number import whole_number
from sla.web.hours_files import csv_file, statement_name
from sla.web.manage_forms import typed_quarters
from sla.web.pdf_file import pdf_file
from sla.web.ticket_pages import NUMBER
from sla.web.turn import actor, the_desk, turn

pages = Blueprint("manage", __name__)


@pages.get("/manage/companies")
def companies() -> str:
    return _companies()


def _companies(form: Form | None = None) -> str:
    return render_template(
        "manage/companies.html",
        rows=turn().see(company_lines),
        asked=turn().see(requested_hours),
        form=form or forms.AddCompany(),
        manages=actor().role == Role.MANAGER,
    )


@pages.post("/manage/companies")
def add_company_() -> ResponseReturnValue:
    form = forms.AddCompany(request.form)
    company, refused = attempt(form, lambda: turn().do(add_company, name=form.name.data or ""))
    if refused is not None or company is None:
        return _companies(form), refused.status if refused else 422
    flash(f"Société «\u00a0{company.name}\u00a0» ajoutée.", "ok")
    return redirect(url_for("manage.company", number=company.id))


@pages.get(f"/manage/companies/<{NUMBER}:number>")
def company(number: int) -> str:
    return _company(number)


FORMS: dict[str, type[Form]] = {
    "sign_contract": forms.SignContract,
    "move_contract_end": forms.MoveContractEnd,
    "cancel_contract": forms.CancelContract,
    "add_person": forms.AddPerson,
    "buy_hours": forms.BuyHours,
    "correct_hours": forms.CorrectHours,
    "decline_hours": forms.DeclineHours,
}


def _company(number: int, posted: Form | None = None, failed: str | None = None, row: int | None = None) -> str:
    """`posted`: the form of the verb `failed` that came back, for some about one `row`: a forfait, a contract."""
    made = {verb: posted if posted is not None and verb == failed else form() for verb, form in FORMS.items()}
    on_sale = the_desk().settings.forfaits.hours_on_sale
    made["buy_hours"].hours.choices = [SelectChoice(str(each), f"{each}\u00a0h") for each in on_sale]
    hours = turn().see(company_hours, number)
    if hours.asked is not None and made["buy_hours"] is not posted:
        made["buy_hours"].hours.data = str(hours.asked.hours)
    return render_template(
        "manage/company.html",
        account=turn().see(company_account, number),
        hours=hours,
        manages=actor().role == Role.MANAGER,
        forms=made,
        blank={verb: form() for verb, form in FORMS.items()},
        refused=posted,
        failed=failed,
        failed_row=row,
        kinds=KINDS,
    )


def _asked(verb: str, number: int, act: Callable[[Form], str], row: int | None = None) -> ResponseReturnValue:
    form = FORMS[verb](request.form)
    said, refused = attempt(form, lambda: act(form))
    if refused is not None:
        return _company(number, form, verb, row), refused.status
    flash(said or "", "ok")
    return redirect(url_for("manage.company", number=number))


@pages.post(f"/manage/companies/<{NUMBER}:number>/sign_contract")
def sign_contract_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        days = {key: typed(form, key) or None for key in ("first_day", "last_day")}
        signed = turn().do(sign_contract, number, level=typed(form, "level"), **days)
        return f"Contrat enregistré, jusqu’au {wording.full_date(signed.last_day)}."

    return _asked("sign_contract", number, act)


@pages.post(f"/manage/companies/<{NUMBER}:number>/contracts/<{NUMBER}:contract>/move_contract_end")
def move_contract_end_(number: int, contract: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        last, reason = typed(form, "last_day"), typed(form, "reason")
        moved = turn().do(move_contract_end, _own_contract(number, contract), last_day=last, reason=reason)
        return f"Ce contrat finit maintenant le {wording.full_date(moved.last_day)}. Le client en reçoit la raison."

    return _asked("move_contract_end", number, act, contract)


@pages.post(f"/manage/companies/<{NUMBER}:number>/contracts/<{NUMBER}:contract>/cancel_contract")
def cancel_contract_(number: int, contract: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        turn().do(cancel_contract, _own_contract(number, contract), reason=typed(form, "reason"))
        return "Contrat annulé. Le client en reçoit la raison."

    return _asked("cancel_contract", number, act, contract)


def _own_contract(number: int, contract: int) -> int:
    """0, which none bears, for another company's."""
    return contract if contract in {each.id for each in turn().see(company_account, number).contracts} else 0


@pages.post(f"/manage/companies/<{NUMBER}:number>/add_person")
def add_person_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        facts = {key: form[key].data or "" for key in ("name", "email", "portal_role", "language")}
        person = turn().do(add_person, **facts, role="client", company=number, phone=form.phone.data or None)
        return f"{person.name} peut maintenant se connecter avec {person.email}."

    return _asked("add_person", number, act)


@pages.post(f"/manage/companies/<{NUMBER}:number>/buy_hours")
def buy_hours_(number: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        hours, first = typed(form, "hours"), typed(form, "first_day") or None
        facts: dict[str, Any] = {"hours": whole_number(hours) or hours, "first_day": first, "seen": _seen()}
        pack = turn().do(buy_hours, number, **facts)
        last, left = wording.full_date(pack.last_day), wording.quarters(pack.balance_quarters)
        return f"Forfait de {pack.hours}\u00a0h vendu, valable jusqu’au {last}. Solde de ce forfait\u00a0: {left}."

    return _asked("buy_hours", number, act)


@pages.post(f"/manage/companies/<{NUMBER}:number>/packs/<{NUMBER}:pack>/correct_hours")
def correct_hours_(number: int, pack: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        account = turn().see(company_account, number)
        quarters, reason = typed_quarters(typed(form, "way"), typed(form, "quarters")), typed(form, "reason")
        known = pack if pack in {each.id for each in account.packs} else 0
        changed = turn().do(correct_hours, known, quarters=quarters, reason=reason, seen=_seen())
        return f"Correction enregistrée. Solde de ce forfait\u00a0: {wording.quarters(changed.balance_quarters)}."

    return _asked("correct_hours", number, act, pack)


@pages.post(f"/manage/companies/<{NUMBER}:number>/requests/<{NUMBER}:request_>/decline_hours")
def decline_hours_(number: int, request_: int) -> ResponseReturnValue:
    def act(form: Form) -> str:
        turn().do(decline_hours, request_, reason=form.reason.data or "")
        return "Demande refusée. Le client en reçoit la raison."

    return _asked("decline_hours", number, act)


@pages.get(f"/manage/companies/<{NUMBER}:number>/hours.csv")
def company_csv(number: int) -> Response:
    return csv_file(turn().see(company_hours, number))


@pages.get(f"/manage/companies/<{NUMBER}:number>/hours.pdf")
def company_pdf(number: int) -> Response:
    lang = "en" if request.args.get("lang") == "en" else "fr"
    return pdf_file(turn().see(company_statement, number, lang), statement_name(lang))


def _seen() -> int | None:
    """The newest movement that the page showed: sent twice, a form is done once."""
    return request.form.get("seen", type=int)
