#!/usr/bin/env python3
"""P17: what would an attacker find in the first minutes?"""
import contextlib
import json
import socket

from shop import shop
from daytwo import check, equal, main, wait_for, well_known_port

COMMAND = ("surface",)
REACHES = ["loopback", "host", "network"]
SHOP = {9431: "checkout", 9432: "payments", 9433: "search", 9434: "orders", 9435: "database",
        9437: "staging"}


def rows_of(demo, *words):
    return json.loads(demo.cli(*COMMAND, *words, "--output", "json").stdout)["rows"]


@contextlib.contextmanager
def listening(port):
    """A socket of this test, open to the network."""
    with socket.socket() as server:
        server.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        server.bind(("0.0.0.0", port))
        server.listen()
        yield f"tcp:0.0.0.0:{port}"


def in_order_of_reach():
    """A socket that nobody declared stands before the shop's own, which only this host reaches."""
    with shop() as demo, listening(well_known_port()) as mine:
        def known():
            rows = {row["listener"]: row for row in rows_of(demo, "--all")}
            return mine in rows and all(
                rows.get(f"tcp:127.0.0.1:{port}", {}).get("service") == name
                for port, name in SHOP.items())

        # Ours may have been scanned before the last of the shop's processes listened.
        wait_for("a scan of all that listen", known, 120, every=1)
        code, answer = demo.ask(*COMMAND)
        equal(code, 3, "exit code when something is open")
        check("reach beyond this host; first tcp:" in answer.splitlines()[0], answer)
        line = next(line for line in answer.splitlines() if mine in line)
        check(line.startswith("network") and "it is declared nowhere" in line
              and "nobody owns it" in line, line)
        check("127.0.0.1" not in answer, f"loopback is left out: {answer}")
        rows = rows_of(demo, "--all")
        reaches = [REACHES.index(row["reach"]) for row in rows]
        equal(reaches, sorted(reaches, reverse=True), "the order of reach")
        # Five services of one executable, each known by its command; the demo's hole is in it.
        shops = {int(row["listener"].rsplit(":", 1)[1]): row for row in rows
                 if row["listener"].startswith("tcp:127.0.0.1:943")}
        for port, name in SHOP.items():
            row = shops[port]
            check(row["owner"] and not row["undeclared"], f"{name} is as declared: {row}")
            check(any(f"demo service {name}" in seen for seen in row["evidence"]), str(row))
        evidence = demo.ask(*COMMAND, "--evidence")[1]
        check(f"\n{mine}\n  seen " in evidence, evidence)


def wider_than_declared():
    """A listener that is open wider than its service declares is named with its worry."""
    port = well_known_port()

    def declare(examples):
        file = examples / "shop" / "test.yml"
        file.write_text(f"service: ledger\nowner: {{team: platform, page: platform-oncall}}\n"
                        f'listens: ["127.0.0.1:{port}"]\n', encoding="utf-8")

    with shop(declare) as demo, listening(port) as mine:
        def found():
            return next((row for row in rows_of(demo) if row["listener"] == mine
                         and "it is open wider than declared" in row["wrong"]), None)

        row = wait_for("the difference", found, 60, every=1)
        equal((row["service"], row["owner"]), ("ledger", "platform"), "whose port it is")
        worry = demo.page(f"worries/{row['worries'][0]}")["worry"]
        equal(worry["kind"], "drift", "the worry")
        demo.ask(*COMMAND)


main(in_order_of_reach, wider_than_declared)
