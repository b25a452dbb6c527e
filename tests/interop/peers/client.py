"""The programs as clients of the instance that runs: --list, --call and their like."""

import collections
import json
import subprocess

from peers.daemon import Files, command, environment_of

Said = collections.namedtuple("Said", "code out err")


def ask(program, folder, *options, stdin="", environment=None, seconds=30):
    """Runs it to its end: exit code, standard output, standard error."""
    ended = subprocess.run(command(program, Files(folder), options), cwd=folder, input=stdin,
                           env=environment_of(folder, environment or {}), capture_output=True,
                           text=True, timeout=seconds, check=False)
    return Said(ended.returncode, ended.stdout, ended.stderr)


def done(program, folder, *options, **more):
    said = ask(program, folder, *options, **more)
    assert said.code == 0 and not said.err, f"{options}: {said}"
    return said.out


def refused(program, folder, *options, code=1, saying=(), **more):
    """One line on standard error, named by the program, and nothing beside it."""
    said = ask(program, folder, *options, **more)
    assert said.code == code and not said.out, f"{options}: {said}"
    assert said.err.startswith("hookswitch") and said.err.count("\n") == 1, said.err
    for each in saying:
        assert each in said.err, f"{each!r} is not in: {said.err}"
    return said.err


def calls(program, folder):
    return json.loads(done(program, folder, "--list", "--json"))
