#!/usr/bin/env python3
"""Pages as mail through a real SMTP server with STARTTLS, a password and a certificate of its own
authority: taken when all three are right, never sent in the clear, and said why when not."""
import contextlib
import email
import email.policy
import logging
import os
import pathlib
import ssl
import subprocess
import sys
import tempfile

import daytwo
from daytwo import check, equal, holds, wait_for

LIBRARY = pathlib.Path(os.environ.get("DAYTWO_DEPS", "build/deps")) / "aiosmtpd"
sys.path.insert(0, str(LIBRARY / "usr/lib/python3/dist-packages"))
try:
    from aiosmtpd.controller import Controller
    from aiosmtpd.smtp import AuthResult
except ImportError:
    daytwo.skip("no aiosmtpd in build/deps: tools/setup test")

# The library says on its log what this script is about: that a client refused its certificate.
logging.getLogger("mail.log").setLevel(logging.CRITICAL + 1)
USER, PASSWORD = "daytwo", "pass word: with 'quotes'"


def certificate(folder):
    """An authority, and a certificate for this host signed by it."""
    names = folder / "names"
    names.write_text("subjectAltName=DNS:localhost,IP:127.0.0.1\n", encoding="ascii")
    for words in (
            "req -x509 -newkey rsa:2048 -nodes -days 2 -subj /CN=authority -keyout ca.key"
            " -out ca.pem",
            "req -newkey rsa:2048 -nodes -subj /CN=localhost -keyout mail.key -out mail.csr",
            "x509 -req -days 2 -in mail.csr -CA ca.pem -CAkey ca.key -CAcreateserial"
            " -extfile names -out mail.pem"):
        subprocess.run(["openssl", *words.split()], cwd=folder, check=True, capture_output=True)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "mail.pem", folder / "mail.key")
    return context


class Postbox:
    """What the server took, and whether it came as it should."""

    def __init__(self):
        self.mails, self.attempts = [], 0

    async def handle_MAIL(self, _server, _session, envelope, address, options):
        self.attempts += 1
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"

    async def handle_DATA(self, _server, session, envelope):
        self.mails.append({
            "secured": session.ssl is not None, "known": session.authenticated,
            "from": envelope.mail_from, "to": envelope.rcpt_tos,
            "mail": email.message_from_bytes(envelope.content, policy=email.policy.default)})
        return "250 taken"


def authenticate(_server, _session, _envelope, _mechanism, given):
    right = given.login == USER.encode() and given.password == PASSWORD.encode()
    return AuthResult(success=right, handled=False)  # the library answers 235 or 535


@contextlib.contextmanager
def smtp(context):
    """A mail server; with a TLS context it wants STARTTLS and a password."""
    box = Postbox()
    wanted = {} if context is None else {
        "tls_context": context, "require_starttls": True, "auth_required": True,
        "authenticator": authenticate}
    controller = Controller(box, hostname="127.0.0.1", port=daytwo.free_port(), **wanted)
    controller.start()
    try:
        yield box, controller.port
    finally:
        controller.stop()


@contextlib.contextmanager
def paging(folder, port, password=PASSWORD, authority="ca_file: ca.pem"):
    """A server whose pages go to Ann by mail."""
    with daytwo.server("--self.observe=false", start=False, config="") as server:
        (server.folder / "secret").write_text(password + "\n", encoding="ascii")
        (server.folder / "ca.pem").write_bytes((folder / "ca.pem").read_bytes())
        server.config.write_text(
            "people: {ann: {mail: 'Ann Ähm <ann@shop.example>'}}\n"
            "notify:\n  fallback: ann\n"
            f"  mail: {{server: 'smtp://localhost:{port}', from: 'daytwo@shop.example',"
            f" user: {USER}, password_file: secret, {authority}}}\n", encoding="utf-8")
        shown = daytwo.run("check", "config", str(server.config))
        equal(shown.returncode, 0, f"check config: {shown.stdout}{shown.stderr}")
        server.start()
        sent = server.cli("page", "test", "ann")
        equal(sent.returncode, 0, f"page test: {sent.stderr}")
        yield server


def only_page(server):
    rows = server.page("pages")["pages"]
    equal(len(rows), 1, "pages")
    return rows[0]


def failed(server, box):
    """The page once an attempt has failed; the server took nothing."""
    row = wait_for("a failed attempt", lambda: (lambda p: p if p["error"] else None)(
        only_page(server)), 60)
    equal(box.mails, [], "mails taken")
    check(row["state"] in ("pending", "undeliverable"), f"state {row['state']}: {row['error']}")
    check(PASSWORD not in str(row), "no password in what is shown")
    return row


def taken(folder, context):
    """STARTTLS, then the password, then one mail that reads as it should."""
    with smtp(context) as (box, port), paging(folder, port) as server:
        wait_for("the mail", lambda: box.mails, 60)
        wait_for("it counts as sent", lambda: only_page(server)["state"] == "sent", 60)
        equal(len(box.mails), 1, "mails")
        got = box.mails[0]
        check(got["secured"], "the mail came over TLS")
        check(got["known"], "the sender showed its password")
        equal((got["from"], got["to"]), ("daytwo@shop.example", ["ann@shop.example"]), "envelope")
        mail = got["mail"]
        holds(mail["Subject"], "[daytwo] test: ", "subject")
        equal(mail["To"].addresses[0].display_name, "Ann Ähm", "a name beyond ASCII")
        equal(mail["Auto-Submitted"], "auto-generated", "no answer from a holiday is wanted")
        holds(mail["Message-Id"], "@shop.example>", "message id")
        text = mail.get_body(("plain",)).get_content()
        holds(text, "Open: " + server.base, "the way back")


def refused(folder, context):
    """A wrong password is final, and the page says so."""
    with smtp(context) as (box, port), paging(folder, port, password="guess") as server:
        holds(failed(server, box)["error"].lower(), "login denied", "the reason")
        equal(box.attempts, 0, "senders named without a password")


def in_the_clear(folder, _context):
    """A server that offers no STARTTLS gets no password and no mail."""
    with smtp(None) as (box, port), paging(folder, port) as server:
        holds(failed(server, box)["error"], "start_tls: false allows mail in the clear", "the way")
        equal(box.attempts, 0, "senders named in the clear")


def unknown_authority(folder, context):
    """A certificate that nobody known has signed gets no mail."""
    with smtp(context) as (box, port), paging(folder, port, authority="") as server:
        holds(failed(server, box)["error"].lower(), "certificate", "the reason")
        equal(box.attempts, 0, "senders named to a stranger")


def unreadable_authority():
    """`check config` names an authority that is not there."""
    with tempfile.TemporaryDirectory() as folder:
        config = pathlib.Path(folder) / "daytwo.yml"
        config.write_text("people: {ann: {mail: ann@shop.example}}\nnotify:\n  fallback: ann\n"
                          "  mail: {server: 'smtp://a:25', from: d@a, ca_file: gone.pem}\n",
                          encoding="ascii")
        shown = daytwo.run("check", "config", str(config))
        check(shown.returncode != 0, "check config fails")
        holds(shown.stderr, "gone.pem cannot be read", "the reason")


def main():
    with tempfile.TemporaryDirectory(prefix="daytwo-mail-") as name:
        folder = pathlib.Path(name)
        context = certificate(folder)

        def step(run):
            def with_server():
                run(folder, context)
            with_server.__doc__ = run.__doc__
            return with_server
        daytwo.main(*map(step, (taken, refused, in_the_clear, unknown_authority)),
                    unreadable_authority)


if __name__ == "__main__":
    main()
