#!/usr/bin/env python3
"""The first minute without a configuration: real data, a page that teaches, every verb of it, and
nothing forgotten by a restart."""
import csv
import io
import json
import subprocess
import tempfile
import time

import daytwo
from daytwo import check, equal, holds, wait_for

GOOD, FAILED, USAGE, UNREACHABLE = 0, 1, 2, 4
SENTENCE = "30% a year that payments is down, 2h to 8h"
STAKE = "an hour of payments down costs $2k to $20k"


def says(done, code, what):
    check(done.returncode == code,
          f"{what}: exit code {done.returncode}, want {code}\n{done.stdout}{done.stderr}")
    return done


def loop_has_real_data():
    """The Loop shows this host within seconds, and each source without data says what to do."""
    began = time.monotonic()
    with daytwo.server() as server:
        ready_after = time.monotonic() - began
        check(ready_after < 20, f"ready after {ready_after:.1f} s")
        loop = server.page("loop")
        equal([stage["name"] for stage in loop["stages"]],
              ["observe", "orient", "decide", "act", "learn"], "the stages")
        wait_for("processes of this host", lambda: server.page("host")["processes"], 30)
        own = server.process.pid
        seen = wait_for("the server in its own list of processes", lambda: [
            p for p in server.page("host")["processes"] if p["pid"] == own], 30)
        check(seen[0]["rss_bytes"] > 1 << 20, f"its memory: {seen[0]}")
        wait_for("findings' sources", lambda: server.page("loop")["sources"], 30)
        idle = [s for s in server.page("loop")["sources"] if s["state"] in ("off", "waiting")]
        check(idle, "without advisories, baseline and watches some source must be idle")
        for source in idle:
            check(source["sentence"] and source["teach"], f"it does not teach: {source}")
        wait_for("own series", lambda: server.query("up == 1"), 30)
        cpus = wait_for("node series", lambda: server.query(
            "count(count by (cpu) (node_cpu_seconds_total))"), 30)
        online = sum(line.startswith("processor") for line in open("/proc/cpuinfo"))
        equal(int(cpus[0]["value"][1]), online, "processors")
        check(not server.page("stakes")["stakes"], "no stake was stated")
        verbs_work(server)
        written = write(server)
        sample = server.query("timestamp(up)")[0]["value"][1]
        server.stop()
        server.start()
        remembered(server, written)
        check(server.query("up == 1", time=sample), "samples after a restart")


def verbs_work(server):
    table = says(server.cli("loop"), GOOD, "loop").stdout
    holds(table, "processes", "loop")
    loop = json.loads(says(server.cli("loop", "--output", "json"), GOOD, "loop as json").stdout)
    check(isinstance(loop, dict) and loop, "loop as json is an object")
    rows = list(csv.DictReader(io.StringIO(says(
        server.cli("query", "up", "--output", "csv"), GOOD, "query as csv").stdout)))
    check(rows and all(row["value"] == "1" for row in rows), f"up as csv: {rows}")
    answer = says(server.cli("query", "1 + 1", "--output", "json"), GOOD, "1 + 1").stdout
    holds(json.dumps(json.loads(answer)), '"2"', "1 + 1 as json")
    bad = says(server.cli("query", "sum(("), USAGE, "a query with a mistake")
    holds(bad.stderr, "1:6", "where the mistake is")
    check(not bad.stdout, "mistakes go to stderr")
    says(server.cli("worry", "list"), GOOD, "worry list")
    says(server.cli("stakes"), GOOD, "stakes")
    says(server.cli("check", "ready"), GOOD, "check ready")
    says(server.cli("worry", "show", "000000000000"), FAILED, "an unknown worry")


