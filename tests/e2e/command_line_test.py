#!/usr/bin/env python3
"""The command line as a newcomer meets it: who signed, what is missing, what was wrong."""
import json
import os
import pathlib
import tempfile

import daytwo
from daytwo import check, equal, holds, wait_for

FAILED, USAGE = 1, 2
SENTENCE = "10% a year that payments is down, 1h to 3h"


def changes_are_signed():
    """A change by command shows who made it, and hostile names are refused."""
    with daytwo.server("--self.observe=false") as server:
        added = server.cli("worry", "add", SENTENCE, env={"USER": "ann"})
        equal(added.returncode, 0, f"worry add: {added.stderr}")
        row = server.wait_worry("written", "", seconds=10)
        decided = server.cli("worry", "decide", row["id"], "leave", "--as", "Jürgen (SRE)")
        equal(decided.returncode, 0, f"worry decide: {decided.stderr}")
        inputs = [(one["name"], one["value"])
                  for entry in server.page("worries/" + row["id"])["thread"]
                  for one in entry["inputs"] if one["name"] == "by"]
        equal(inputs, [("by", f"ann@{os.uname().nodename}"), ("by", "Jürgen (SRE)")], "signed by")
        stake = server.cli("stakes", "a person-day costs $600 to $1200", "--as", "ann")
        equal(stake.returncode, 0, f"stakes: {stake.stderr}")
        equal(server.page("stakes")["stakes"][0]["by"], "ann", "a stake's author")
        for name in ("", "a\nb", "\x1b[31mred", "x" * 65, "nna\u202eevil"):
            refused = server.cli("stakes", "a person-day costs $1", "--as", name)
            equal(refused.returncode, USAGE, f"signed by {name!r}: {refused.stderr}")
            check(name in ("", "x" * 65) or name not in refused.stderr, "it is not echoed")
        equal(server.cli("stakes", "a person-day costs $1", "--as", "daytwo").returncode, FAILED,
              "signed as the house")
        equal(len(server.page("stakes")["stakes"]), 1, "what was refused changed nothing")


def a_worry_says_what_is_missing():
    """A dry run gives verdict and what is missing, evidence that is none is refused."""
    with daytwo.server("--self.observe=false") as server:
        dry = server.cli("worry", "add", "--dry-run", SENTENCE, token=False)
        equal(dry.returncode, 0, f"dry run: {dry.stderr}")
        for part in ("verdict ", "understood ", "missing ", "daytwo stakes '", "nothing was st"):
            holds(dry.stdout, part, "a dry run")
        equal(server.worries("all"), [], "what a dry run stored")
        stake = server.cli("stakes", "--dry-run", "a person-day costs $600 to $1200", token=False)
        equal(stake.returncode, 0, f"a stake's dry run: {stake.stderr}")
        holds(stake.stdout, "understood: any service: $75 to $150 a person-hour", "a dry run")
        equal(server.page("stakes")["stakes"], [], "what the dry run of a stake stored")
        added = server.cli("worry", "add", SENTENCE)
        check("not decided" not in added.stdout, f"the verdict at once: {added.stdout}")
        found = server.worries()[0]["id"]
        bound = server.cli("worry", "add", "30% a year that it happens again, 1h to 2h",
                           "--evidence", found)
        equal(bound.returncode, 0, f"evidence by id: {bound.stderr}")
        holds(bound.stdout, found, "the worry it is bound to")
        wrong = server.cli("worry", "add", SENTENCE, "--evidence", found[:-1] + "zz")
        equal(wrong.returncode, USAGE, f"unknown evidence: {wrong.stderr}")
        holds(wrong.stderr, f"did you mean '{found}'?", "a suggestion")


def asking_counts_the_stakes_of_the_server():
    """worry ask takes the server's stakes, and says so; without a server, those given."""
    with daytwo.server("--self.observe=false") as server:
        options = ("30% a year that payments is down, 2h to 8h", "--once", "$1k", "--takes",
                   "1 to 2 person-days", "--service", "payments")
        bare = daytwo.run("worry", "ask", "--offline", *options)
        server.cli("stakes", "an hour of payments down costs $20k to $40k")
        server.cli("stakes", "a person-day costs $600 to $1200")
        asked = server.cli("worry", "ask", *options)
        equal(asked.returncode, 0, f"worry ask: {asked.stderr}")
        holds(asked.stderr, f"with 2 stakes of {server.base}", "which stakes count")
        check(asked.stdout != bare.stdout, f"they count: {asked.stdout}")
        page = json.loads(server.cli("worry", "ask", *options, "--output=json").stdout)
        check(asked.stdout.startswith(f"{page['verdict']}: {page['reason']}"), f"as JSON: {page}")
        check(all("flip_chance" in each for each in page["studies"]), "studies in figures")
        rows = server.cli("worry", "ask", *options, "--output=csv").stdout.splitlines()
        equal(rows[0], "part,text", "heads of CSV")
        equal(rows[1], f"verdict,{page['verdict']}", "its first line")
        given = daytwo.run("worry", "ask", "--offline", *options, "--stake",
                           "an hour of payments down costs $20k to $40k", "--stake",
                           "a person-day costs $600 to $1200")
        equal(given.stdout, asked.stdout, "stakes of the server and the same ones given")
        port = daytwo.free_port()
        gone = daytwo.run("worry", "ask", *options, "--server", f"127.0.0.1:{port}")
        equal(gone.returncode, 4, f"a server that was named and is not there: {gone.stderr}")


