#!/usr/bin/env python3
"""Passwords of accounts from the command line: where they go, who may read that, and that they are never
seen again."""

import os
import pty
import select
import stat

from peers import cases, children
from peers.client import ask, done, refused
from peers.daemon import Files, command, environment_of

SECRET = "open sesame # \"1\""
# Where a session bus would be, and is not: no keyring of this machine's user is asked.
NO_BUS = {"DBUS_SESSION_BUS_ADDRESS": "", "XDG_RUNTIME_DIR": ""}


def configure(folder, more=""):
    with open(Files(folder).config, "w", encoding="utf-8") as file:
        file.write(f"[account office]\nuser = 200\ndomain = pbx.example\n{more}")


def in_a_file(program, folder):
    configure(folder)
    path = os.path.join(folder, "hookswitch", "secrets")
    said = done(program, folder, "--set-password", "office", stdin=SECRET + "\n",
                environment=NO_BUS)
    assert said == f"the password of 'office' is stored in the file {path}\n", said
    assert stat.S_IMODE(os.stat(path).st_mode) == 0o600
    said = ask(program, folder, "--print-config", environment=NO_BUS)
    assert "[account office]" in said.out and "sesame" not in said.out + said.err, said
    os.chmod(path, 0o644)
    refused(program, folder, "--set-password", "office", stdin="x\n", environment=NO_BUS,
            saying=["chmod 600", path])
    os.chmod(path, 0o600)
    said = done(program, folder, "--remove-password", "office", environment=NO_BUS)
    assert path in said, said
    refused(program, folder, "--remove-password", "office", environment=NO_BUS,
            saying=["no password", "'office'"])


def what_is_refused(program, folder):
    configure(folder)
    refused(program, folder, "--set-password", "other", code=2, stdin=SECRET, environment=NO_BUS,
            saying=["no account 'other'", "[account other]"])
    refused(program, folder, "--set-password", "office", code=2, stdin="\n", environment=NO_BUS,
            saying=["no password came"])
    refused(program, folder, "--set-password", "office", code=2, environment=NO_BUS,
            saying=["no password came"])
    configure(folder, f"password = {SECRET}\n")
    said = refused(program, folder, "--list", code=2, environment=NO_BUS,
                   saying=["hookswitch.conf:4: ", "'password'", "--set-password office"])
    assert "sesame" not in said, said
    own = os.path.join(folder, "own")
    with open(own, "w", encoding="utf-8") as file:
        file.write(SECRET + "\n")
    configure(folder, f"password_file = {own}\n")
    os.chmod(own, 0o640)
    refused(program, folder, "--list", code=2, environment=NO_BUS, saying=[own, "chmod 600"])
    os.chmod(own, 0o400)
    refused(program, folder, "--set-password", "office", code=2, stdin="x\n", environment=NO_BUS,
            saying=[own, "password_file"])
    assert not os.path.exists(os.path.join(folder, "hookswitch", "secrets"))


def at_a_terminal(program, folder):
    """What is typed is not shown."""
    configure(folder)
    ours, theirs = pty.openpty()
    process = children.start(
        command(program, Files(folder), ("--set-password", "office")), cwd=folder, stdin=theirs,
        env=environment_of(folder, NO_BUS))
    prompt = process.stdout.read(len("Password of the account 'office': "))
    assert prompt == "Password of the account 'office': ", prompt
    os.write(ours, SECRET.encode() + b"\n")
    said, _ = process.communicate(timeout=20)
    assert process.returncode == 0 and "is stored in" in said, said
    shown = os.read(ours, 4096) if select.select([ours], [], [], 0)[0] else b""
    os.close(ours)
    os.close(theirs)
    assert b"sesame" not in shown and "sesame" not in said, (shown, said)


if __name__ == "__main__":
    cases.run(in_a_file, what_is_refused, at_a_terminal)
