"""What the browser's tests stand on."""

from wsgiref.types import StartResponse, WSGIEnvironment

from werkzeug.test import run_wsgi_app
from werkzeug.wsgi import ClosingIterator

from tests.browser.site import read_first


def test_what_an_answer_reads_is_closed_before_the_answer_leaves() -> None:
    """Werkzeug's server doesn't close it where the connection is reset while it looks for what else was sent."""
    closed = []

    def answer(environ: WSGIEnvironment, start_response: StartResponse) -> ClosingIterator:
        start_response("200 OK", [])
        return ClosingIterator(iter([b"a", b"b"]), lambda: closed.append(True))

    parts, status, _ = run_wsgi_app(read_first(answer), {})
    assert (list(parts), status, closed) == ([b"a", b"b"], "200 OK", [True])
