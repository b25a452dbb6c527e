#!/usr/bin/env python3
"""Who may connect by WebSocket: programs of this machine; from elsewhere, those with the token; web
pages of others never."""

import http.client
import os
import socket

from peers import cases
from peers.daemon import Daemon, refused_start

TOKEN = "a-token-of-32-characters-or-more"
UPGRADE = {"Upgrade": "websocket", "Connection": "Upgrade", "Sec-WebSocket-Version": "13",
           "Sec-WebSocket-Key": "dGhlIHNhbXBsZSBub25jZQ=="}


def status(address, path="/", **headers):
    """The HTTP status of a WebSocket handshake with these headers; 101 is success."""
    given = {name.replace("_", "-"): value for name, value in headers.items()}
    connection = http.client.HTTPConnection(*address, timeout=10)
    try:
        connection.request("GET", path, headers={**UPGRADE, **given})
        return connection.getresponse().status
    finally:
        connection.close()


def expect(wanted, address, path="/", **headers):
    came = status(address, path, **headers)
    assert came == wanted, f"{path} with {headers} was answered with {came}, not {wanted}"


def only_of_this_machine(program, folder):
    with Daemon(program, folder) as daemon:
        ours = "%s:%d" % daemon.ws
        expect(101, daemon.ws)
        expect(101, daemon.ws, Host=f"localhost:{daemon.ws[1]}")
        for host in ("evil.example", f"evil.example:{daemon.ws[1]}", "127.0.0.1", "127.0.0.1:1",
                     f"127.0.0.1.evil.example:{daemon.ws[1]}"):
            expect(403, daemon.ws, Host=host)
        for origin in ("http://evil.example", "https://evil.example:8080", "null",
                       f"http://{ours}.evil.example", "file://"):
            expect(403, daemon.ws, Origin=origin)
        expect(404, daemon.ws, "/elsewhere")
        expect(400, daemon.ws, "/?rtp=mp3")
        daemon.stop()
        daemon.log_lines()


def rude_connections(program, folder):
    """No request at all, half of one, nothing but bytes, far too much: others are not kept waiting."""
    with Daemon(program, folder) as daemon:
        rude = [socket.create_connection(daemon.ws, timeout=10) for _ in range(40)]
        for count, connection in enumerate(rude):
            try:
                connection.sendall((b"", b"GET / HT", os.urandom(3000), b"A" * 20000)[count % 4])
            except (BrokenPipeError, ConnectionResetError):
                pass  # refused before it was all said
        expect(101, daemon.ws)
        for connection in rude:
            connection.close()
        expect(101, daemon.ws)
        daemon.stop()
        daemon.log_lines()


def beyond_this_machine(program, folder):
    """There it takes a token, and the word that it may travel without TLS."""
    token_file = os.path.join(folder, "token")
    with open(token_file, "w", encoding="utf-8") as file:
        file.write(f"{TOKEN}\n")
    os.chmod(token_file, 0o600)
    said = refused_start(program, folder, "--ws-listen", "0.0.0.0:0", code=2)
    assert "ws_token_file" in said or "--ws-token-file" in said, said
    everywhere = ("--ws-listen", "0.0.0.0:0", "--ws-token-file", token_file)
    said = refused_start(program, folder, *everywhere, code=2)
    assert "ws_plain_ok" in said, said
    plain = {"WS_PLAIN_OK": "yes"}
    with Daemon(program, folder, *everywhere, environment=plain) as daemon:
        address = ("127.0.0.1", daemon.ws[1])
        expect(401, address)
        expect(401, address, Authorization="Bearer wrong")
        expect(401, address, f"/?token={TOKEN}")
        expect(101, address, Authorization=f"Bearer {TOKEN}")
        daemon.stop()
        assert not any(TOKEN in line for line in daemon.log_lines()), "the token is in the log"


def token_files_that_are_none(program, folder):
    empty = os.path.join(folder, "empty")
    with open(empty, "w", encoding="utf-8"):
        pass
    for path in (empty, os.path.join(folder, "missing"), folder):
        said = refused_start(program, folder, "--ws-token-file", path, code=2)
        assert path in said, f"the error does not name {path}: {said}"


if __name__ == "__main__":
    cases.run(only_of_this_machine, rude_connections, beyond_this_machine,
              token_files_that_are_none)
