#!/usr/bin/env python3
"""daytwo import slo: specifications of Sloth, Pyrra and OpenSLO become a catalog that checks."""
import pathlib
import subprocess
import sys
import tempfile

import daytwo
from daytwo import check, equal, holds

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import promql_oracle as oracle  # noqa: E402  (found by the line above)

DATA = pathlib.Path(__file__).resolve().parent.parent / "data" / "slo"


def imported(*files, options=()):
    """`daytwo import slo`, and `daytwo check config` of what it printed."""
    done = daytwo.run("import", "slo", *options, *[str(DATA / file) for file in files])
    if done.returncode not in (0, 3):
        return done, None
    with tempfile.TemporaryDirectory() as folder:
        root = pathlib.Path(folder)
        (root / "shop.yml").write_text(done.stdout)
        (root / "daytwo.yml").write_text("services: [shop.yml]\n")
        return done, daytwo.run("check", "config", str(root / "daytwo.yml"))


def sloth():
    done, good = imported("sloth/getting-started.yml", "sloth/no-alerts.yml",
                          options=("--from=sloth",))
    equal(done.returncode, 0, done.stderr)
    equal(good.returncode, 0, good.stderr)
    holds(good.stdout, "2 services", "both")
    holds(done.stdout, "name: 'requests-availability'", "its name")
    holds(done.stdout, "target: 99.99", "its target")
    holds(done.stdout, "{severity: page, short: 5m, long: 1h, factor: 14.4}", "its rules")
    holds(done.stderr, "labels have no place in an objective", "what is lost")


def what_is_no_counter_is_said():
    done, good = imported("sloth/home-wifi.yml", "sloth/raw-home-wifi.yml")
    equal(done.returncode, 3, "findings")
    equal(good.returncode, 0, good.stderr)
    holds(done.stderr, "good-wifi-client-satisfaction cannot be evaluated", "named")
    holds(done.stderr, "3 objectives, 3 of them not evaluated", "counted")


def pyrra():
    done, good = imported("pyrra/thanos-http.yaml", "pyrra/thanos-grpc.yaml",
                          "pyrra/caddy-response-latency.yaml")
    equal(done.returncode, 0, done.stderr)
    equal(good.returncode, 0, good.stderr)
    holds(good.stdout, "3 services", "all")
    holds(done.stdout, 'le="0.05"', "latency by its bucket")
    holds(done.stderr, "it cannot fire", "14 budgets of 10 % are more than every request")


def openslo():
    files = sorted(path.name for path in (DATA / "openslo").glob("*.yaml"))
    done, _ = imported(*[f"openslo/{name}" for name in files])
    # The published files name two data sources and a target that none of them holds: said, all.
    equal(done.returncode, 2, "references to nothing")
    holds(done.stderr, "there is no AlertNotificationTarget called", "which")
    done, good = imported("openslo/slos.yaml")
    equal(done.returncode, 3, done.stderr)
    equal(good.returncode, 0, good.stderr)
    holds(done.stderr, "calendar windows are not evaluated yet (1w from 2022-01-01 12:00:00, "
          "America/New_York)", "why")
    done, good = imported("sloth/openslo-getting-started.yml")
    equal(done.returncode, 0, done.stderr)
    equal(good.returncode, 0, good.stderr)
    holds(done.stdout, "name: 'sloth-slo-my-service-0'", "one for each objective")


def mistakes():
    done = daytwo.run("import", "slo", "--from=slot", str(DATA / "sloth/no-alerts.yml"))
    equal(done.returncode, 2, "an unknown form")
    holds(done.stderr, "did you mean sloth?", "the nearest")
    done = daytwo.run("import", "slo", "--from=pyrra", str(DATA / "sloth/no-alerts.yml"))
    equal(done.returncode, 2, "another form")
    holds(done.stderr, "this is no specification of pyrra", "said")
    done = daytwo.run("import", "register", "a.csv", "b.csv")
    equal(done.returncode, 2, "several files")
    check("one FILE" in done.stderr, done.stderr)


def rules():
    done = daytwo.run("check", "rules", str(DATA / "sloth/getting-started.rules.yml"),
                      str(DATA / "sloth/multifile.rules.yml"))
    equal(done.returncode, 0, done.stderr)
    holds(done.stdout, "getting-started.rules.yml: good: 17 rules", "counted")
    holds(done.stdout, "multifile.rules.yml: good: 34 rules", "two documents")
    done = daytwo.run("check", "rules", str(DATA / "sloth/getting-started.yml"))
    equal(done.returncode, 2, "no rule file")
    holds(done.stderr, "unknown key 'slos'", "said")


def out_again():
    done = daytwo.run("export", "rules", str(DATA / "sloth/getting-started.yml"),
                      "--extra-label=a=b")
    equal(done.returncode, 0, done.stderr)
    holds(done.stderr, "a mean of ratios", "its price")
    with tempfile.TemporaryDirectory() as folder:
        rules_file = pathlib.Path(folder) / "rules.yml"
        rules_file.write_text(done.stdout)
        good = daytwo.run("check", "rules", str(rules_file))
        equal(good.returncode, 0, good.stderr)
        holds(good.stdout, "good: 17 rules", "all")
    done = daytwo.run("export", "rules", str(DATA / "openslo/slis.yaml"), "--as=slot")
    equal(done.returncode, 2, "an unknown form")
    done = daytwo.run("export", "rules", str(DATA / "sloth/no-alerts.yml"), "--extra-label=a-b=c")
    equal(done.returncode, 2, "no label")
    holds(done.stderr, "'a-b' is no name", "said")


def promtool_takes_the_rules():
    """What is exported of every specification passes Debian's promtool."""
    binary = oracle.find_prometheus()
    tool = binary and pathlib.Path(binary).with_name("promtool")
    if not tool or not tool.exists():
        daytwo.skip("promtool is not there, install the package prometheus")
    specs = [path for path in sorted((DATA / "sloth").glob("*.yml")) if ".rules." not in path.name]
    specs += sorted((DATA / "pyrra").glob("*.yaml"))
    equal(len(specs), 9, "specifications")
    with tempfile.TemporaryDirectory() as folder:
        for spec in specs:
            done = daytwo.run("export", "rules", str(spec))
            equal(done.returncode, 0, done.stderr)
            rules_file = pathlib.Path(folder) / "rules.yml"
            rules_file.write_text(done.stdout)
            judged = subprocess.run([tool, "check", "rules", rules_file], capture_output=True,
                                    text=True, timeout=60, check=False)
            equal(judged.returncode, 0, f"{spec.name}: {judged.stdout}{judged.stderr}")


if __name__ == "__main__":
    daytwo.main(sloth, what_is_no_counter_is_said, pyrra, openslo, mistakes, rules,
                out_again, promtool_takes_the_rules)
