#!/usr/bin/env python3
"""P11: what can be cleaned up?"""
import csv
import io
import json

from shop import shop
from daytwo import check, equal, holds, main, wait_for

COMMAND = ("waste",)


def page_of(demo, *words):
    done = demo.cli(*COMMAND, *words, "--output", "json")
    check(done.returncode == 0, done.stderr)
    return json.loads(done.stdout)


def row_of(page, name):
    return next((row for row in page["rows"] if row["name"] == name), None)


def an_idle_environment_and_what_it_costs():
    """Nobody asks staging; a bill says what it costs, and what else is on it."""
    with shop() as demo:
        wait_for("the first scan", lambda: row_of(page_of(demo), "staging"), 60, every=1)
        before = page_of(demo)
        check("daytwo import cost" in before["teach"], before["teach"])
        check(row_of(before, "staging").get("saving") is None, "no money without a bill")
        equal([row["name"] for row in before["rows"] if row["kind"] == "service"], ["staging"],
              "services that customers use are not idle")

        code, _ = demo.ask("import", "cost", str(demo.examples / "shop" / "costs.csv"))
        equal(code, 0, "exit code of the import")
        code, answer = demo.ask(*COMMAND, "--restore", "$500 to $2k")
        equal(code, 0, "exit code")
        lines = answer.splitlines()
        check(" can be cleaned up: that saves $" in lines[0] and "(90 %: $" in lines[0], lines[0])
        holds(answer, "notice: tell platform that staging stops on ", "the next safe step")
        holds(answer, "no requests at port 9437 seen for 30d", "why")

        page = page_of(demo, "--restore", "$500 to $2k")
        staging = row_of(page, "staging")
        equal(sorted(staging["resources"]), ["staging-1", "staging-2", "staging-db"], "resources")
        # 44 + 44 + 43 a day, 30.4375 days a month; each day of each scatters by 6 %.
        check(3900 < staging["saving"]["p50"] < 4080, f"the saving: {staging['saving']}")
        check(staging["saving"]["p05"] < staging["saving"]["p50"] < staging["saving"]["p95"],
              "an interval")
        equal(staging["saving"]["window"], "a month", "its window")
        # Idle for 30 days: 2 in 10, a little less since history is as old as the shop.
        check(0.18 < staging["needed"]["mean"] < 0.21, f"the chance: {staging['needed']}")
        equal(len(staging["steps"]), 4, "notice, stop, snapshot, delete")
        check(staging["steps"][0]["at"] < staging["quarantine"] < staging["steps"][3]["at"],
              "dated in order")
        check(staging["worth"]["mean"] > 12 * 3900 * 0.75, f"its worth: {staging['worth']}")
        disk = row_of(page, "migration-2024")
        equal((disk["kind"], disk["owner"]), ("resource", "platform"), "what names nothing")
        check(disk["needed"]["mean"] > 0.5, f"less is known of it: {disk['needed']}")
        unused = row_of(page, "commitment plan-compute")
        equal((unused["kind"], unused.get("needed")), ("commitment", None), "an unused commitment")

        invoice = page["invoices"][0]
        for price in ("billed", "effective"):
            parts = sum(round(part[price] * 1e9) for part in invoice["parts"])
            check(abs(parts - round(invoice[price] * 1e9)) < 1e3, f"{price}: to the cent")
        whats = {part["what"] for part in invoice["parts"]}
        check({"what runs here and is used", "what runs here and is idle", "tax", "credits",
               "corrections", "purchases", "unused commitments",
               "what names nothing that runs here"} == whats, f"parts: {whats}")

        check(any(note.startswith("a good event of checkout (availability) costs $")
                  for note in page["notes"]), f"unit costs: {page['notes']}")
        rows = list(csv.DictReader(io.StringIO(demo.cli(*COMMAND, "--output=csv").stdout)))
        equal(rows[0]["what"], "staging", "largest saving first")
        equal(demo.cli(*COMMAND, "--idle", "31d", "--output=json").stdout.count('"service"'), 0,
              "not idle for so long")
        equal(demo.cli(*COMMAND, "--restore", "3 apples").returncode, 2, "no money")


main(an_idle_environment_and_what_it_costs)