def drift_is_accepted():
    """One difference from the baseline is accepted by its name, the rest with --all."""
    with daytwo.server() as server:
        refused = server.cli("baseline", "accept", "--all")
        equal(refused.returncode, FAILED, f"without a baseline: {refused.stdout}")
        holds(refused.stderr, "daytwo baseline learn", "what comes first")
        wait_for("something to learn", lambda: server.cli("baseline", "learn").returncode == 0, 60)
        equal(server.cli("baseline", "accept").returncode, USAGE, "neither one nor all")
        ports = daytwo.well_known_port(), daytwo.well_known_port()
        with daytwo.Listener(port=ports[0]), daytwo.Listener(port=ports[1]):
            name = f"tcp:127.0.0.1:{ports[0]}"
            row = server.wait_worry("drift", name)
            other = server.wait_worry("drift", f"tcp:127.0.0.1:{ports[1]}")
            wrong = server.cli("baseline", "accept", name + "7")
            equal(wrong.returncode, FAILED, f"no such difference: {wrong.stdout}")
            holds(wrong.stderr, "did you mean 'tcp:127.0.0.1:", "a suggestion")
            dry = server.cli("baseline", "accept", name, "--dry-run", token=False)
            holds(dry.stdout, "would be written to", "a dry run")
            done = server.cli("baseline", "accept", name, "--why", "a test", "--as", "ann")
            equal(done.returncode, 0, f"baseline accept: {done.stderr}")
            file = server.storage / "baseline.yml"
            holds(done.stdout, str(file), "the file that was written")
            holds(file.read_text(), "a test (ann)", "why, and who")
            server.wait_worry("drift", row["key"], "closed", seconds=30)
            by_id = server.cli("baseline", "accept", other["id"])
            equal(by_id.returncode, 0, f"by the worry's id: {by_id.stderr}")
            server.wait_worry("drift", other["key"], "closed", seconds=30)


def the_loop_is_short():
    """Sources without anything to go by are one line; --all lists them."""
    with daytwo.server() as server:
        wait_for("the sources", lambda: server.page("loop")["sources"], 30)
        short = server.cli("loop")
        holds(short.stdout, "nothing to go by yet (daytwo loop --all)", "one line for them")
        check("no alert was received" not in short.stdout, f"not each of them: {short.stdout}")
        holds(server.cli("loop", "--all").stdout, "no alert was received", "all of them")
        for source in server.page("loop")["sources"]:
            check("nothing to go by" not in source["title"], f"a title: {source['title']}")


def backups_need_no_stop():
    """db backup goes through the server that holds the data; the copy is whole and serves."""
    with daytwo.server("--self.observe=false") as server, tempfile.TemporaryDirectory() as folder:
        server.cli("stakes", "a person-day costs $600 to $1200")
        equal(server.post("/api/daytwo/v1/count/orders.received", token=False).status, 204, "count")
        copy = pathlib.Path(folder, "copy")
        done = server.cli("db", "backup", "copy", f"--storage.path={server.storage}", token=False)
        equal(done.returncode, 0, f"db backup: {done.stderr}")
        holds(done.stdout, f"copied to {server.folder}/copy and verified", "where to")
        named = server.cli("db", "backup", str(copy))
        equal(named.returncode, 0, f"by the server's address: {named.stderr}")
        again = server.cli("db", "backup", str(copy))
        equal(again.returncode, FAILED, "a second backup into the same folder")
        holds(again.stderr, "is there already", "why")
        for bad in (server.storage / "store" / "blocks" / "x", pathlib.Path(folder, "a", "b")):
            refused = server.cli("db", "backup", str(bad))
            check(refused.returncode in (FAILED, USAGE), f"into {bad}: {refused.stdout}")
        equal(server.post("/api/daytwo/v1/backup", {"folder": "relative"}).status, 400, "relative")
        equal(server.post("/api/daytwo/v1/backup", {"folder": "/tmp/x"}, token=False).status, 401,
              "without the token")
        check(not (copy / "token").exists(), "the token stays")
        equal(daytwo.run("db", "verify", f"--storage.path={copy}").returncode, 0, "db verify")
        restored = daytwo.Server(folder)
        back = daytwo.run("db", "restore", str(copy), f"--storage.path={restored.storage}")
        equal(back.returncode, 0, f"db restore: {back.stderr}")
        restored.start()
        equal(len(restored.page("stakes")["stakes"]), 1, "the ledger")
        equal(restored.query("sum(daytwo_count_total)")[0]["value"][1], "1", "the store")
        restored.stop()


