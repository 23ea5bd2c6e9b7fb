#!/usr/bin/env python3
"""daytwo rates finds cited figures; the line it shows is refused until it is filled in, and then
makes a worry."""
import json
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds


def accepted_line():
    shown = daytwo.run("rates", "iris-large-2020")
    equal(shown.returncode, 0, "rates ID")
    for part in ("Fortune 1000", "caveat", "of your own", "$LOW to $HIGH"):
        holds(shown.stdout, part, "a row that opens")
    lines = [line.strip() for line in shown.stdout.splitlines()]
    return next(line for line in lines if line.startswith("- {"))


def rows_are_found_and_accepted():
    """Search, formats, the accepting line, and what happens when nothing is found."""
    rows = json.loads(daytwo.run("rates", "--output", "json").stdout)
    check(len(rows) > 30, f"rows: {len(rows)}")
    check(all(row["source"] and row["caveat"] for row in rows), "each is cited")
    check(any(not row["verified"] for row in rows), "what nobody checked is marked")
    equal(daytwo.run("rates", "ransomware", "--output=csv").stdout.splitlines()[0],
          "id,what,figure,year,weighs as,source", "CSV")
    missing = daytwo.run("rates", "no-such-thing")
    equal(missing.returncode, 1, "nothing found")
    holds(missing.stderr, "`daytwo rates` lists all", "what to do then")

    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "risks.yml"
        file.write_text("risks:\n" + accepted_line() + "\n")
        refused = daytwo.run("plan", str(file))
        equal(refused.returncode, 2, "a line that is not filled in")
        holds(refused.stderr, f"{file}:2:", "where it is")
        file.write_text(file.read_text().replace("LOW", "10k").replace("HIGH", "90k")
                        + "options:\n- {id: mfa, once: '$4k', cuts: {iris-large-2020: 0.5}}\n")
        equal(daytwo.run("plan", str(file)).returncode, 0, "a line that is")


daytwo.main(rows_are_found_and_accepted)
