#!/usr/bin/env python3
"""P14: what was it supposed to be, and what did it become?"""
from shop import shop
from daytwo import check, equal, main, wait_for

COMMAND = ("baseline", "diff")


def declare_another_port(examples):
    """The catalog says 9445; the database listens on 9435."""
    file = examples / "shop" / "database.yml"
    text = file.read_text(encoding="utf-8")
    check("127.0.0.1:9435" in text, "what the shop's database declares")
    file.write_text(text.replace("127.0.0.1:9435", "127.0.0.1:9445"), encoding="utf-8")


def as_declared():
    """The shop as it is delivered: every declared listener is there, and no other one."""
    with shop() as demo:
        wait_for("the first scan", lambda: demo.page("host")["listeners"], 30)
        wait_for("a turn of the loop", lambda: any(
            one["id"] == "declared" and "6 services" in one["sentence"]
            for one in demo.page("loop")["sources"]), 30)
        code, answer = demo.ask(*COMMAND)
        equal(code, 0, "exit code without a difference: " + answer)
        equal(answer.splitlines()[0],
              "no difference: 6 services listen as declared; no baseline says what else runs",
              "how much was compared")


def both_ways():
    """A port that nobody holds, and one that nobody declared: both are named, with the file."""
    with shop(declare_another_port) as demo:
        missing = "database declares tcp:127.0.0.1:9445 and nothing listens there"
        beyond = "database listens on tcp:127.0.0.1:9435 and does not declare it"
        wait_for("both differences", lambda: all(
            part in demo.cli(*COMMAND).stdout for part in (missing, beyond)), 60, every=1)
        code, answer = demo.ask(*COMMAND)
        equal(code, 3, "exit code with differences")
        check("shop/database.yml" in answer, f"the file to correct: {answer}")
        equal(answer.splitlines()[0], "2 differences between declared and running", "the answer")


main(as_declared, both_ways)
