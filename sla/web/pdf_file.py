"""A document as a browser receives it."""

from flask import Response


def pdf_file(content: bytes, name: str) -> Response:
    """Shown by whoever can, saved under its name by the others."""
    response = Response(content, mimetype="application/pdf")
    response.headers["Content-Disposition"] = f'inline; filename="{name}"'
    return response
