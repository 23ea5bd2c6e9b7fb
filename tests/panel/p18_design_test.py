#!/usr/bin/env python3
"""P18: can this design keep its promise?"""
import json
import pathlib
import shutil
import tempfile

import shop
from daytwo import check, equal, holds, main, run

EXAMPLES = shop.ROOT / "examples" / "shop"


def design(path, *options):
    """Types the command and shows its answer; (exit code, answer)."""
    done = run("check", "design", str(path), *options)
    print(done.stdout, flush=True)
    return done.returncode, done.stdout


def edited(folder, name, old, new):
    """A copy of the shop in which one text of one file is another."""
    copy = pathlib.Path(folder) / "shop"
    shutil.copytree(EXAMPLES, copy)
    file = copy / name
    text = file.read_text(encoding="utf-8")
    check(old in text, f"{old} stands in {name}")
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return copy


def the_shop_keeps_its_promise_with_nothing_to_spare():
    """Two needs at 99.95 % take the whole budget of 99.9 %: said, with who would have to give."""
    code, answer = design(EXAMPLES)
    equal(code, 3, "findings")
    first = answer.splitlines()[0]
    equal(first, "all 4 promises can be kept; the tightest is checkout: availability 99.9 % can be "
          "kept: payments and database may take 43.2 min of the 43.2 min that it allows in 30d, "
          "which leaves 0.648 s for checkout itself", "the answer")
    holds(answer, "checkout.yml:13: warning no-room", "the place of the promise")
    holds(answer, "2 services stop with database: checkout, search", "what much hangs on")


def a_promise_too_high_is_infeasible_and_says_what_would_make_it_so():
    """Five nines over 99.95 %: no, with the way there and what it costs a year."""
    with tempfile.TemporaryDirectory() as folder:
        copy = edited(folder, "checkout.yml", "target: 99.9\n", "target: 99.999\n")
        code, answer = design(copy, "--stake", "an hour of checkout down costs $2k to $20k")
        equal(code, 3, "a promise that cannot be kept")
        first = answer.splitlines()[0]
        holds(first, "1 of 4 promises cannot be kept: checkout: availability 99.999 % cannot be "
              "kept: payments and database may take 43.2 min, and it allows 25.9 s in 30d", "why")
        holds(answer, "to mend: promise 99.9 % or less", "no single change is enough")
        page = json.loads(run("check", "design", str(copy), "--output", "json", "--stake",
                              "an hour of checkout down costs $2k to $20k").stdout)
        promise = next(one for one in page["promises"] if one["service"] == "checkout")
        equal(promise["standing"], "infeasible", "its standing")
        # 0.09998 % of 8,766 hours, at $2k to $20k each.
        check(abs(promise["costs"]["p05"] / 17_527 - 1) < 0.05, f"low: {promise['costs']}")
        check(abs(promise["costs"]["p95"] / 175_270 - 1) < 0.05, f"high: {promise['costs']}")


def a_change_is_shown_in_money():
    """A second database: what rises, what is mended, how much less its downtime costs."""
    with tempfile.TemporaryDirectory() as folder:
        stake = ("--stake", "an hour of checkout down costs $2k to $20k")
        before = pathlib.Path(folder) / "before.json"
        before.write_text(run("check", "design", str(EXAMPLES), "--output", "json", *stake).stdout)
        copy = edited(folder, "database.yml", "target: 99.95", "target: 99.99")
        _, answer = design(copy, "--baseline", str(before), *stake)
        holds(answer, "since the last check: checkout availability rises from 99.9 % to 99.94 %; "
              "the downtime of what it needs costs $", "what rises")
        holds(answer, "less a year on average", "in money")
        holds(answer, "since the last check: mended: checkout: availability 99.9 %", "what is gone")


if __name__ == "__main__":
    main(the_shop_keeps_its_promise_with_nothing_to_spare,
         a_promise_too_high_is_infeasible_and_says_what_would_make_it_so,
         a_change_is_shown_in_money)
