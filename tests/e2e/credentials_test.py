#!/usr/bin/env python3
"""A real Debian prometheus behind a password: attached, scraped, and what is said when the password
is wrong."""
import pathlib
import subprocess
import sys
import tempfile

import daytwo
from daytwo import check, equal, holds, request, wait_for

sys.path.insert(0, str(pathlib.Path(__file__).resolve().parent.parent / "oracle"))
import promql_oracle as oracle  # noqa: E402  (found by the line above)

PASSWORD = "day-two"
# Its bcrypt digest, of the lowest cost.
DIGEST = "$2b$04$uxGTcvLjg1yoLBbupA2EV.9S8acu.9cgLa/lpSTt9TnVUKLAE7abK"


class Guarded:
    """A prometheus that answers to ann alone."""

    def __init__(self, binary, folder):
        self.folder = pathlib.Path(folder)
        self.port = daytwo.free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        (self.folder / "web.yml").write_text(
            f"basic_auth_users: {{ann: '{DIGEST}'}}\n", encoding="utf-8")
        (self.folder / "prometheus.yml").write_text("scrape_configs: []\n", encoding="utf-8")
        self.process = subprocess.Popen(
            [binary, f"--config.file={self.folder}/prometheus.yml",
             f"--web.config.file={self.folder}/web.yml",
             f"--storage.tsdb.path={self.folder}/data",
             f"--web.listen-address=127.0.0.1:{self.port}", "--log.level=error"])
        wait_for("a refusal of the guarded server", self.refuses, 60)

    def refuses(self):
        try:
            return request(f"{self.base}/-/ready", timeout=2).status == 401
        except OSError:
            return False

    def stop(self):
        self.process.terminate()
        self.process.wait(timeout=30)


def with_the_password(guarded):
    """Attached and scraped with a password from a file, which counts from the next request on."""
    secret = guarded.folder / "password"
    secret.write_text("wrong\n", encoding="utf-8")
    access = guarded.folder / "access.yml"
    access.write_text("basic_auth: {username: ann, password_file: password}\n", encoding="utf-8")
    config = ("scrape_configs:\n"
              "  - job_name: guarded\n    scrape_interval: 1s\n    scrape_timeout: 1s\n"
              f"    basic_auth: {{username: ann, password_file: {secret}}}\n"
              f"    static_configs: [{{targets: ['127.0.0.1:{guarded.port}']}}]\n")
    with daytwo.server(f"--prometheus={guarded.base}", f"--prometheus.http.config.file={access}",
                       "--prometheus.tenant=shop", config=config) as server:
        reply = server.get("/api/v1/query", query="vector(1)")
        check(reply.status != 200, f"the wrong password was answered: {reply.text}")
        holds(reply.text, "refuses our credentials", "the refusal")
        target = wait_for("the refused scrape", lambda: [
            one for one in server.get("/api/v1/targets").json()["data"]["activeTargets"]
            if "401" in one["lastError"]], 60)
        equal(target[0]["health"], "down", "health of the refused target")
        secret.write_text(PASSWORD + "\n", encoding="utf-8")
        wait_for("an answer of the guarded server",
                 lambda: server.get("/api/v1/query", query="vector(1)").status == 200, 60)
        wait_for("the scrape", lambda: [
            one for one in server.get("/api/v1/targets").json()["data"]["activeTargets"]
            if one["health"] == "up"], 60)
        log = server.log.read_text(encoding="utf-8", errors="replace")
        check(PASSWORD not in log and "wrong" not in log, "a secret stands in the log")


def what_is_wrong(guarded):
    """Mistakes of the file and of the flags stop the start, with their place."""
    access = guarded.folder / "broken.yml"
    access.write_text("basic_auth: {username: ann, pasword_file: password}\n", encoding="utf-8")
    for flags, expected in (
            ((f"--prometheus={guarded.base}", f"--prometheus.http.config.file={access}"),
             "broken.yml:1:"),
            ((f"--prometheus={guarded.base}", "--prometheus.http.config.file=/nowhere.yml"),
             "/nowhere.yml"),
            ((f"--prometheus=http://ann:x@127.0.0.1:{guarded.port}",
              f"--prometheus.http.config.file={access}"), "state one of them"),
            (("--prometheus.tenant=shop",), "--prometheus.tenant needs --prometheus URL")):
        with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as storage:
            done = daytwo.run("serve", f"--storage.path={storage}",
                              f"--web.listen-address=127.0.0.1:{daytwo.free_port()}", *flags)
        check(done.returncode in (1, 2), f"{flags}: exit code {done.returncode}")
        holds(done.stderr + done.stdout, expected, str(flags))


def main():
    binary = oracle.find_prometheus()
    if binary is None:
        daytwo.skip("prometheus is not installed")
    with tempfile.TemporaryDirectory(prefix="daytwo-e2e-") as folder:
        guarded = Guarded(binary, folder)
        try:
            for step in (with_the_password, what_is_wrong):
                print(step.__doc__, flush=True)
                step(guarded)
        finally:
            guarded.stop()


main()
