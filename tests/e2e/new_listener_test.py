#!/usr/bin/env python3
"""A listener that nobody declared: after `baseline learn` it is drift, and gone when it closes."""
import subprocess
import sys

import daytwo
from daytwo import check, equal, holds, wait_for

LISTEN = """
import socket, sys, threading
server = socket.create_server(("0.0.0.0", int(sys.argv[1])))
print("listening", flush=True)
threading.Event().wait()
"""


def new_listener():
    """A new listener on 0.0.0.0 is drift within 90 s; closing it closes the worry."""
    with daytwo.server() as server:
        diff = server.cli("baseline", "diff")
        check(diff.returncode != 3, f"without a baseline nothing differs: {diff.stdout}")
        wait_for("the first look", lambda: server.page("host")["processes"], 30)
        learned = wait_for("baseline learn", lambda: (
            lambda done: done if done.returncode == 0 else None)(server.cli("baseline", "learn")),
            30)
        holds(learned.stdout + learned.stderr, "listener", "what was learned")
        port = daytwo.well_known_port()
        check(server.worry("drift", f":{port}") is None, "drift before the listener")
        process = subprocess.Popen([sys.executable, "-c", LISTEN, str(port)],
                                   stdout=subprocess.PIPE, text=True)
        try:
            equal(process.stdout.readline(), "listening\n", "the listener")
            row = server.wait_worry("drift", f"tcp:0.0.0.0:{port}")
            holds(row["title"], str(port), "the worry names the port")
            page = server.page(f"worries/{row['id']}")
            check(page["evidence"], "drift carries evidence")
            text = str(page["evidence"]) + row["title"] + str(page["thread"])
            holds(text, "python", "the worry names the program")
            equal(server.cli("baseline", "diff").returncode, 3, "baseline diff with a difference")
            listed = [one for one in server.page("host")["listeners"] if one["port"] == port]
            equal([one["reach"] for one in listed], ["network"], "how far it reaches")
        finally:
            process.kill()
            process.wait()
            process.stdout.close()
        server.wait_worry("drift", f"tcp:0.0.0.0:{port}", "closed")


daytwo.main(new_listener)
