#!/usr/bin/env python3
"""daytwo calc runout: a date for what grows, none for what stands still, errors in their place."""
import datetime
import json
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds, main

FIRST = datetime.date(2026, 3, 1)
WOBBLE = [0, 0.4, -0.3, 0.1, -0.5, 0.2, 0.3]


def series(folder, values, name="use.csv"):
    """A file with two times a day; the higher one counts."""
    path = pathlib.Path(folder, name)
    lines = ["timestamp,value"]
    for day, value in enumerate(values):
        date = FIRST + datetime.timedelta(days=day)
        lines += [f"{date}T03:00:00Z,{value - 5}", f"{date} 15:00,{value}"]
    path.write_text("\n".join(lines) + "\n")
    return str(path)


def runout(*words):
    return daytwo.run("calc", "runout", *words)


def what_grows_has_a_date_and_what_stands_still_has_none():
    """60 units left at half a unit a day: 120 days; the same bits again; CSV and JSON."""
    with tempfile.TemporaryDirectory() as folder:
        path = series(folder, [day / 2 + WOBBLE[day % 7] for day in range(100)])
        done = runout(path, "--limit", "110")
        equal(done.returncode, 0, done.stderr)
        holds(done.stdout, "110 is reached on 2026-", "a date")
        holds(done.stdout, "chance within 30 days under 1 %", "chances")
        equal(runout(path, "--limit", "110").stdout, done.stdout, "the same seed, the same answer")
        page = json.loads(runout(path, "--limit", "110", "--output", "json").stdout)
        check(105 < page["p50_days"] < 135, f"the middle: {page['p50_days']}")
        check(page["p05_days"] <= page["p50_days"] <= page["p95_days"], "an interval")
        equal(page["last_day"], "2026-06-08", "the last day")
        equal(page["measured_days"], 100, "days")
        rows = runout(path, "--limit", "110", "--output", "csv").stdout.splitlines()
        equal(rows[0], "date,low,middle,high", "heads of CSV")
        holds(runout(path, "--limit", "20").stdout, "20 is reached: the last day", "there already")

        still = series(folder, [50 + WOBBLE[day % 7] for day in range(100)], "still.csv")
        done = runout(still, "--limit", "90")
        holds(done.stdout, "no date: nothing shows beyond doubt", "no date")
        page = json.loads(runout(still, "--limit", "90", "--output", "json").stdout)
        equal(page["p50_days"], None, "nothing rather than a number")
        check(page["never_in_a_year"] > 0.9, f"chances all the same: {page}")


def what_cannot_be_read_is_named():
    """Bad cells with line and column, too few days, no limit, no file."""
    with tempfile.TemporaryDirectory() as folder:
        path = pathlib.Path(folder, "bad.csv")
        path.write_text("timestamp,value\n2026-03-01,1\n2026-03-32,2\n2026-03-03,x\n")
        done = runout(str(path), "--limit", "5")
        equal(done.returncode, 2, "a file with mistakes")
        holds(done.stderr, "bad.csv:3:1", "the time")
        holds(done.stderr, "bad.csv:4:12", "the number")
        path.write_text("timestamp,value\n2026-03-01,1\n1900-01-01,2\n")
        holds(runout(str(path), "--limit", "5").stderr, "days from the first to the last", "a span")
        short = series(folder, range(5))
        done = runout(short, "--limit", "50")
        equal(done.returncode, 1, "too few days")
        holds(done.stderr, "5 measured days; a date needs 14", "how many are needed")
        equal(runout(short, "--limit", "1O0").returncode, 2, "a limit that is no number")
        equal(runout(short).returncode, 2, "no limit")
        equal(runout(folder + "/none.csv", "--limit", "5").returncode, 1, "no file")


if __name__ == "__main__":
    main(what_grows_has_a_date_and_what_stands_still_has_none, what_cannot_be_read_is_named)
