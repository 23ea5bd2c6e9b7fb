#!/usr/bin/env python3
"""P3: we have a budget; how much of it should go to security?"""
import json
import pathlib
import re
import tempfile

import shop
from daytwo import check, equal, holds, main, run

RISKS = shop.ROOT / "examples" / "shop" / "risks" / "shop.yml"


def plan(*options):
    done = run("plan", str(RISKS), *options)
    equal(done.returncode, 0, f"exit code; {done.stderr}")
    return done.stdout


def page(*options):
    return json.loads(plan(*options, "--output", "json"))


def cost_of(made, kind):
    return next(each["cost"] for each in made["kinds"] if each["kind"] == kind)


def splits_a_budget():
    """One sentence: what to take, its worth with an interval; then the split by kind."""
    options = ("--budget", "$100k", "--days", "40")
    answer = plan(*options)
    print(answer, flush=True)
    first, kinds = answer.splitlines()[:2]
    check(re.search(r"^Take .* for \$\S+ of \$100k and \S+ of 40 days: "
                    r"worth \$\S+ net \(90 %: ", first), first)
    check(re.search(r"^By kind: .*security", kinds), kinds)
    equal(plan(*options), answer, "the same question again")
    made = page(*options)
    check(sum(each["cost"] for each in made["options"] if each["taken"]) <= 100_000, "the budget")
    check(sum(each["days"] for each in made["options"] if each["taken"]) <= 40 + 1e-9, "the days")
    check(made["frontier"] and made["flips"], "a frontier and what would change the plan")
    for kind in made["kinds"]:
        left = any(o["kind"] == kind["kind"] and not o["taken"] for o in made["options"])
        check(bool(kind["next"]) == left, f"the next of {kind['kind']}: {kind['next']!r}")


def moves_with_what_is_at_stake():
    """Dearer records move money to security; a larger budget never makes the plan worse."""
    cheap = page("--budget", "$60k")
    dear = page("--budget", "$60k", "--stake", "a record costs $200 to $2000")
    check(cost_of(dear, "security") > cost_of(cheap, "security"),
          f"security: {cost_of(cheap, 'security')} then {cost_of(dear, 'security')}")
    before = 0
    for budget in ("$0", "$10k", "$30k", "$100k", "$300k"):
        net = page("--budget", budget)["net"]["mean"]
        check(net >= before * 0.98, f"{budget} is worth {net}, less money {before}")
        before = net


def holds_a_limit_on_the_tail():
    """The worst years stay below a limit, whatever that costs of the mean; the least is named."""
    free = page("--tail", "$9M at 99%")
    equal(free["tail"]["costs"], 0, "a limit that does not bind")
    limit = 0.9 * free["tail"]["tail"]
    held = page("--tail", f"${limit:.0f} at 99%")
    check(held["tail"]["tail"] <= limit < free["tail"]["tail"], f"the tail: {held['tail']}")
    check(held["tail"]["costs"] > 0, "safety is not free")
    equal(held["gap"], 0, "proven")
    said = plan("--tail", f"${limit:.0f} at 99%")
    print(said, flush=True)
    check("The worst 1 % of years cost" in said and "The limit costs $" in said, said)
    done = run("plan", str(RISKS), "--budget", "$5k", "--tail", "$500k at 99%")
    equal(done.returncode, 2, "a limit that nothing keeps")
    check("the least that can be reached within the other rules is $" in done.stderr, done.stderr)
    written = pathlib.Path(tempfile.mkdtemp()) / "risks.yml"
    written.write_text(RISKS.read_text() + f"tail_limit: ${limit:.0f} at 99%\n")
    by_file = json.loads(run("plan", str(written), "--output", "json").stdout)
    equal(by_file["sentence"], held["sentence"], "the key of the file")
    lifted = json.loads(run("plan", str(written), "--tail", "none", "--output", "json").stdout)
    check("tail" not in lifted or lifted["tail"] is None, "none lifts it")
    written.write_text(RISKS.read_text() + "tail_limit: $500k\n")
    wrong = run("plan", str(written))
    equal(wrong.returncode, 2, "no level")
    check(re.search(r"risks\.yml:\d+:13: .*such as '\$2M at 99%'", wrong.stderr), wrong.stderr)


