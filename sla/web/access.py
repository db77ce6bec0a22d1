"""Sign-in: by password, or by a link sent by mail and used once."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from flask import Blueprint, Flask, flash, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_limiter import Limiter
from flask_login import LoginManager, UserMixin, login_user
from flask_wtf import FlaskForm
from werkzeug.wrappers import Response
from wtforms import EmailField, HiddenField, PasswordField
from wtforms.validators import InputRequired

from sla import wording
from sla.desk.actor import SYSTEM, Actor
from sla.desk.keys import LINK_MINUTES, check_password, mark_of, marked, send_link, use_link
from sla.desk.people import choose_language
from sla.errors import BadCredentials, Refused
from sla.web.frame import home_of, language
from sla.web.turn import actor, came_from, the_desk, turn

pages = Blueprint("access", __name__)
LINKS_ASKED = f"5 per {LINK_MINUTES} minutes"
"""For one address, wherever they are asked from: nobody's letter-box is filled by a stranger."""
LONGEST = 500
"""Characters of an address to go on to: a link that carries it still fits a mail."""


def whose_address() -> str:
    """Where a request comes from: as the outermost of our proxies saw it, whatever was claimed before it."""
    proxies = the_desk().settings.environment.proxies
    told = ",".join(request.headers.getlist("X-Forwarded-For")).split(",")
    return told[-proxies].strip() if 0 < proxies <= len(told) else request.remote_addr or ""


def whose_link() -> str:
    """The address that a link is asked for, known or not."""
    return request.form.get("email", "").strip().lower()[:320]


limiter = Limiter(whose_address, storage_uri="memory://", default_limits=[])


@dataclass
class SignedIn(UserMixin):
    """Who holds the session, read anew at each request: someone struck off is out at once."""

    actor: Actor
    mark: str

    def get_id(self) -> str:
        return self.mark


class PasswordForm(FlaskForm):
    email = EmailField("Adresse électronique", [InputRequired()])
    password = PasswordField("Mot de passe", [InputRequired()])
    next = HiddenField()


class LinkForm(FlaskForm):
    email = EmailField("Adresse électronique", [InputRequired()], id="link-email")
    next = HiddenField(id="link-next")


def set_up(app: Flask) -> None:
    manager = LoginManager(app)
    manager.user_loader(_load)
    limiter.init_app(app)


def _load(mark: str) -> SignedIn | None:
    try:
        return SignedIn(the_desk().by(SYSTEM).see(marked, mark), mark)
    except BadCredentials:
        return None


@pages.get("/")
def index() -> Response:
    who = actor()
    return redirect(url_for(home_of(who.role)) if who.id is not None else url_for("access.sign_in"))


@pages.get("/sign-in")
def sign_in() -> ResponseReturnValue:
    if actor().id is not None:
        return redirect(inside(request.args.get("next")) or url_for("access.index"))
    return _shown(PasswordForm(formdata=None, next=request.args.get("next", "")))


@pages.post("/sign-in")
@limiter.limit("20 per minute")
def sign_in_by_password() -> ResponseReturnValue:
    form = PasswordForm()
    try:
        email, password = form.email.data or "", form.password.data or ""
        who = the_desk().by(SYSTEM).see(check_password, email=email, password=password)
    except Refused as refused:
        form.email.errors = [refused.sentence(language())]
        return _shown(form), refused.status
    return _welcome(who, form.next.data)


@pages.post("/sign-in/link")
@limiter.limit("10 per minute")
@limiter.limit(LINKS_ASKED, key_func=whose_link)
def ask_link() -> Response:
    """The same sentence whether the address is known or not. The link leads to the page that was asked for."""
    form = LinkForm()
    following = inside(form.next.data)
    the_desk().by(SYSTEM).do(send_link, email=form.email.data or "", following=following)
    sent = "Si cette adresse a un compte, un lien de connexion vient d’y être envoyé. Il vaut %(minutes)s minutes."
    flash(wording.sentence(sent, language(), minutes=LINK_MINUTES), "info")
    return redirect(url_for("access.sign_in", next=following))


@pages.get("/sign-in/<secret>")
def confirm_link(secret: str) -> str:
    """A link opened by a mail scanner must not use it up: a person confirms."""
    return render_template("access/confirm.html", secret=secret, following=inside(request.args.get("next")))


@pages.post("/sign-in/<secret>")
@limiter.limit("60 per minute")
def sign_in_by_link(secret: str) -> ResponseReturnValue:
    following = inside(request.args.get("next"))
    try:
        who = the_desk().by(SYSTEM).do(use_link, secret)
    except BadCredentials as refused:
        spent = "Ce lien a expiré, a déjà servi, ou n’est pas complet. Demandez-en un nouveau."
        flash(wording.translated(spent, language()), "error")
        return _shown(PasswordForm(formdata=None, next=following or "")), refused.status
    return _welcome(who, following)


@pages.post("/choose_language")
def choose_own_language() -> Response:
    """Back to the page that it was chosen on."""
    turn().do(choose_language, language=request.form.get("language", ""))
    return redirect(inside(came_from()) or url_for("access.index"))


@pages.post("/sign-out")
def sign_out() -> Response:
    said = wording.translated("Vous êtes déconnecté.", language())
    session.clear()
    flash(said, "info")
    return redirect(url_for("access.sign_in"))


def inside(address: str | None) -> str | None:
    """An address of this site, or None: what a link names is not followed elsewhere."""
    if not address or len(address) > LONGEST or not address.startswith("/") or address.startswith(("//", "/\\")):
        return None
    if any(ord(char) <= 32 for char in address) or "\\" in address:
        return None
    parts = urlsplit(address)
    return None if parts.scheme or parts.netloc else address


def _shown(form: PasswordForm) -> str:
    link_form = LinkForm(formdata=None, next=form.next.data)
    return render_template("access/sign_in.html", form=form, link_form=link_form)


def _welcome(who: Actor, following: str | None) -> Response:
    """A fresh session: nothing of whoever sat here before goes on in it."""
    session.clear()
    session.permanent = True
    login_user(SignedIn(who, the_desk().by(SYSTEM).see(mark_of, who.id or 0)))
    return redirect(inside(following) or url_for(home_of(who.role)))
