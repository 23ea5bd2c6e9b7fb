#!/usr/bin/env python3
"""daytwo worth: one option of a file to its verdict, in words and as JSON, and what it refuses."""
import json
import pathlib
import re

from daytwo import check, equal, main, run

ROOT = pathlib.Path(__file__).resolve().parents[2]
RISKS = str(ROOT / "examples" / "shop" / "risks" / "shop.yml")


def worth(*words):
    done = run("worth", *words)
    equal(done.returncode, 0, f"exit code; {done.stderr}")
    return done.stdout


def page(*words):
    return json.loads(worth(*words, "--output", "json"))


def answers_in_one_sentence():
    """The verdict, the chance that it pays, what would flip it; the same when asked again."""
    answer = worth("mfa", RISKS)
    print(answer, flush=True)
    check(re.search(r"^(do it|find out first|leave it).*flips when ", answer.splitlines()[0]),
          answer.splitlines()[0])
    equal(worth("mfa", RISKS), answer, "the same question again")
    made = page("mfa", RISKS)
    equal([each["name"] for each in made["alternatives"]], ["nothing", "mfa"], "alternatives")
    equal(made["alternatives"][0]["net"]["mean"], 0, "doing nothing is the measure")
    check(made["knowing_everything"] >= 0, "knowing is worth something or nothing")


def weighs_what_excludes_each_other():
    """Two options of which one can be taken stand beside each other."""
    made = page("encrypt-records", RISKS)
    equal([each["name"] for each in made["alternatives"]][1:], ["encrypt-records", "fewer-records"],
          "alternatives")


def counts_years_growth_and_discount():
    """More years bring more, a discount takes off."""
    def net(*options):
        return page("mfa", RISKS, *options)["alternatives"][1]["net"]["mean"]
    check(net("--years", "5") > net("--years", "3"), "five years against three")
    check(net("--discount", "10%") < net(), "a discount")
    check(net("--growth", "20%") > net(), "losses that grow")
    check(net("--decay", "20%") < net(), "effects that wear off")


def prices_a_stated_study():
    """A study of one input stands beside the generic ones."""
    made = page("fewer-records", RISKS, "--study", "count: 2 days; records-escape.data by half")
    one = next(each for each in made["studies"] if each["name"] == "count")
    equal(one["on"], "records-escape.data", "what it looks at")
    check(one["cost"] > 0 and one["width_after"] < one["width_before"], f"{one}")


def weighs_the_studies_of_the_file():
    """What the register says could be found out stands beside the generic ones."""
    one = next(each for each in page("fewer-records", RISKS)["studies"]
               if each["name"] == "count-records")
    equal(one["on"], "records-escape", "what it looks at")
    check(one["priced"] and one["width_after"] < one["width_before"], f"{one}")
    done = run("worth", "count-records", RISKS)
    equal(done.returncode, 2, "a study is no option")
    check("ask for one of those" in done.stderr, done.stderr)


def refuses_what_does_not_read():
    """An option that is not there is named with the nearest; years and studies say their shape."""
    for words, expected in ((("mfaa", RISKS), "did you mean 'mfa'"),
                            (("mfa", RISKS, "--years", "0"), "more than 0"),
                            (("mfa", RISKS, "--study", "look"), "NAME"),
                            (("mfa", "/nonexistent.yml"), "nonexistent")):
        done = run("worth", *words)
        check(done.returncode != 0, f"{words}: exit code")
        check(expected in done.stderr, f"{words}: {done.stderr}")


main(answers_in_one_sentence, weighs_what_excludes_each_other, counts_years_growth_and_discount,
     prices_a_stated_study, weighs_the_studies_of_the_file, refuses_what_does_not_read)
