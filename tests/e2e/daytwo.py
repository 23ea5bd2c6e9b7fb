"""What the end-to-end scripts share: a server of their own, its API and command line, and a
receiver of pages. Standard library only.

Every script binds free loopback ports, keeps its state in a temporary folder and removes both, so
that scripts may run side by side. $DAYTWO names the binary.
"""
import contextlib
import http.server
import json
import os
import pathlib
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import urllib.error
import urllib.parse
import urllib.request

BINARY = os.path.abspath(os.environ.get("DAYTWO", "build/debug/daytwo"))
SKIPPED = 77
# From the event to the worry, and to the page where one is owed.
NOTICED_WITHIN_S = 90


def skip(reason):
    """Ends the script as skipped; the reason must stand on the last line."""
    print(f"skipped: {reason}", flush=True)
    sys.exit(SKIPPED)


def check(condition, what):
    if not condition:
        raise AssertionError(what)


def equal(got, want, what):
    if got != want:
        raise AssertionError(f"{what}: got {got!r}, want {want!r}")


def holds(text, part, what):
    if part not in text:
        raise AssertionError(f"{what}: no {part!r} in {text!r}")


def wait_for(what, probe, seconds, every=0.25):
    """The first true value of `probe()`; an AssertionError after `seconds`."""
    end = time.monotonic() + seconds
    while True:
        value = probe()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what}")
        time.sleep(every)


def free_port(host="127.0.0.1"):
    with socket.socket() as probe:
        probe.bind((host, 0))
        return probe.getsockname()[1]


def well_known_port():
    """A port below those that the kernel gives out, as servers have them: a new one is not taken
    for a client's socket, nor for one of another script's."""
    chance = random.SystemRandom()
    while True:
        port = chance.randrange(20_000, 30_000)
        with socket.socket() as probe, contextlib.suppress(OSError):
            probe.bind(("0.0.0.0", port))
            return port


class Reply:
    """Status, headers and text of an answer, whatever its status."""

    def __init__(self, status, headers, text):
        self.status, self.headers, self.text = status, headers, text

    def json(self):
        return json.loads(self.text)


class NoRedirect(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *_):
        return None


OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}), NoRedirect())


def request(url, method="GET", body=None, headers=None, timeout=30):
    data = body.encode() if isinstance(body, str) else body
    asked = urllib.request.Request(url, data=data, method=method, headers=headers or {})
    try:
        with OPENER.open(asked, timeout=timeout) as answer:
            return Reply(answer.status, answer.headers, answer.read().decode())
    except urllib.error.HTTPError as error:
        with error:
            return Reply(error.code, error.headers, error.read().decode())


def run(*arguments, timeout=60, env=None, prefix=(), cwd=None):
    """Runs the command line. The result has returncode, stdout and stderr."""
    variables = {k: v for k, v in os.environ.items()
                 if k not in ("DAYTWO_TOKEN", "DAYTWO_SERVER")}
    # What is computed from files must not depend on a server that happens to run here.
    if arguments and arguments[0] in ("plan", "risk", "worth"):
        variables["DAYTWO_SERVER"] = "none"
    variables.update(env or {})
    return subprocess.run([*prefix, BINARY, *arguments], capture_output=True, text=True,
                          timeout=timeout, env=variables, cwd=cwd, check=False)


