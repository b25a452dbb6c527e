#!/usr/bin/env python3
"""What can't start says what is wrong, where, and what to do about it, and ends with the code that the
manual gives: 2 for usage and configuration, 3 for what is in use."""

import os
import socket

from peers import cases
from peers.daemon import Daemon, refused_start


def says(said, *wanted):
    for each in wanted:
        assert each in said, f"{each!r} is not in: {said}"


def one_line(said):
    """Of an error of usage: named by the program, and nothing beside it."""
    assert said.startswith("hookswitchd: ") and said.count("\n") == 1, said
    return said


def ports_in_use(program, folder):
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as sip, socket.socket() as ws:
        sip.bind(("127.0.0.1", 0))
        ws.bind(("127.0.0.1", 0))
        ws.listen()
        port = str(sip.getsockname()[1])
        said = refused_start(program, folder, "--sip-port", port, code=3)
        says(said, "[ERROR]", f"127.0.0.1:{port}", "already in use", f"process {os.getpid()}",
             "--sip-port", "SIP_LOCAL_PORT")
        port = str(ws.getsockname()[1])
        said = refused_start(program, folder, "--ws-listen", f"127.0.0.1:{port}", code=3)
        says(said, "[ERROR]", port, "already in use", f"process {os.getpid()}", "ws_listen", "WS_PORT")
    said = refused_start(program, folder, "--sip-address", "192.0.2.55", code=3)
    says(said, "192.0.2.55", "not available", "--sip-address")


def second_daemon(program, folder):
    """On the ports of the first one; on its call log; and beside it, where nothing is shared."""
    other = os.path.join(folder, "other")
    os.mkdir(other)
    with Daemon(program, folder) as daemon:
        said = refused_start(program, other, "--sip-port", str(daemon.sip[1]), code=3)
        says(said, f"127.0.0.1:{daemon.sip[1]}", "hookswitchd", f"process {daemon.pid}")
        said = refused_start(program, other, "--ws-listen", "%s:%d" % daemon.ws, code=3)
        says(said, str(daemon.ws[1]), "hookswitchd", f"process {daemon.pid}")
        said = refused_start(program, folder, "--log-file", os.path.join(other, "second.log"), code=3)
        says(said, "call log", "in use by hookswitchd", f"process {daemon.pid}", "'db'")
        with Daemon(program, other) as beside:
            beside.stop()
        daemon.stop()
        daemon.log_lines()
    with Daemon(program, folder) as again:
        again.stop()


BAD_OPTIONS = (
    (("--sip-port", "70000"), ("--sip-port", "'70000'", "65535")),
    (("--sip-port", "x"), ("--sip-port", "'x'")),
    (("--sip-port",), ("--sip-port", "needs a value")),
    (("--nonsense",), ("--nonsense", "--help")),
    (("stray",), ("'stray'", "--help")),
    (("--record", "some"), ("--record", "'some'", "all", "incoming", "machine", "off")),
    (("--rtp-ports", "a"), ("--rtp-ports", "'a'", "31000-32767")),
    (("--rtp-ports", "31001-31000"), ("rtp_ports", "31001-31000")),
    (("--rtp-ports", "80-90"), ("rtp_ports", "1024")),
    (("--sip-allow", "10.0.0.0/99"), ("--sip-allow", "10.0.0.0/99", "32")),
    (("--sip-address", "nonsense"), ("--sip-address", "'nonsense'", "0.0.0.0")),
    (("--ring-timeout", "-1"), ("--ring-timeout", "'-1'", "3600")),
    (("--max-calls", "0"), ("--max-calls", "'0'")),
    (("--log-level", "loud"), ("--log-level", "'loud'", "debug")),
    (("--ws-listen", "x"), ("--ws-listen", "'x'", "127.0.0.1:8080")),
    (("--config", "nowhere.conf"), ("--config", "nowhere.conf", "does not exist")),
)
BAD_ENVIRONMENT = (
    ({"SIP_LOCAL_PORT": "abc"}, ("SIP_LOCAL_PORT", "'abc'")),
    ({"RTP_PORT_START": "9"}, ("RTP_PORT_START", "1024")),
    ({"LEGACY_RINGING_EVENT": "perhaps"}, ("LEGACY_RINGING_EVENT", "'perhaps'", "yes", "no")),
)


def bad_options(program, folder):
    for options, wanted in BAD_OPTIONS:
        says(one_line(refused_start(program, folder, *options, code=2)), *wanted)
    for environment, wanted in BAD_ENVIRONMENT:
        said = refused_start(program, folder, environment=environment, code=2,
                             without=("--sip-port", "--rtp-ports"))  # which would come first
        says(one_line(said), *wanted)


def bad_configuration(program, folder):
    """Each wrong line is named, all of them at once."""
    path = os.path.join(folder, "wrong.conf")
    with open(path, "w", encoding="utf-8") as file:
        file.write("# mine\nsip_server = 127.0.0.1\nnonsense = 1\nrtp_ports = 3\njust words\n"
                   "ring_timeout = 5\nring_timeout = 6\n")
    said = refused_start(program, folder, "--config", path, code=2)
    says(said, f"{path}:3: ", "'nonsense'", f"{path}:4: ", "'rtp_ports'", f"{path}:5: ",
         "'just words'", "key = value", f"{path}:7: ", "'ring_timeout'")
    with open(path, "wb") as file:
        file.write(b"\xff\xfe\x00")
    says(one_line(refused_start(program, folder, "--config", path, code=2)), path, "UTF-8")
    assert os.listdir(os.path.join(folder, "recordings")) == [], "it had begun to work"


if __name__ == "__main__":
    cases.run(ports_in_use, second_daemon, bad_options, bad_configuration)
