#!/usr/bin/env python3
"""A plan asked of the server: from the files of its configuration, moved by a budget, and the same
as the command makes from the files."""
import json
import re
import time

import daytwo
from daytwo import check, equal, holds

FILE = """stakes: ["a person-day costs $600 to $1200"]
risks:
  - {id: lost, estimate: "30% a year, $100k to $200k"}
  - {id: ransom, estimate: "5% a year, $100k to $2M"}
options:
  - {id: second, kind: reliability, once: "$10k", days: 5 to 15, cuts: {lost: 60% to 90%}}
  - {id: mfa, kind: security, once: "$20k", days: 4, blocks: {ransom: 50% to 90%}}
"""


def taken(page):
    return sorted(option["name"] for option in page["options"] if option["taken"])


def the_server_plans():
    """The budget binds, the answer is the command's, a slider's move is quick, faults are named."""
    with daytwo.server("--self.observe=false", config="worries: [risks.yml]\n",
                       start=False) as server:
        file = server.folder / "risks.yml"
        file.write_text(FILE)
        server.start()
        rich = server.page("plan")
        equal(taken(rich), ["mfa", "second"], "without a limit")
        poor = server.page("plan?budget=20000")
        equal(taken(poor), ["second"], "with $20k")
        check(poor["net"]["mean"] < rich["net"]["mean"], "less money, less worth")
        asked = daytwo.run("plan", "--budget", "$20k", "--server", server.base, "--output=json")
        equal(asked.returncode, 0, asked.stderr)
        filed = daytwo.run("plan", str(file), "--budget", "$20k", "--output=json")
        equal(filed.returncode, 0, filed.stderr)
        for name in ("sentence", "budget", "options", "frontier", "flips"):
            equal(json.loads(asked.stdout)[name], poor[name], name)
        equal(json.loads(filed.stdout)["sentence"], poor["sentence"], "by files and by server")
        times = []
        for budget in range(0, 60_000, 2_000):
            start = time.monotonic()
            server.page(f"plan?budget={budget}")
            times.append(time.monotonic() - start)
        median = sorted(times)[len(times) // 2] * 1000
        print(f"bench: a slider's move takes {median:.0f} ms, median of {len(times)}")
        check(median < 500, f"a checking build takes {median:.0f} ms for a move")

        answer = daytwo.run("plan", "--days", "platfrm=3", "--server", server.base)
        equal(answer.returncode, 2, "a team that is none")
        holds(answer.stderr, "expected TEAM=DAYS of a team of the register", "what was expected")


def the_empty_server_teaches():
    """Without a file, the YAML that gives a plan; calc answers as the command does."""
    with daytwo.server("--self.observe=false") as server:
        said = daytwo.run("plan", "--server", server.base)
        equal(said.returncode, 0, said.stderr)
        holds(said.stdout, "worries: [risks.yml]", "what to write")
        expression = "loss = compound(30% a year, $25k to $2.5M); exceed(loss, $1M)"
        command = json.loads(daytwo.run("calc", "--output=json", expression).stdout)
        answer = server.post("/api/daytwo/v1/calc", json.dumps({"expression": expression}))
        equal(answer.status, 200, "calc")
        equal(json.loads(answer.text), command, "the same answer")
        check(re.fullmatch(r"handler;dur=\d+", answer.headers.get("Server-Timing", "")) is not None,
              "how long it took")
        wrong = server.post("/api/daytwo/v1/calc", json.dumps({"expression": "8h to 2h"}))
        equal(wrong.status, 400, "upside down")
        equal(json.loads(wrong.text)["error"]["diagnostics"][0]["column"], 1, "where")


daytwo.main(the_server_plans, the_empty_server_teaches)