def help_teaches():
    """import says its columns; each command's help has an example and 80 columns."""
    text = daytwo.run("import", "--help").stdout
    for part in ("incidents: service, title, began", "deploys: service, at", "person_days"):
        holds(text, part, "import --help")
    names = [line.split("  ")[1] for line in daytwo.run("help").stdout.split("\nRun:")[1]
             .splitlines() if line.startswith("  ") and not line.startswith("   ")]
    check(len(names) > 25, f"commands: {names}")
    for name in names:
        done = daytwo.run(*name.split(), "-h")
        equal(done.returncode, 0, f"{name} -h")
        holds(done.stdout, "Examples:\n  ", f"{name} -h")
        for line in done.stdout.splitlines():
            check(len(line) <= 80 or line.startswith("  daytwo"), f"{name} -h is wide: {line}")


def wrong_words_are_explained():
    """What was typed wrong is a usage error that says what was expected; nothing is guessed."""
    for words in (("page", "ack"), ("watch",), ("completion",), ("query",), ("worry", "add"),
                  ("worry", "show"), ("worry", "decide", "abcd"), ("import", "incidents"),
                  ("check", "config"), ("db", "backup"), ("flow",)):
        done = daytwo.run(*words)
        equal(done.returncode, USAGE, f"{words}: {done.stdout}{done.stderr}")
        holds(done.stderr, " wants ", f"{words}")
        holds(done.stderr, "(usage: daytwo " + words[0], f"{words}")
    for words in (("worry",), ("worry", "--all")):
        done = daytwo.run(*words)
        equal(done.returncode, USAGE, f"{words}: {done.stdout}{done.stderr}")
        holds(done.stderr, "'worry' wants one of: add, ask, list, show, replay, decide", f"{words}")
    for words, meant in ((("lop",), "loop"), (("status",), "loop"), (("ack",), "page ack"),
                         (("worry", "ad"), "add"), (("demo", "brek"), "break"),
                         (("loop", "--outptu", "json"), "--output"),
                         (("worry", "list", "--kind", "runuot"), "runout")):
        done = daytwo.run(*words)
        equal(done.returncode, USAGE, f"{words}: {done.stdout}{done.stderr}")
        holds(done.stderr, f"did you mean '{meant}'?", f"{words}")
    for words in (("loop", "extra"), ("loop", "--output", "xml"), ("stakes", "--server", ""),
                  ("completion", "csh")):
        done = daytwo.run(*words)
        equal(done.returncode, USAGE, f"{words}: {done.stdout}{done.stderr}")
    with tempfile.TemporaryDirectory() as folder:
        file = pathlib.Path(folder, "daytwo.yml")
        file.write_text('people:\n  ann: {mail: ann@shop.example, '
                        'hours: "Mon-Fri 09:00-17:00 Europe/Berln"}\n', encoding="utf-8")
        done = daytwo.run("check", "config", str(file))
        equal(done.returncode, USAGE, f"an unknown zone: {done.stderr}")
        holds(done.stderr, f"{file}:2:", "where it stands")
        holds(done.stderr, "Europe/Berln", "what stands there")
    with daytwo.server("--self.observe=false") as server:
        # The variable names a server, options may stand before the command.
        done = daytwo.run("loop", env={"DAYTWO_SERVER": f"127.0.0.1:{server.port}"})
        equal(done.returncode, 0, f"$DAYTWO_SERVER: {done.stderr}")
        done = daytwo.run("--server", f"http://127.0.0.1:{server.port}", "--output=json", "loop")
        equal(done.returncode, 0, f"options first: {done.stderr}")
        equal(json.loads(done.stdout)["worries"], [], "what it answers")
        refused = server.cli("stakes", "a person-day costs $600", token=False,
                             env={"DAYTWO_TOKEN": "wrong"})
        equal(refused.returncode, FAILED, f"a wrong token: {refused.stdout}")
        holds(refused.stderr, "$DAYTWO_TOKEN", "where the token came from")


def imports_are_checked_here():
    """What is wrong with a file to import is said with its place, without server and token."""
    bare = daytwo.run("import")
    equal(bare.returncode, USAGE, f"import: {bare.stderr}")
    for kind in ("incidents", "near-misses", "alerts", "deploys", "items", "register"):
        holds(bare.stderr, kind, "the kinds")
    with tempfile.TemporaryDirectory() as folder:
        empty = pathlib.Path(folder, "empty.csv")
        empty.write_text("", encoding="utf-8")
        late = pathlib.Path(folder, "late.csv")
        late.write_text("service,title,began,ended\na,b,2026-03-02 10:00,2026-03-01 10:00\n",
                        encoding="utf-8")
        for words, place in ((("deploys", empty), f"{empty}: there is nothing in it"),
                             (("incidents", late), f"{late}:2:"),
                             (("incident", empty), "did you mean incidents?")):
            done = daytwo.run("import", *map(str, words))
            equal(done.returncode, USAGE, f"import {words}: {done.stderr}")
            holds(done.stderr, place, f"import {words}")


daytwo.main(wrong_words_are_explained, imports_are_checked_here, changes_are_signed,
            a_worry_says_what_is_missing, asking_counts_the_stakes_of_the_server,
            drift_is_accepted, the_loop_is_short, backups_need_no_stop, help_teaches)
