"""baresip (package baresip-core): a softphone of others, without a sound card: it says what is in a
file, writes what it hears to another, and is told what to do over its ctrl_tcp module."""

import array
import glob
import json
import os
import socket
import time

from peers import children, wav
from peers.exchange import DOMAIN, SECRET
from peers.free_ports import free_port, free_range
from peers.sound import frames_of
from peers.waiting import wait_until

MODULES = ("aufile", "sndfile")
APPLICATIONS = ("account", "menu", "ctrl_tcp")


class Baresip:
    def __init__(self, folder, samples, account=None, settings=(), user="baresip", codecs=("g711",),
                 rate=8000):
        """It says these samples, at this rate, which must be its codec's, from the start of each call.
        `codecs` are its modules for them, in order of choice. `account` is a line of
        its file, `settings` are more ones of its configuration."""
        self.port = free_port()
        self.uri = f"sip:{user}@127.0.0.1:{self.port}"
        self._folder = os.path.join(folder, f"softphone-{user}")
        os.mkdir(self._folder)
        speech = os.path.join(self._folder, "says.wav")
        wav.write(speech, samples, rate)
        control = free_port()
        rtp = free_range(44)
        self._write("config", [
            "poll_method epoll", f"sip_listen 127.0.0.1:{self.port}", "call_max_calls 4",
            f"audio_source aufile,{speech}", "audio_player nothing", "audio_alert nothing",
            "auplay_format s16", "ausrc_format s16", f"rtp_ports {rtp}-{rtp + 40}",
            "module_path /usr/lib/baresip/modules",
            *(f"module {name}.so" for name in (*codecs, *MODULES)),
            *(f"module_app {name}.so" for name in APPLICATIONS),
            f"ctrl_tcp_listen 127.0.0.1:{control}", f"snd_path {self._folder}",
            *settings])
        self._write("accounts", [
            account or f"<{self.uri}>;regint=0;answermode=manual"])
        self._write("contacts", [])
        self._process = children.start(["baresip", "-4", "-f", self._folder, "-n", "127.0.0.1"],
                                       cwd=self._folder, env={**os.environ, "HOME": folder})
        self._control = wait_until(lambda: self._connect(control), "baresip's control port")
        self._buffer = b""

    def _write(self, name, lines):
        with open(os.path.join(self._folder, name), "w", encoding="utf-8") as file:
            file.write("".join(f"{line}\n" for line in lines))

    def _connect(self, port):
        assert self._process.poll() is None, f"baresip ended:\n{self._process.stdout.read()}"
        try:
            return socket.create_connection(("127.0.0.1", port), timeout=10)
        except ConnectionRefusedError:
            return None

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self._control.close()
        self._process.kill()
        said, _ = self._process.communicate()
        if failed:
            print("what baresip said:", said[-3000:], sep="\n")

    @classmethod
    def registered(cls, folder, samples, user, exchange, transport="udp"):
        """At an Exchange."""
        server = f"sip:{exchange.server(transport)};transport={transport}"
        softphone = cls(folder, samples, f"<sip:{user}@{DOMAIN};transport={transport}>;"
                        f"auth_user={user};auth_pass={SECRET};outbound=\"{server}\";regint=600;"
                        "answermode=manual;ptime=20",
                        [f"sip_cafile {exchange.authority.certificate}"], user)
        softphone.uri = f"sip:{user}@{DOMAIN}"
        try:
            exchange.kamailio.wait_for_contacts(f"{user}@{DOMAIN}")
        except AssertionError:
            softphone.__exit__(True)
            raise
        return softphone

    def tell(self, command, parameters=""):
        """A command of its menu: dial, accept, hangup, hold, resume ..."""
        message = json.dumps({"command": command, "params": parameters}).encode()
        self._control.sendall(b"%d:%s," % (len(message), message))
        deadline, answer = time.monotonic() + 10, {}
        while "response" not in answer:
            answer = self._receive(deadline, f"response to {command}")
        assert answer.get("ok"), f"{command} was answered with {answer}"

    def expect(self, event, seconds=15):
        """The next event of this type: CALL_INCOMING, CALL_ESTABLISHED, CALL_CLOSED ..."""
        deadline = time.monotonic() + seconds
        while (came := self._receive(deadline, event)).get("type") != event:
            pass
        return came

    def expect_digits(self, digits):
        for digit in digits:
            event = self.expect("CALL_DTMF_START")
            assert event.get("param") == digit, f"{event} instead of {digit}"

    def _receive(self, deadline, awaited):
        """A netstring with JSON in it."""
        while True:
            size, colon, rest = self._buffer.partition(b":")
            if colon and len(rest) > int(size):
                self._buffer = rest[int(size) + 1:]
                return json.loads(rest[:int(size)])
            self._control.settimeout(max(0.01, deadline - time.monotonic()))
            try:
                received = self._control.recv(65536)
            except TimeoutError:
                raise AssertionError(f"baresip: no {awaited} in time") from None
            assert received, f"baresip has closed its control port before {awaited}"
            self._buffer += received

    def heard(self, so_far=False):
        """The samples that it wrote down of the last call; complete when that is closed."""
        if so_far:
            return self._written_down()
        files = sorted(glob.glob(os.path.join(self._folder, "dump-*-dec.wav")), key=os.path.getmtime)
        assert files, f"baresip wrote down nothing: {os.listdir(self._folder)}"
        return wav.read_mono(files[-1])

    def _written_down(self):
        """What it is still writing, of all calls: files that have no lengths yet."""
        heard = array.array("h")
        for path in sorted(glob.glob(os.path.join(self._folder, "dump-*-dec.wav"))):
            with open(path, "rb") as file:
                file.seek(wav.HEADER)
                samples = file.read()
            heard.frombytes(samples[:len(samples) // 2 * 2])
        return heard

    def hears(self, frequency, frames=10):
        """Until so many frames of this tone stand in what it writes down."""
        wait_until(lambda: frames_of(self._written_down(), frequency) >= frames,
                   f"baresip hears {frequency} Hz")
