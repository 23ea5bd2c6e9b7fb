#!/usr/bin/env python3
"""P6: messages received; were they processed?"""
import json
import re
import time

from shop import shop
from daytwo import check, equal, main, run, wait_for

COMMAND = ("flow", "orders")


def answers(demo, pattern, seconds):
    """Asks until the sentence matches."""
    wait_for(pattern, lambda: re.search(pattern, demo.cli(*COMMAND).stdout), seconds, every=1)
    return demo.ask(*COMMAND)


def tells_a_queue_that_stands():
    """With the worker stalled the answer names the moment; healed, that nothing was lost."""
    with shop() as demo:
        well = r"^orders: [\d.]+\S* received, nothing lost, lag "
        equal(answers(demo, well, 30)[0], 0, "exit code while all is well")
        wait_for("three scrapes of the queue", lambda: demo.query(
            "count_over_time(daytwo_count_in_flight[1m]) >= 3"), 30)
        stalled_at = time.time()
        equal(run("demo", "break", "stall", "queue").returncode, 0, "demo break stall queue")
        stalled = r"^orders: nothing has come out since [\d-]+ \d\d:\d\d UTC, lag "
        code, answer = answers(demo, stalled, 90)
        equal(code, 3, "exit code of a flow that stands still")
        check(re.search(stalled, answer), answer)
        flow = json.loads(demo.cli(*COMMAND, "--output", "json").stdout)[0]
        # The newest message that came out is at most two scrapes older than the stall.
        age = time.time() - stalled_at
        check(age - 12 < flow["lag_ms"] / 1000 < age + 12, f"lag after {age:.0f} s: {flow}")
        row = demo.wait_worry("flow", "orders", seconds=30)
        equal(row["service"], "orders", "service of the worry")
        listed = demo.ask("worry", "list", "--kind", "flow")[1]
        check("orders stands still" in listed and row["id"] in listed, listed)
        equal(run("demo", "heal").returncode, 0, "demo heal")
        demo.wait_worry("flow", "orders", "closed", seconds=60)
        equal(answers(demo, well, 60)[0], 0, "exit code once it is healed")


main(tells_a_queue_that_stands)
