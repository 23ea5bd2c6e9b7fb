#!/usr/bin/env python3
"""The console in a real browser: every page in light, dark and at 360 px, with axe, keyboard and
CSP; first on scripted answers, then on the real server."""
import os
import pathlib
import shutil
import subprocess

import daytwo

WEB = pathlib.Path(__file__).resolve().parents[2] / "web"
SCREENSHOTS_IN = "build/screenshots"
REPORT_LINES = 30
# What a person wrote, so that the pages of a worry and of the stakes have something to show.
WRITTEN = [
    ("worries", "30% a year that payments is down, 2h to 8h"),
    ("worries", "10% a year that search is down, 1h to 3h"),
    ("stakes", "an hour of payments down costs $2k to $20k"),
]


def run_suite(what, **environment):
    done = subprocess.run(["npm", "run", "-s", "e2e"], cwd=WEB, capture_output=True, text=True,
                          timeout=540, env={**os.environ, **environment})
    lines = done.stdout.splitlines()
    failed = [at for at, line in enumerate(lines) if line.startswith("not ok")]
    # Each with the report that follows it: what was expected, and where.
    reports = "\n".join(line for at in failed for line in lines[at:at + REPORT_LINES])
    daytwo.check(done.returncode == 0 and not failed,
                 f"{what}: {reports or done.stdout[-3000:] + done.stderr[-3000:]}")
    passed = [line for line in done.stdout.splitlines() if line.startswith("# pass")]
    daytwo.check(passed and int(passed[0].split()[-1]) > 0, f"{what}: nothing was tried")
    print(f"{what}: {passed[0][2:]}ed, pictures in {SCREENSHOTS_IN}", flush=True)


def scripted_answers():
    """Every page and every state of it, from fixtures."""
    run_suite("scripted answers")


def real_server():
    """The same pages on what this server really answers."""
    with daytwo.server() as server:
        for route, text in WRITTEN:
            server.post("/api/daytwo/v1/" + route, {"text": text})
        daytwo.wait_for("a verdict on what was written", lambda: all(
            row["verdict"] != "undecided" for row in server.worries()), 90)
        run_suite("real server", DAYTWO_URL=server.base)


if not shutil.which("chromium"):
    daytwo.skip("no chromium: apt-get install chromium")
if not (WEB / "node_modules").is_dir():
    daytwo.skip("no web/node_modules: tools/setup test")
daytwo.main(scripted_answers, real_server)
