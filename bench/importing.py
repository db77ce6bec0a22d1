"""How fast a log is taken in: `python -m bench.importing FILE MAPPING` prints the rows of a Markdown table.

A new SQLite desk with the project's own config/; the second row is the same file once more, nothing being doubled.
"""

import sys
import tempfile
from pathlib import Path

from sla.desk.office import Desk
from sla.importer import Mapping, import_file
from sla.settings import Environment, load
from sla.store.migrate import migrate


def main(file: Path, mapping_file: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        desk = Desk.open(load(Environment(sla_var=Path(folder))))
        migrate(desk.database)
        mapping = Mapping.load(mapping_file, desk.settings.catalogue)
        print("| import | rows | tickets | imported | known | left out | s | rows/s |")
        print("| --- | ---: | ---: | ---: | ---: | ---: | ---: | ---: |")
        for which in ("first", "again"):
            done = import_file(desk, file, mapping, Path(folder) / "report.csv")
            figures = (done.rows, done.tickets, done.imported, done.known, len(done.named))
            told = " | ".join(f"{figure:,}" for figure in figures)
            print(f"| {which} | {told} | {done.seconds:.1f} | {done.rows / done.seconds:,.0f} |")
        desk.close()


if __name__ == "__main__":
    main(*(Path(argument) for argument in sys.argv[1:3]))
