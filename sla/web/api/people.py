"""Who the desk works for, and who works at it."""

from typing import Any

from sla.desk.contract_days import cancel_contract, move_contract_end
from sla.desk.deactivate import deactivate, reactivate
from sla.desk.people import add_company, add_person, be_absent, cancel_absence, choose_language, sign_contract
from sla.web.api.asked import Nothing, Reasoned
from sla.web.api.asked_accounts import AddCompany, AddPerson, BeAbsent, ChooseLanguage, MoveContractEnd, SignContract
from sla.web.api.blueprint import pages
from sla.web.api.moves import Move, open_to
from sla.web.api.typed_json import GivenDay, Moment, Told
from sla.web.turn import turn


class CompanyTold(Told):
    id: int
    name: str


class ContractTold(Told):
    id: int
    company_id: int
    level: str
    first_day: GivenDay
    last_day: GivenDay

    @classmethod
    def of(cls, contract: Any) -> "ContractTold":
        return cls.model_validate(contract)


class PersonTold(Told):
    id: int
    name: str
    email: str
    role: str
    company_id: int | None
    portal_role: str | None
    code: str | None
    phone: str | None
    language: str
    active: bool

    @classmethod
    def of(cls, person: Any) -> "PersonTold":
        return cls.model_validate(person)


class AbsenceTold(Told):
    id: int
    technician_id: int
    starts_at: Moment
    ends_at: Moment
    label: str

    @classmethod
    def of(cls, absence: Any) -> "AbsenceTold":
        return cls.model_validate(absence)


@pages.post("/companies")
@pages.input(AddCompany)
@pages.output(CompanyTold, status_code=201)
@pages.doc(operation_id="add_company")
def company(json_data: AddCompany) -> Any:
    """A new client company."""
    return CompanyTold.model_validate(turn().do(add_company, name=json_data.name))


@pages.post("/contracts")
@pages.input(SignContract)
@pages.output(ContractTold, status_code=201)
@pages.doc(operation_id="sign_contract")
def contract(json_data: SignContract) -> Any:
    """A level of service, a year from today unless said otherwise; both days included."""
    return ContractTold.of(turn().do(sign_contract, **dict(json_data)))


@pages.post("/people")
@pages.input(AddPerson)
@pages.output(PersonTold, status_code=201)
@pages.doc(operation_id="add_person")
def person(json_data: AddPerson) -> Any:
    """A colleague, or a company's contact."""
    return PersonTold.model_validate(turn().do(add_person, **dict(json_data)))


@pages.post("/people/me/choose_language")
@pages.input(ChooseLanguage)
@pages.output(PersonTold)
@pages.doc(operation_id="choose_language")
def language(json_data: ChooseLanguage) -> Any:
    """Of whoever asks: its portal and its mails."""
    return PersonTold.model_validate(turn().do(choose_language, language=json_data.language))


@pages.post("/absences")
@pages.input(BeAbsent)
@pages.output(AbsenceTold, status_code=201)
@pages.doc(operation_id="be_absent")
def absence(json_data: BeAbsent) -> Any:
    """A technician is away; the plan works around it."""
    return AbsenceTold.of(turn().do(be_absent, **dict(json_data)))


open_to(
    "contracts", Move(move_contract_end, MoveContractEnd, ContractTold, "It ends earlier or later; both are told why.")
)
open_to(
    "contracts", Move(cancel_contract, Reasoned, ContractTold, "One that has not begun is gone; both are told why.")
)
open_to("absences", Move(cancel_absence, Nothing, AbsenceTold, "One to come is gone; one that runs ends now."))
open_to("people", Move(deactivate, Nothing, PersonTold, "An account signs in no more; what it leaves is somebody's."))
open_to("people", Move(reactivate, Nothing, PersonTold, "It signs in again."))
