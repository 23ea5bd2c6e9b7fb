#!/usr/bin/env python3
"""daytwo risk adds a register up: what a year costs, how bad it can be, and what options change."""
import csv
import io
import json
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds

GOOD = """stakes: ["an hour of shop down costs $2k to $20k"]
quantities: {hourly: $70/h to $130/h}
appetite: {at_most: 5% a year, loss: "$1M"}
turnover: "$30M"
rates: {EUR: 1.1}
risks:
  - id: shop-down
    service: shop
    frequency: 2 to 6 a year
    duration: 30m to 4h
    loss: {revenue: duration, response: 3 * duration * hourly}
  - id: records-escape
    frequency: 2% to 8% a year
    loss: {response: "$20k to $200k", fine: {amount: "$50k to $2M", chance: 20%, cap: gdpr-83-5}}
    harm: {customers: "$50k to $3M"}
options:
  - {id: canary, blocks: {shop-down: 40% to 70%}}
"""
FEW = "--years=20000"  # for a build that checks itself


def asked(text, *options):
    """`daytwo risk` on a file with this text."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "risks.yml"
        file.write_text(text)
        return daytwo.run("risk", str(file), FEW, *options)


def adds_a_register_up():
    """A sentence, both engines, the appetite, harm on its own line; twice the same."""
    done = asked(GOOD, "--with", "canary")
    equal(done.returncode, 0, done.stderr)
    for words in ("A year costs $", " on average (90 %: $",
                  "The appetite, at most 5.0 % a year above $1M, holds",
                  "Customers and the public bear $", "With canary: $", "agrees with exact within",
                  "1 in 1000", "others bear"):
        holds(done.stdout, words, "what is said")
    equal(asked(GOOD, "--with", "canary").stdout, done.stdout, "the same question again")


def says_it_in_each_format():
    """JSON with its figures, CSV with a line a risk, Markdown as one page."""
    page = json.loads(asked(GOOD, "--with", "canary", "--output", "json").stdout)
    check(page["after"]["mean"] < page["own"]["mean"], "canary cuts the mean")
    check(page["own"]["sigma"] < 5, "the engines agree")
    levels = [level["loss"]["value"] for level in page["own"]["levels"]]
    equal(levels, sorted(levels), "rarer is worse")
    check(page["harm"]["mean"] > 0, "harm has a column")
    rows = list(csv.DictReader(io.StringIO(asked(GOOD, "--output", "csv").stdout)))
    equal(len(rows), 2, "two risks below the heads")
    page = json.loads(asked(GOOD, "--output", "json").stdout)
    for row in rows:
        check(float(row["p05_a_year"]) <= float(row["expected_a_year"]), f"numbers: {row}")
        same = next(each for each in page["risks"] if each["id"] == row["risk"])
        equal(float(row["events_a_year"]), same["events_a_year"], "as in JSON")
    holds(asked(GOOD, "--output", "markdown").stdout, "# What our risks cost", "one page")


def teaches_and_places_what_is_wrong():
    """No file shows what to write; a mistake is told at its line and column."""
    empty = daytwo.run("risk")
    equal(empty.returncode, 0, "an empty state is no error")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / "risks.yml"
        file.write_text(empty.stdout.split("\n\n", 1)[1].rsplit("\n\n", 1)[0])
        equal(daytwo.run("risk", str(file), FEW).returncode, 0, "what it teaches works")
    for wrong, place, words in (
            ("2 to 6 a year", "risks.yml:9:16:", "has no period"),
            ("duration: 30m to 4h", "risks.yml:10:", "lower end must be below upper end"),
            ("3 * duration * hourly", "risks.yml:11:", "hourli")):
        bad = {"2 to 6 a year": "2 to 6", "duration: 30m to 4h": "duration: 4h to 30m",
               "3 * duration * hourly": "3 * duration * hourli"}[wrong]
        done = asked(GOOD.replace(wrong, bad))
        equal(done.returncode, 2, f"{bad}: {done.stderr}")
        holds(done.stderr, place, "where it is")
        holds(done.stderr, words, "what it is")
    equal(asked(GOOD, "--with", "canari").returncode, 1, "an unknown option")
    equal(asked(GOOD, "--output", "xml").returncode, 2, "an unknown format")
    equal(daytwo.run("risk", "/no/such.yml").returncode, 1, "no such file")


def the_server_answers_as_the_command():
    """The same files give the same year; an option in place an after; without a file, the YAML."""
    with daytwo.server("--self.observe=false", config="worries: [risks.yml]\n",
                       start=False) as server:
        file = server.folder / "risks.yml"
        file.write_text(GOOD)
        server.start()
        page = server.page("risk?with=canary")
        filed = daytwo.run("risk", str(file), "--with", "canary", "--output", "json")
        equal(filed.returncode, 0, filed.stderr)
        same = json.loads(filed.stdout)
        for name in ("own", "after", "harm", "causes", "appetite", "options", "seed"):
            equal(page[name], same[name], name)
        for mine, its in zip(page["risks"], same["risks"], strict=True):
            equal(mine["inputs"], its["inputs"], "what it opens to")
        equal(server.get("/api/daytwo/v1/risk?with=canari").status, 400, "an option that is none")
    with daytwo.server("--self.observe=false") as server:
        holds(server.page("risk")["teach"], "worries: [risks.yml]", "what to write")


if __name__ == "__main__":
    daytwo.main(adds_a_register_up, says_it_in_each_format, teaches_and_places_what_is_wrong,
                the_server_answers_as_the_command)
