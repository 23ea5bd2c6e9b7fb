#!/usr/bin/env python3
"""daytwo check design: what each format holds, what is passed over, what cannot be read."""
import json
import pathlib
import tempfile
import xml.etree.ElementTree

import daytwo
from daytwo import check, equal, holds, main

SHOP = """\
service: shop
depends: [{on: [pay-a, pay-b], need: 1, beta: [0.01, 0.05, 0.2]}, "queue"]
slos: [{name: availability, bad: 'e{a="<b>"}', total: a, target: 99.99}]
---
service: pay-a
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: pay, access: [repo]}
---
service: pay-b
slos: [{name: availability, bad: e, total: a, target: 99.9}]
owner: {team: pay, access: [repo]}
---
service: queue
does: keeps orders in RabbitMQ
"""


def design(folder, *options):
    return daytwo.run("check", "design", str(folder), *options)


def every_format_tells_the_same():
    """JSON, CSV, SARIF, JUnit and Markdown: each holds the findings of the table."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "shop.yml").write_text(SHOP)
        table = design(folder)
        equal(table.returncode, 3, f"findings: {table.stderr}")
        page = json.loads(design(folder, "--output", "json").stdout)
        rules = sorted(row["rule"] for row in page["findings"])
        equal(rules, ["no-owner", "one-ended-queue", "unknown-need"], "what is wrong")
        check(all(row["file"].endswith("shop.yml") and row["line"] > 0 for row in page["findings"]),
              "each with its place")
        shop = next(row for row in page["promises"] if row["service"] == "shop")
        check(shop["ceiling_low"] < shop["ceiling"] < shop["ceiling_high"], f"an interval: {shop}")
        check(0.5 < shop["chance_kept"] < 1, f"how sure it is: {shop}")

        rows = design(folder, "--output=csv").stdout.splitlines()
        equal(rows[0], "level,rule,service,file,line,finding,to mend", "heads of CSV")
        equal(len(rows), 4, "a row for each")

        sarif = json.loads(design(folder, "--output", "sarif").stdout)
        equal(sarif["version"], "2.1.0", "the format's version")
        run = sarif["runs"][0]
        known = {rule["id"] for rule in run["tool"]["driver"]["rules"]}
        equal(sorted(one["ruleId"] for one in run["results"]), rules, "a result for each")
        for result in run["results"]:
            check(result["ruleId"] in known, f"a rule that is described: {result}")
            place = result["locations"][0]["physicalLocation"]
            check(place["region"]["startLine"] > 0, f"a line: {result}")
            check(result["level"] in ("error", "warning", "note"), f"a level: {result}")

        suite = xml.etree.ElementTree.fromstring(design(folder, "--output", "junit").stdout)
        cases = suite.findall("testcase")
        equal(suite.get("tests"), str(len(cases)), "how many")
        failed = [case for case in cases if case.find("failure") is not None]
        equal(suite.get("failures"), str(len(failed)), "how many failed")
        equal(len(failed), 3, "the findings fail, the promises are kept")

        markdown = design(folder, "--output", "markdown").stdout
        holds(markdown, "| service | promise | ceiling |", "a table of promises")
        holds(markdown, "| warning | ", "a table of findings")


def what_was_measured_goes_before_what_is_promised():
    """--server that is not there is said; a wrong format too."""
    with tempfile.TemporaryDirectory() as folder:
        pathlib.Path(folder, "shop.yml").write_text(SHOP)
        gone = design(folder, "--server", f"127.0.0.1:{daytwo.free_port()}")
        equal(gone.returncode, 4, f"no server: {gone.stderr}")
        wrong = design(folder, "--output", "pdf")
        equal(wrong.returncode, 2, "a format that is none")
        holds(wrong.stderr, "sarif, markdown or junit", "those there are")


def what_is_no_service_is_passed_over_and_what_is_broken_named():
    """Other YAML is named and skipped; broken files, bad numbers and circles have their places."""
    with tempfile.TemporaryDirectory() as folder:
        base = pathlib.Path(folder)
        (base / "sub").mkdir()
        (base / "sub" / "web.yaml").write_text(
            "apiVersion: v1\nkind: Service\nmetadata: {name: web}\n")
        (base / "empty.yml").write_text("")
        (base / ".hidden.yml").write_text("service: [")
        (base / "notes.txt").write_text("service: [")
        empty = design(folder)
        equal(empty.returncode, 0, f"nothing is wrong with nothing: {empty.stderr}")
        holds(empty.stdout, "no service is declared", "what to write")
        holds(empty.stderr, "web.yaml: is a Service: passed over", "what was passed over")
        holds(empty.stderr, "empty.yml: is empty: passed over", "an empty file")

        (base / "broken.yml").write_text("service: [\n")
        broken = design(folder)
        equal(broken.returncode, 1, "a file that cannot be read")
        holds(broken.stderr, "broken.yml:", "its place")
        (base / "broken.yml").write_text(
            "service: a\ndepends: [{on: a-b, beta: [0.2, 0.1, 0.3]}, {on: [b, b]}, "
            "{on: b, need: 2}, {on: b, tries: 2}]\n---\nservice: b\n---\nservice: a-b\n")
        bad = design(folder)
        equal(bad.returncode, 1, "numbers that do not go together")
        for part in ("three that rise", "is no second copy", "'need' is more than there are",
                     "persistent: 0.3"):
            holds(bad.stderr, part, "each is named")
        (base / "broken.yml").write_text(
            "service: a\ndepends: [b]\n---\nservice: b\ndepends: [a]\n")
        circle = design(folder)
        equal(circle.returncode, 3, "a circle is a finding")
        holds(circle.stdout, "'a' needs 'b', which needs 'a': a circle", "who is in it")
        equal(design(base / "not-there").returncode, 1, "a path that is not there")


if __name__ == "__main__":
    main(every_format_tells_the_same, what_was_measured_goes_before_what_is_promised,
         what_is_no_service_is_passed_over_and_what_is_broken_named)
