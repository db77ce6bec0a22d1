"""Documents that leave the desk: the intervention report and the statement of hours, as tagged PDF.

Facts in, bytes out: the same facts give the same bytes, whatever the machine, its fonts and its clock.
"""

from sla.documents.report import report_document, report_pdf
from sla.documents.statement import statement_document, statement_pdf

__all__ = ["report_document", "report_pdf", "statement_document", "statement_pdf"]
"""..._document is what is laid out, as text; ..._pdf is its bytes."""
