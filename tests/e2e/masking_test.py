#!/usr/bin/env python3
"""Restarts that cover for a faulty service are counted, with their rate; planned ones are not."""
import contextlib
import datetime
import json
import shutil
import subprocess

import daytwo
from daytwo import check, equal, holds, wait_for

SERVICE = """service: sleeper
owner: {{team: core}}
runs: ["{program}"]
"""


@contextlib.contextmanager
def sleeper(program):
    process = subprocess.Popen([program, "900"])
    try:
        yield process
    finally:
        process.kill()
        process.wait()


def mask_of(server):
    """What stands of the service; nothing before it was seen."""
    done = server.cli("masking", "--output", "json")
    rows = [row for row in json.loads(done.stdout)["services"] if row["service"] == "sleeper"]
    return (done.returncode, rows[0]) if rows else None


def lives(server, program, restarts):
    """One more life of the program, until it was seen that many restarts in."""
    with sleeper(program):
        wait_for(f"{restarts} restarts seen", lambda: (mask := mask_of(server)) is not None
                 and mask[1]["copies"] == 1 and mask[1]["restarts"] == restarts, 90, every=1)
    wait_for("its end is seen", lambda: mask_of(server)[1]["copies"] == 0, 90, every=1)


def restarts_that_nobody_planned():
    """A program that ends and comes back is covered for; one after a deploy is planned."""
    with daytwo.server(start=False) as server:
        program = server.folder / "sleeperd"
        shutil.copy("/usr/bin/sleep", program)
        (server.folder / "sleeper.yml").write_text(SERVICE.format(program=program),
                                                   encoding="utf-8")
        config = server.folder / "daytwo.yml"
        config.write_text("services: [sleeper.yml]\n", encoding="utf-8")
        server.flags.append(f"--config.file={config}")
        server.start()
        holds(server.cli("masking").stdout, "no service of the catalog was seen running", "before")
        lives(server, program, 0)
        code, mask = mask_of(server)
        equal((code, mask["covered"], mask["a_week"]), (0, False, None), f"one life: {mask}")
        lives(server, program, 1)
        lives(server, program, 2)
        code, mask = mask_of(server)
        equal((code, mask["covered"], mask["planned"]), (3, True, 0), f"three lives: {mask}")
        check(mask["a_week"]["p05"] < mask["a_week"]["p95"], f"an interval: {mask}")
        holds(mask["sentence"], "sleeper was restarted 2 times in ", "the sentence")
        holds(mask["sentence"], "no objective would have noticed", "who noticed")
        deploys = server.folder / "deploys.csv"
        now = datetime.datetime.now(datetime.timezone.utc).isoformat(timespec="seconds")
        deploys.write_text(f"service,at\nsleeper,{now}\n", encoding="utf-8")
        equal(server.cli("import", "deploys", str(deploys)).returncode, 0, "import deploys")
        lives(server, program, 3)
        equal(mask_of(server)[1]["planned"], 1, "a restart after a deploy")
        misspelt = server.cli("masking", "sleper")
        holds(misspelt.stderr, "did you mean sleeper", "the nearest service")


daytwo.main(restarts_that_nobody_planned)
