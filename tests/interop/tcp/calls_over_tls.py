#!/usr/bin/env python3
"""SIP over TLS: whom the daemon lets in, and whom it believes (RFC 5922). The certificates are of an
authority made for the test."""

import os
import socket
import ssl
import threading
import warnings

from peers import cases, certificates
from peers.daemon import Daemon, refused_start
from peers.free_ports import free_port
from peers.phone import offer
from peers.stream import Stream, options
from peers.websocket_client import WebSocketClient


def configured(folder, **keys):
    """The daemon's file with these keys in it."""
    with open(os.path.join(folder, "hookswitch.conf"), "w", encoding="utf-8") as file:
        file.writelines(f"{key} = {value}\n" for key, value in keys.items())


def listens(program, folder):
    authority = certificates.Authority(folder)
    ours = authority.sign("us", "DNS:us.example")
    port = free_port()
    configured(folder, sip_tls_port=port, sip_tls_certificate=ours.certificate,
               sip_tls_key=ours.key)
    context = ssl.create_default_context(cafile=authority.certificate)
    with Daemon(program, folder) as daemon:
        with Stream(("127.0.0.1", port), context, "us.example") as stream:
            assert stream.socket.version() in ("TLSv1.2", "TLSv1.3"), stream.socket.version()
            stream.send(options(stream, "one", transport="TLS"))
            stream.expect_status(200)
            stream.send(b"\r\n\r\n")
            assert stream.receive() == b"\r\n", "the ping was not answered"
        old = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
        old.check_hostname, old.verify_mode = False, ssl.CERT_NONE
        old.set_ciphers("DEFAULT:@SECLEVEL=0")
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # that it is as old as it is meant to be
            old.minimum_version = ssl.TLSVersion.TLSv1
            old.maximum_version = ssl.TLSVersion.TLSv1_1
        try:
            with Stream(("127.0.0.1", port), old):
                raise AssertionError("TLS 1.1 was spoken")
        except (ssl.SSLError, ConnectionResetError):
            pass
        with Stream(("127.0.0.1", port)) as stream:
            stream.send(options(stream, "plain"))
            stream.expect_close()
        daemon.stop()
        daemon.log_lines()


class TlsPeer:
    """Shows a certificate to whoever connects, and keeps the first octets that come."""

    def __init__(self, files, asks_for_ours=False):
        self._context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        if asks_for_ours:
            self._context.verify_mode = ssl.CERT_REQUIRED
        self._context.load_cert_chain(files.certificate, files.key)
        self._server = socket.create_server(("127.0.0.1", 0))
        self._server.settimeout(20)
        self.port = self._server.getsockname()[1]
        self.received = b""
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    def _serve(self):
        try:
            connection, _ = self._server.accept()
            with self._context.wrap_socket(connection, server_side=True) as secure:
                self.received = secure.recv(65536)
        except OSError:
            pass  # it was refused

    def wait(self):
        self._thread.join(20)
        self._server.close()
        return self.received


def dialled(program, folder, files, authority, **more):
    """What the peer receives, and the log."""
    peer = TlsPeer(files, **more)
    configured(folder, sip_tls_ca=authority.certificate)
    with Daemon(program, folder) as daemon:
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        client.send(f"CALL:sip:1001@127.0.0.1:{peer.port};transport=tls")
        client.expect("DIALING:1001##")
        received = peer.wait()
        if not received:
            client.expect("CALL_FAILED:")
        client.close()
        daemon.stop()
        return received, "\n".join(daemon.log_lines())


def believes_its_authority(program, folder):
    authority = certificates.Authority(folder)
    received, _ = dialled(program, folder, authority.sign("pbx", "IP:127.0.0.1"), authority)
    assert received.startswith(b"INVITE sip:1001@127.0.0.1"), received
    assert b"Via: SIP/2.0/TLS " in received, received


def refuses(program, folder):
    authority, stranger = certificates.Authority(folder), certificates.Authority(folder, "Stranger")
    for files, why in (
            (authority.sign("x", "IP:127.0.0.1", days=-1), "the certificate expired on "),
            (authority.sign("x", "DNS:pbx.example.org"),
             "the certificate is for 'pbx.example.org', not for '127.0.0.1'"),
            (stranger.sign("x", "IP:127.0.0.1"),
             "of an authority that is not known here (Stranger)")):
        received, log = dialled(program, folder, files, authority)
        assert received == b"", f"the call was told to a stranger: {received}"
        assert "over TLS failed: " in log and why in log, f"the log does not say: {why}"


def wants_ours(program, folder):
    """We show none to those whom we call."""
    authority = certificates.Authority(folder)
    received, log = dialled(program, folder, authority.sign("pbx", "IP:127.0.0.1"), authority,
                            asks_for_ours=True)
    assert received == b"" and "the far end wants a certificate of ours" in log, log


def secure_uris(program, folder):
    """RFC 5630: sips: is as good as it says where it comes by TLS, and then our Contact is so too;
    over TCP it gets 416."""
    authority = certificates.Authority(folder)
    ours = authority.sign("us", "DNS:us.example")
    port = free_port()
    configured(folder, sip_tls_port=port, sip_tls_certificate=ours.certificate,
               sip_tls_key=ours.key)
    context = ssl.create_default_context(cafile=authority.certificate)

    def invite(stream, transport):
        body = offer(("127.0.0.1", 9))
        asked = options(stream, transport, f"Contact: <sips:a@127.0.0.1>\r\nContent-Type: "
                        f"application/sdp\r\nContent-Length: {len(body)}\r\n", transport)
        asked = asked.replace(b"OPTIONS sip:", b"INVITE sips:1000@").replace(b" OPTIONS", b" INVITE")
        stream.send(asked + body)
        stream.expect_status(100)
        return stream.expect()

    with Daemon(program, folder, "--auto-answer-after", "never") as daemon:
        with Stream(("127.0.0.1", port), context, "us.example") as stream:
            ringing = invite(stream, "TLS")
            assert ringing.status == 180 and ringing["Contact"].startswith("<sips:1000@"), (
                ringing.to_bytes())
        with Stream(daemon.sip) as stream:
            assert invite(stream, "TCP").status == 416
        daemon.stop()


def unusable_files(program, folder):
    authority = certificates.Authority(folder)
    ours, other = authority.sign("us", "DNS:us.example"), authority.sign("x", "DNS:x.example")
    configured(folder, sip_tls_port=0, sip_tls_certificate=ours.certificate, sip_tls_key=other.key)
    said = refused_start(program, folder, code=2)
    assert "sip_tls_key" in said and other.key in said, said
    with socket.create_server(("127.0.0.1", 0)) as holder:
        port = holder.getsockname()[1]
        configured(folder, sip_tls_port=port, sip_tls_certificate=ours.certificate,
                   sip_tls_key=ours.key)
        said = refused_start(program, folder, code=3)
        assert f"127.0.0.1:{port}" in said and "sip_tls_port" in said, said


if __name__ == "__main__":
    cases.run(listens, believes_its_authority, refuses, wants_ours, secure_uris, unusable_files)
