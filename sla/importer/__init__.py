"""`sla import`: the event log of another tool, read by a mapping file and taken in by the desk's `import_history`."""

from sla.importer.mapping import Mapping
from sla.importer.outcome import ImportReport, NamedRow
from sla.importer.run import import_file

__all__ = ["ImportReport", "Mapping", "NamedRow", "import_file"]
