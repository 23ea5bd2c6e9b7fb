#!/usr/bin/env python3
"""P7: CPU is over 90 %: is that a problem?"""
import json
import re

from shop import shop
from daytwo import check, equal, main, run, wait_for

COMMAND = ("cpu",)


def row_of(demo, *words):
    """The first row of the answer as JSON; None before anything was measured."""
    done = demo.cli(*COMMAND, *words, "--output", "json")
    rows = json.loads(done.stdout)["rows"]
    return rows[0] if rows else None


def wait_state(demo, state, seconds, *words):
    return wait_for(f"{words} {state}", lambda: (row := row_of(demo, *words)) is not None
                    and row["state"] == state and row, seconds, every=1)


def busy_and_nobody_suffers():
    """A batch job keeps every processor busy, customers feel nothing: a ticket, not a page. Then
    something is down meanwhile: yes, and why."""
    with shop() as demo:
        wait_for("a minute of samples", lambda: row_of(demo) is not None, 90, every=1)
        wait_for("every probe answers", lambda: len(demo.query("probe_success == 1")) >= 3, 60)
        equal(run("demo", "break", "busy", "search").returncode, 0, "demo break busy search")
        # Another load on this machine may stand beside it, not hide it.
        wait_for("search at work", lambda: (row := row_of(demo, "search")) is not None
                 and row["used"] > 0.2, 240, every=1)
        wait_state(demo, "busy", 90)
        code, answer = demo.ask(*COMMAND)
        equal(code, 0, "exit code of what is no problem")
        check(re.search(r" used (9\d[\d.]*|100) % of its \d+ processors? over .*: busy, "
                        r"not a problem: no symptom, .*; used most by .*: a ticket, not a page$",
                        answer.splitlines()[0]), answer)
        row = row_of(demo, "search")
        code, answer = demo.ask(*COMMAND, "search")
        equal(code, 0, "exit code of the service")
        check(answer.startswith("search used "), answer)
        check(row["service"] == "search" and row["used"] > 0.1, f"what search uses: {row}")
        # More than nine tenths of one processor is busy, whoever else wants one.
        equal(row["state"], "busy" if row["used"] > 0.9 else "calm", f"the service: {row}")
        equal([row for row in demo.worries("all") if row["kind"] == "cpu" and row["paged"]], [],
              "pages about processors")
        # The same load, and a service that customers need does not answer.
        equal(run("demo", "break", "payments").returncode, 0, "demo break payments")
        demo.wait_worry("probe", "9432", seconds=60)
        code, answer = demo.ask(*COMMAND)
        equal(code, 3, "exit code of a problem")
        check(re.search(r": yes, a problem, because payments does not answer.* and work waited "
                        r"[\d.]+ % of the time", answer), answer)
        equal(run("demo", "heal").returncode, 0, "demo heal")


def an_unknown_name_is_said():
    """A name that is neither a host nor a service gets the nearest one."""
    with shop() as demo:
        done = demo.cli(*COMMAND, "serch")
        equal(done.returncode, 1, "exit code")
        check("did you mean search?" in done.stderr, done.stderr)


main(busy_and_nobody_suffers, an_unknown_name_is_said)