class Server:
    """One `daytwo serve` with a storage folder of its own."""

    def __init__(self, folder, *flags, config=None):
        self.folder = pathlib.Path(folder)
        self.storage = self.folder / "data"
        self.port = free_port()
        self.base = f"http://127.0.0.1:{self.port}"
        self.flags = list(flags)
        if config is not None:
            self.config = self.folder / "daytwo.yml"
            self.config.write_text(config, encoding="utf-8")
            self.flags.append(f"--config.file={self.config}")
        self.log = self.folder / "server.log"
        self.process = None

    def start(self, ready_within_s=30):
        command = [BINARY, "serve", f"--storage.path={self.storage}",
                   f"--web.listen-address=127.0.0.1:{self.port}", *self.flags]
        with open(self.log, "ab") as log:
            self.process = subprocess.Popen(command, stdout=log, stderr=log)
        wait_for("/-/ready", self.ready, ready_within_s, every=0.1)
        return self

    def ready(self):
        check(self.process.poll() is None, f"the server ended: {self.tail()}")
        try:
            return request(self.base + "/-/ready", timeout=5).status == 200
        except OSError:
            return False

    def stop(self):
        """Orderly; its exit code must be 0."""
        self.process.send_signal(signal.SIGTERM)
        code = self.process.wait(timeout=60)
        check(code == 0, f"the server ended with {code}: {self.tail()}")

    def kill(self):
        self.process.kill()
        self.process.wait(timeout=30)

    def tail(self):
        lines = self.log.read_text(encoding="utf-8", errors="replace").splitlines()
        return "\n".join(lines[-25:])

    @property
    def token(self):
        return (self.storage / "token").read_text(encoding="ascii").strip()

    def get(self, path, **parameters):
        query = "?" + urllib.parse.urlencode(parameters, doseq=True) if parameters else ""
        return request(self.base + path + query)

    def page(self, name, **parameters):
        """GET of one of our own pages, which must answer 200."""
        reply = self.get("/api/daytwo/v1/" + name, **parameters)
        check(reply.status == 200, f"{name} answered {reply.status}: {reply.text}")
        return reply.json()

    def post(self, path, body=None, token=True, **headers):
        sent = {name.replace("_", "-"): value for name, value in headers.items()}
        if token:
            sent["Authorization"] = "Bearer " + self.token
        if body is not None and not isinstance(body, (str, bytes)):
            body = json.dumps(body)
            sent.setdefault("Content-Type", "application/json")
        return request(self.base + path, "POST", body if body is not None else b"", sent)

    def query(self, promql, **parameters):
        reply = self.get("/api/v1/query", query=promql, **parameters)
        check(reply.status == 200, f"{promql}: {reply.status} {reply.text}")
        return reply.json()["data"]["result"]

    def cli(self, *arguments, token=True, **options):
        """A verb that talks to this server."""
        env = dict(options.pop("env", {}))
        if token:
            env["DAYTWO_TOKEN"] = self.token
        return run(*arguments, "--server", self.base, env=env, cwd=self.folder, **options)

    def worries(self, state="open"):
        return self.page("worries", state=state)["worries"]

    def worry(self, kind, part, state="open"):
        """The worry of `kind` whose key holds `part` and that is open, or closed; else None."""
        for row in self.worries("all"):
            if row["kind"] == kind and part in row["key"] and row["state"] == state:
                return row
        return None

    def wait_worry(self, kind, part, state="open", seconds=NOTICED_WITHIN_S):
        began = time.monotonic()
        try:
            row = wait_for(f"a {kind} worry about {part}, {state}",
                           lambda: self.worry(kind, part, state), seconds, every=0.5)
        except AssertionError as error:
            seen = [(w["kind"], w["key"], w["state"]) for w in self.worries("all")]
            raise AssertionError(f"{error}; worries: {seen}") from error
        print(f"  {state} after {time.monotonic() - began:.1f} s: {row['title']}", flush=True)
        return row


@contextlib.contextmanager
def server(*flags, config=None, start=True):
    """A running server; at the end it is stopped, in order if it still runs, and removed."""
    folder = tempfile.mkdtemp(prefix="daytwo-e2e-")
    one = Server(folder, *flags, config=config)
    try:
        if start:
            one.start()
        yield one
        if one.process is not None and one.process.poll() is None:
            one.stop()
    except BaseException:
        if one.log.exists():
            print("--- end of the server's log\n" + one.tail(), flush=True)
        raise
    finally:
        if one.process is not None and one.process.poll() is None:
            one.kill()
        shutil.rmtree(folder, ignore_errors=True)


class Listener:
    """A local HTTP service on a fixed port, that can be stopped and started again.

    `answer(handler, body)` gives the status; what came in is the subclass's business.
    """

    def __init__(self, host="127.0.0.1", port=None):
        self.host, self.port = host, port or free_port(host)
        self.web = None

    def answer(self, _handler, _body):
        return 200

    def start(self):
        owner = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                self.send_response(owner.answer(self, body))
                self.send_header("Content-Length", "0")
                self.end_headers()

            do_GET = do_POST = do_HEAD = handle_any

            def log_message(self, *_):
                pass

        class Web(http.server.ThreadingHTTPServer):
            daemon_threads = True
            allow_reuse_address = True

        self.web = Web((self.host, self.port), Handler)
        threading.Thread(target=self.web.serve_forever, args=(0.1,), daemon=True).start()
        return self

    def stop(self):
        if self.web is not None:
            self.web.shutdown()
            self.web.server_close()
            self.web = None

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    @property
    def url(self):
        return f"http://{self.host}:{self.port}"


class Receiver(Listener):
    """Takes pages by webhook: every attempt with its idempotency key, and what was answered."""

    def __init__(self):
        super().__init__()
        self.status = 200
        self.attempts = []  # (key, status answered, message)

    def answer(self, handler, body):
        message = json.loads(body)
        self.attempts.append((handler.headers.get("Idempotency-Key"), self.status, message))
        return self.status

    def taken(self, status="firing"):
        """(key, message) of what was accepted, in order."""
        return [(key, message) for key, answered, message in list(self.attempts)
                if answered < 300 and message["status"] == status]


def webhook_config(receiver, more=""):
    """A configuration whose pages all go to `receiver`."""
    return (f"people:\n  oncall: {{webhook: '{receiver.url}/hook'}}\n"
            f"notify: {{fallback: oncall}}\n{more}")


def main(*steps):
    """Runs the steps, each a function whose first line of documentation says what must hold."""
    for step in steps:
        print((step.__doc__ or step.__name__).strip().splitlines()[0], flush=True)
        began = time.monotonic()
        step()
        print(f"  held, {time.monotonic() - began:.1f} s", flush=True)
