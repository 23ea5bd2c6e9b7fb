#!/usr/bin/env python3
"""daytwo import register: another tool's risks as a worry file that daytwo risk reads."""
import csv
import io
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds

SIMPLE = """ALICE,"Alice steals the data",0.01,1000000,10000000
CHARLIE,"Charlie loses the data",0.05,5000000,50000000
"""
CRML = """crml: "1.1"
meta: {name: Ransom, author: ann}
model:
  assets: {cardinality: 20}
  frequency: {model: gamma, parameters: {shape: 0.1, scale: 0.5}}
  severity: {model: lognormal, parameters: {median: "100 000", currency: USD, sigma: 1.2}}
pipeline: {simulation: {monte_carlo: {runs: 1000}}}
"""


def imported(name, text):
    """`daytwo import register` of a file, and `daytwo risk` of what it printed."""
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder) / name
        file.write_text(text)
        done = daytwo.run("import", "register", str(file))
        made = pathlib.Path(folder) / "risks.yml"
        made.write_text(done.stdout)
        return done, daytwo.run("risk", str(made), "--years=20000", "--output=csv")


def a_register_as_csv():
    done, risk = imported("risks.csv", SIMPLE)
    equal(done.returncode, 0, done.stderr)
    holds(done.stdout, "USD 5000000 to USD 50000000", "the range stays")
    equal(risk.returncode, 0, risk.stderr)
    rows = {row["risk"]: row for row in csv.DictReader(io.StringIO(risk.stdout))}
    mean = float(rows["charlie"]["expected_a_year"])
    check(0.95e6 < mean < 1.05e6, f"0.05 times a mean of $20M: {mean}")


def a_model_in_crml():
    done, risk = imported("ransom.yml", CRML)
    equal(done.returncode, 0, done.stderr)
    holds(done.stdout, "gamma(2, 2 years)", "twenty assets")
    holds(done.stderr, "ransom.yml:7:1: 'pipeline' has no place in a worry file", "what is lost")
    holds(done.stderr, "1 risk, 2 things left out", "counted")
    equal(risk.returncode, 0, risk.stderr)


def mistakes_have_a_place():
    done, _ = imported("bad.csv", "A,a,0.5,1,2\nB,b,0.1,5,2\n")
    equal(done.returncode, 2, "a bad file")
    holds(done.stderr, "bad.csv:2:1: low_loss and high_loss are no interval", "its line")
    done, _ = imported("bad.yml", CRML.replace("gamma", "hawkes"))
    equal(done.returncode, 2, "an unknown model")
    holds(done.stderr, "bad.yml:5:22: a frequency 'hawkes' has no counterpart", "its place")


if __name__ == "__main__":
    daytwo.main(a_register_as_csv, a_model_in_crml, mistakes_have_a_place)