def write(server):
    """What a person writes: a worry, a stake, a verdict of their own. Returns the worry's id."""
    dry = says(server.cli("worry", "add", "--dry-run", SENTENCE), GOOD, "worry add --dry-run")
    holds(dry.stdout, "2h to 8h", "the echo of a dry run")
    equal([w for w in server.worries() if w["kind"] == "written"], [], "worries after a dry run")
    says(server.cli("worry", "add", SENTENCE, token=False), FAILED, "worry add without the token")
    says(server.cli("worry", "add", "payments may break, somehow"), USAGE, "no worry at all")
    added = json.loads(says(server.cli("worry", "add", SENTENCE, "--output", "json"), GOOD,
                            "worry add").stdout)
    check(added["understood"], "an echo of what was understood")
    worry = added["worry"]["id"]
    row = wait_for("a verdict in hours", lambda: decided(server, worry), 30)
    check(row["worth"]["unit"] != "USD", f"money was invented: {row['worth']}")
    says(server.cli("stakes", STAKE), GOOD, "stakes with a sentence")
    row = wait_for("money after the stake", lambda: (
        lambda w: w if w and w["worth"]["unit"] == "USD" else None)(
            decided(server, worry)), 30)
    worth = row["worth"]
    # 30 % a year is -ln 0.7 = 0.357 events; 2h to 8h lasts 4.4 h on average; $2k to $20k an hour is
    # $8.1k on average: about $12.6k a year.
    check(worth["p05"] < worth["p50"] < worth["p95"], f"an interval: {worth}")
    check(9_000 < worth["mean"] < 17_000, f"the mean is near $12.6k: {worth}")
    says(server.cli("worry", "decide", worry, "leave", "--reason", "replaced in May", "--until",
                    "180d"), GOOD, "worry decide")
    row = wait_for("the person's verdict", lambda: (
        lambda w: w if w["verdict"] == "leave" else None)(server.page(f"worries/{worry}")["worry"]),
        30)
    holds(row["reason"], "replaced in May", "the person's reason")
    shown = says(server.cli("worry", "show", worry), GOOD, "worry show").stdout
    holds(shown, SENTENCE, "the person's own words")
    says(server.cli("worry", "decide", worry, "perhaps"), USAGE, "an unknown verdict")
    return worry


def decided(server, worry):
    row = server.page(f"worries/{worry}")["worry"]
    return row if row["verdict"] != "undecided" and row["worth"] else None


def remembered(server, worry):
    page = server.page(f"worries/{worry}")
    equal(page["written"], SENTENCE, "the sentence after a restart")
    equal(page["worry"]["verdict"], "leave", "the verdict after a restart")
    holds(page["worry"]["reason"], "replaced in May", "the reason after a restart")
    equal([s["text"] for s in server.page("stakes")["stakes"]], [STAKE], "stakes after a restart")


def verbs_without_server():
    """Verbs that need no server, and the exit codes of those that miss it."""
    run = daytwo.run
    holds(says(run("version"), GOOD, "version").stdout, "daytwo ", "version")
    helped = says(run("help"), GOOD, "help").stdout
    for verb in ("serve", "worry add", "loop", "stakes", "query", "demo"):
        holds(helped, verb, "help")
    page = says(run("help", "query"), GOOD, "help query").stdout
    check(page.index("Examples:") < page.index("Usage:"), "examples come first")
    for text in (helped, page):
        check(all(len(line) <= 80 for line in text.splitlines()), "help fits 80 columns")
    equal(says(run("query", "-h"), GOOD, "query -h").stdout, page, "-h and help")
    holds(says(run("man"), GOOD, "man").stdout, ".TH", "man")
    for shell in ("bash", "zsh", "fish"):
        holds(says(run("completion", shell), GOOD, f"completion {shell}").stdout, "worry",
              f"completion {shell}")
    script = run("completion", "bash").stdout
    parsed = subprocess.run(["bash", "-n"], input=script, text=True, capture_output=True,
                            check=False)
    check(parsed.returncode == 0, f"bash refuses its completion: {parsed.stderr}")
    says(run("completion", "tcsh"), USAGE, "a shell that we do not know")
    holds(says(run("lop"), USAGE, "lop").stderr, "did you mean 'loop'", "a verb mistyped")
    holds(says(run("loop", "--outptu", "json"), USAGE, "--outptu").stderr,
          "did you mean '--output'", "an option mistyped")
    says(run("loop", "--output", "xml"), USAGE, "--output xml")
    nobody = f"http://127.0.0.1:{daytwo.free_port()}"
    for verb in (["loop"], ["query", "up"], ["worry", "list"], ["check", "ready"]):
        lost = says(run(*verb, "--server", nobody), UNREACHABLE, f"{verb} without a server")
        check(not lost.stdout and nobody in lost.stderr, f"{verb} names the server: {lost.stderr}")
    with tempfile.TemporaryDirectory() as folder:
        says(run("db", "verify", f"--storage.path={folder}/none"), FAILED, "db verify of nothing")


daytwo.main(verbs_without_server, loop_has_real_data)
