#!/usr/bin/env python3
"""P4: management wants five nines and will not pay: what would the next quarter nine bring?"""
import json
import re

import shop
from daytwo import check, equal, main, wait_for

RISKS = str(shop.ROOT / "examples" / "shop" / "risks" / "shop.yml")


SENTENCE = (r"checkout stands at 2\.\d\d nines \(99\.\d+ %, [\d.]+ h down a year\); "
            r"the next step, to \d\.\d\d nines, saves \$\S+ to \$\S+ a year \(90 %\) "
            r"and costs \$\S+ to \$\S+ \(.+\): (do it|leave it); cheapest is ")


def page(one, *words):
    code, answer = one.ask("nines", "checkout", *words, "--output", "json")
    equal(code, 0, "exit code")
    return json.loads(answer)


def measured(objectives):
    """Whether the list of objectives knows the availability of checkout and of payments."""
    rows = re.findall(r"^availability  (?:checkout|payments) .*$", objectives, re.MULTILINE)
    return len(rows) == 2 and not any("unknown" in row for row in rows)


def answers_from_what_was_measured():
    """One sentence: where it stands, the next step, the optimum, what is impossible."""
    with shop.shop() as one:
        wait_for("the objectives", lambda: measured(one.cli("slo").stdout), 60, every=1)
        code, answer = one.ask("nines", "checkout", RISKS)
        equal(code, 0, "exit code")
        first = answer.splitlines()[0]
        check(re.match(SENTENCE, first), first)
        check(re.search(r"from \d\.\d\d nines on nothing listed helps: checkout needs payments "
                        r"\(99\.\d+ %, 99\.\d+ % at best\)", first), first)
        check("checkout/availability: 99.9" in answer, "what was measured is said")
        made = page(one, RISKS)
        five = next(step for step in made["steps"] if abs(step["nines"] - 5) < 1e-9)
        equal(five["reach"], "impossible", "five nines")
        check(five.get("spend") is None, "no price is made up for it")
        check(sum(step["best"] for step in made["steps"]) == 1, "one optimum")
        for lower, higher in zip(made["steps"], made["steps"][1:]):
            check(higher["loss"]["mean"] <= lower["loss"]["mean"], "a nine more never loses more")
            check(higher["owed"]["mean"] <= lower["owed"]["mean"] * 1.0001, "nor owes more credits")
        promise = made["promises"][0]
        check(not promise["kept"] and promise["possible"], f"the promise of 99.9 %: {promise}")
        dear = page(one, "--years", "1", RISKS)
        spend = [next(s["spend"]["mean"] for s in each["steps"] if s["takes"].startswith("second"))
                 for each in (made, dear)]
        check(spend[1] > spend[0], f"what is paid once weighs more over a year: {spend}")


def without_worries(examples):
    """Takes the register, and with it every price, out of the demo's configuration."""
    file = examples / "demo.yml"
    lines = file.read_text(encoding="utf-8").splitlines(keepends=True)
    file.write_text("".join(line for line in lines if not line.startswith("worries:")),
                    encoding="utf-8")


def says_what_is_missing():
    """No price, no such service, a file that does not read."""
    with shop.shop(without_worries) as one:
        equal(one.ask("nines", "checkout")[0], 1, "without a price")
        equal(one.ask("nines", "chekout", RISKS)[0], 1, "a service that is none")
        one.storage.parent.joinpath("broken.yml").write_text("risks: [{id: a, estimate: often}]\n")
        code, _ = one.ask("nines", "checkout", str(one.storage.parent / "broken.yml"))
        equal(code, 2, "a file that does not read")


main(answers_from_what_was_measured, says_what_is_missing)