def says_how_far_it_is_to_be_believed():
    """Stated beside believed, the top, the order under other stakes, tripwires of what is left."""
    options = ("--budget", "$100k", "--days", "40")
    made = page(*options)
    said = plan(*options)
    check(re.search(r"Stakes twice as large: .*pairs of options keep their order", said), said)
    check(re.search(r"As stated the plan would be worth \$.* so \$.* is believed", said), said)
    check(made["net_stated"] > made["net"]["mean"], "the curse flatters what was chosen")
    places = sorted(each["place"] for each in made["options"])
    equal(places, list(range(1, len(places) + 1)), "places")
    top = sum(each["in_top"] for each in made["options"])
    check(abs(top - made["top"]) < 1e-6, f"{top} of a top of {made['top']}")
    for each in made["options"]:
        equal(bool(each["tripwires"]), not each["taken"], f"tripwires of {each['name']}")
    # Held to its word: at that price the option is taken.
    left = next(each for each in made["options"] if each["name"] == "replica")
    price = next(each for each in left["tripwires"] if each["wire"] == "price")
    text = RISKS.read_text()
    for factor, expected in ((0.9, True), (1.1, False)):
        fixed = (price["at"] * factor)
        written = pathlib.Path(tempfile.mkdtemp()) / "risks.yml"
        written.write_text(re.sub(r"\{id: replica,[^}]*days: 10 to 20,\s+team: platform,",
                                  f"{{id: replica, kind: reliability, once: ${fixed:.0f},", text))
        again = json.loads(run("plan", str(written), "--budget", "$100k", "--days", "40",
                               "--output", "json").stdout)
        taken = next(e for e in again["options"] if e["name"] == "replica")["taken"]
        equal(taken, expected, f"at {factor} of its tripwire")


def weighs_finding_out_and_waiting():
    """An investigation competes for days; an accepted risk is kept till its day."""
    text = RISKS.read_text()
    written = pathlib.Path(tempfile.mkdtemp()) / "risks.yml"

    def with_options(lines, *options):
        written.write_text(text + lines)
        done = run("plan", str(written), "--output", "json", *options)
        equal(done.returncode, 0, done.stderr)
        made = json.loads(done.stdout)
        return made, {each["name"]: each for each in made["options"]}

    study = "  - {id: try-checkout, days: 1, narrows: {one-page-checkout: 70%}}\n"
    made, options = with_options(study, "--budget", "$100k")
    weighed = options["try-checkout"]["study"]
    check(options["try-checkout"]["taken"], made["sentence"])
    check(weighed["knows"] > 0 and weighed["flips"] > 0, f"{weighed}")
    looks = [each for each in made["remarks"] if each["kind"] == "look"]
    equal([each["lead"] for each in looks], ["First look"] + ["Then"] * (len(looks) - 1), "leads")
    check(any(each["text"].startswith("try-checkout, worth $") for each in looks), f"{looks}")
    made, options = with_options(study, "--budget", "$100k", "--days", "0")
    check(not options["try-checkout"]["taken"], "no day is left for it")
    wait = "  - {id: wait, accept: records-escape, until: 2099-01-01}\n"
    text = text.replace("floors:\n", "").replace(
        '  - {loss_of: records-escape, at_most: "$200k"}\n', "")
    made, options = with_options(wait)
    check(not options["fewer-records"]["taken"], "an accepted risk is kept")
    holds(options["fewer-records"]["why"], "is accepted until 2099-01-01", "why")
    kept = {each["worry"]: each["loss"] for each in made["accepted"]}
    equal(sorted(kept), ["ransom", "records-escape"], "the acceptances")
    check(min(kept.values()) > 0, f"what is kept: {kept}")
    line = text.count("\n") + 1
    for lines, said in (("  - {id: look, narrows: {ransoms: 50%}}\n", "did you mean 'ransom'"),
                        ("  - {id: wait, accept: ransom, until: soon}\n", "'soon' is no day")):
        written.write_text(text + lines)
        done = run("plan", str(written))
        equal(done.returncode, 2, "refused")
        holds(done.stderr, said, "what is wrong")
        holds(done.stderr, f"risks.yml:{line}:", "where")


def refuses_what_does_not_read():
    """A budget without a currency, an unknown team, no option at all."""
    for words in (("--budget", "100k"), ("--days", "paymnts=3"), ("--budget", "100k EUR"),
                  ("--tail", "$2M"), ("--tail", "$2M at 9%"), ("--tail", "EUR 2M at 99%")):
        done = run("plan", str(RISKS), *words)
        equal(done.returncode, 2, f"exit code of {words}: {done.stdout}{done.stderr}")


main(splits_a_budget, moves_with_what_is_at_stake, holds_a_limit_on_the_tail,
     says_how_far_it_is_to_be_believed, weighs_finding_out_and_waiting,
     refuses_what_does_not_read)
