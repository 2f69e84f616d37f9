"""A real SMTP server and a real HTTP gateway on 127.0.0.1 that do as they are told: answer, refuse, stall, hang up."""

import asyncio
import json
import socket
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, Session
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


@dataclass
class Post:
    """A mail server. `answers`: what it says to a command instead of yes. `stall`: the command it thinks about."""

    answers: dict[str, str] = field(default_factory=dict)
    stall: str = ""
    hang_up: bool = False  # after the message, instead of an answer
    reached: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)
    taken: list[EmailMessage] = field(default_factory=list)
    recipients: list[str] = field(default_factory=list)
    logins: list[tuple[bytes, bytes]] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    port: int = 0

    async def _say(self, command: str, yes: str) -> str:
        if self.stall == command:
            self.reached.set()
            while not self.go_on.is_set():  # noqa: ASYNC110  (set by the test's thread)
                await asyncio.sleep(0.01)
        return self.answers.get(command, yes)

    async def handle_MAIL(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        answer = await self._say("MAIL", "250 OK")
        if answer.startswith("2"):
            envelope.mail_from = address
            envelope.mail_options.extend(options)
        return answer

    async def handle_RCPT(  # noqa: N802
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        answer = await self._say("RCPT", "250 OK")
        if answer.startswith("2"):
            envelope.rcpt_tos.append(address)
        return answer

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if self.answers.get("DATA", "250").startswith("2"):
            content = envelope.content if isinstance(envelope.content, bytes) else b""
            self.taken.append(message_from_bytes(content, policy=policy.default))
            self.recipients += envelope.rcpt_tos
            self.encrypted.append(session.ssl is not None)
        answer = await self._say("DATA", "250 OK")
        if self.hang_up and isinstance(server.transport, asyncio.Transport):
            server.transport.abort()
        return answer

    def authenticate(
        self, _server: SMTP, _session: Session, _envelope: Envelope, _way: str, data: Any
    ) -> AuthResult:
        self.logins.append((data.login, data.password))
        return AuthResult(success=data.password == b"riktig", handled=False)


@contextmanager
def serving(post: Post, **options: Any) -> Iterator[Post]:
    """Run a mail server on a free port."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        post.port = probe.getsockname()[1]
    controller = Controller(
        post, hostname="127.0.0.1", port=post.port, authenticator=post.authenticate, **options
    )
    controller.start()
    try:
        yield post
    finally:
        post.go_on.set()
        controller.stop()


def certificate(folder: Path) -> tuple[ssl.SSLContext, Path]:
    """Make a certificate for 127.0.0.1; return the server's context and the file that a client must trust."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(
            name,
            name,
            key.public_key(),
            x509.random_serial_number(),
            now - timedelta(days=1),
            now + timedelta(days=1),
        )
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=False)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .sign(key, hashes.SHA256())
    )
    file, key_file = folder / "certificate.pem", folder / "key.pem"
    file.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    key_file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
        )
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file, key_file)
    return context, file


@dataclass
class Gateway:
    """An SMS gateway that speaks as LINK Mobility's. `drop`: it takes the message and hangs up."""

    status: int = 200
    answer: bytes = b'{"messageId": "Dcshuhod0PMAAAFQ+/PbnR3x", "resultCode": 1005, "description": "Queued"}'
    drop: bool = False
    wait: float = 0.0
    asked: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    port: int = 0


@contextmanager
def answering(gateway: Gateway) -> Iterator[Gateway]:
    """Run a gateway on a free port."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["Content-Length"])
            gateway.asked.append({"path": self.path, **json.loads(self.rfile.read(length))})
            gateway.headers.append(dict(self.headers))
            time.sleep(gateway.wait)
            if gateway.drop:
                self.connection.shutdown(socket.SHUT_RDWR)
                return
            self.send_response(gateway.status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(gateway.answer)))
            self.end_headers()
            self.wfile.write(gateway.answer)

        def log_message(self, *_: Any) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    gateway.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    try:
        yield gateway
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
