"""The blueprint that the portal's modules hang their pages on."""

from flask import Blueprint

pages = Blueprint("portal", __name__)
