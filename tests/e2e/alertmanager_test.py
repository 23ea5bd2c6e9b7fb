#!/usr/bin/env python3
"""A real Debian Alertmanager with our example receiver: its alert opens a worry, its resolve closes
the same one."""
import datetime
import json
import os
import pathlib
import shutil
import subprocess
import tempfile

import daytwo
from daytwo import check, equal, holds, request, wait_for

EXAMPLE = pathlib.Path(__file__).resolve().parents[2] / "examples/alertmanager/alertmanager.yml"
UNPACKED = pathlib.Path(os.environ.get("DAYTWO_DEPS", "build/deps")).resolve() / "alertmanager/usr"


def find_alertmanager():
    """The command that starts one. Debian's reads a template below /usr/share: an unpacked one gets
    its own folder laid over it, in a mount namespace that ends with it."""
    installed = shutil.which("prometheus-alertmanager")
    if installed:
        return [installed]
    unpacked = UNPACKED / "bin/prometheus-alertmanager"
    if not unpacked.exists():
        daytwo.skip("no prometheus-alertmanager in build/deps: tools/setup test")
    overlay = f"mount -t overlay -o lowerdir={UNPACKED}/share:/usr/share none /usr/share"
    alone = ["unshare", "--map-root-user", "--mount", "sh", "-c"]
    if subprocess.run([*alone, overlay], capture_output=True, check=False).returncode != 0:
        daytwo.skip("no Alertmanager is installed, and an unpacked one needs a mount namespace")
    return [*alone, f'{overlay} && exec "$0" "$@"', str(unpacked)]


class Alertmanager:
    """One of its own, without a cluster."""

    def __init__(self, command, folder, receiver):
        self.port = daytwo.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        config = EXAMPLE.read_text(encoding="utf-8")
        ours = "http://127.0.0.1:9420"
        holds(config, ours, "where the example sends")
        (folder / "am.yml").write_text(config.replace(ours, receiver), encoding="utf-8")
        self.process = subprocess.Popen(
            [*command, f"--config.file={folder}/am.yml",
             f"--storage.path={folder}/am", f"--web.listen-address=127.0.0.1:{self.port}",
             "--cluster.listen-address=", "--log.level=error"])
        wait_for("the Alertmanager", self.ready, 30)

    def ready(self):
        check(self.process.poll() is None, "the Alertmanager ended")
        try:
            return request(self.base + "/-/ready", timeout=2).status == 200
        except OSError:
            return False

    def tell(self, labels, ends_in_s):
        now = datetime.datetime.now(datetime.timezone.utc)
        moment = lambda s: (now + datetime.timedelta(seconds=s)).isoformat(timespec="seconds")
        alert = {"labels": labels, "annotations": {"summary": "orders wait 9 minutes"},
                 "startsAt": moment(-60), "endsAt": moment(ends_in_s)}
        told = request(self.base + "/api/v2/alerts", "POST", json.dumps([alert]),
                       {"Content-Type": "application/json"})
        equal(told.status, 200, f"the Alertmanager took the alert: {told.text}")

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def wait_alert(server, name, state):
    """The worry of the alert called `name`, once it is in `state`."""
    return wait_for(f"alert {name} is {state}", lambda: next(
        (row for row in server.worries("all") if row["kind"] == "alert"
         and name in row["title"] and row["state"] == state), None), daytwo.NOTICED_WITHIN_S)


def fires_and_resolves():
    """Fires: a worry within the wait of the group; resolves: the same worry is closed."""
    command = find_alertmanager()
    labels = {"alertname": "QueueDeep", "queue": "orders", "severity": "page"}
    with tempfile.TemporaryDirectory(prefix="daytwo-am-") as name, daytwo.server() as server:
        sender = Alertmanager(command, pathlib.Path(name), server.base)
        try:
            sender.tell(labels, 3600)
            opened = wait_alert(server, "QueueDeep", "open")
            holds(str(server.page(f"worries/{opened['id']}")), "orders wait 9 minutes",
                  "the annotation in the worry")
            sender.tell(labels, -1)
            closed = wait_alert(server, "QueueDeep", "closed")
            equal(closed["id"], opened["id"], "which worry closed")
        finally:
            sender.stop()


daytwo.main(fires_and_resolves)
