"""hookswitchd as a telephone at a registrar: with an account, a program that has its calls, and a
folder of its own, so that several of them can call each other."""

import os

from peers import client
from peers.account import configure
from peers.daemon import Daemon
from peers.sound import frames_of, tone
from peers.waiting import wait_until
from peers.websocket_client import WebSocketClient


class Telephone:
    """With these accounts; `options` and `keys` are those of its command line and its file."""

    def __init__(self, program, folder, accounts, *options, **keys):
        self.program = program
        self.folder = os.path.join(folder, keys.pop("name", None) or accounts[0]["name"])
        os.makedirs(self.folder, exist_ok=True)
        configure(self.folder, accounts, **keys)
        self.daemon = Daemon(program, self.folder, *(options or ("--auto-answer-after", "never")))
        self.client = WebSocketClient(*self.daemon.ws, "/?rtp=base64")
        self._expected = [each["name"] for each in accounts if each.get("register") != "no"]

    def __enter__(self):
        try:
            for name in self._expected:
                self.daemon.has_said(f"account {name} is registered")
        except AssertionError:
            self.__exit__(True)
            raise
        return self

    def __exit__(self, failed, *rest):
        self.client.close()
        if failed:
            print(f"-- {os.path.basename(self.folder)}:")
        self.daemon.__exit__(failed, *rest)

    def stop(self):
        """Its clean end, and what it has logged: no error."""
        self.client.close()
        self.daemon.stop()
        return self.daemon.log_lines()

    def dial(self, target):
        """The call's ID."""
        self.client.send(f"CALL:{target}")
        return self.client.expect("DIALING:").rsplit("##", 1)[1]

    def rings(self, number):
        """The ID of the call that comes from this number."""
        return self.client.expect(f"RING_ANS:{number}##")

    def answer(self, number):
        call_id = self.rings(number)
        self.client.send(f"CALL_ANS:{call_id}")
        self.client.expect(f"CALL_ANS:{call_id}")
        return call_id

    def answered(self, call_id):
        self.client.expect(f"CALL_ANS:{call_id}")

    def hang_up(self, call_id):
        self.client.send(f"HANGUP:{call_id}")
        self.client.expect(f"BYE:{call_id}")

    def ended(self, call_id):
        self.client.expect(f"BYE:{call_id}")

    def do(self, *command):
        """A verb of the command line."""
        return client.done(self.program, self.folder, *command)

    def refuses(self, *command, **more):
        return client.refused(self.program, self.folder, *command, **more)

    def calls(self):
        return client.calls(self.program, self.folder)

    def wait_for_call(self, what, condition):
        """The first of its calls for which the condition holds."""
        try:
            return wait_until(lambda: next((call for call in self.calls() if condition(call)), None),
                              f"{os.path.basename(self.folder)} has a call: {what}")
        except AssertionError as failure:
            raise AssertionError(f"{failure}; it has {self.calls()}") from None

    def hears(self, call_id, frequency, frames=10):
        """Until so many frames of this tone have come."""
        heard = 0
        while heard < frames:
            heard += frames_of(self.client.hear(call_id), frequency)

    def says(self, call_id, frequency, seconds=1.0):
        self.client.play(call_id, tone(frequency, seconds))


def talk(*ends):
    """(telephone, its call's ID) of two, who hear each other."""
    (one, one_id), (other, other_id) = ends
    one.says(one_id, 440)
    other.hears(other_id, 440)
    other.says(other_id, 800)
    one.hears(one_id, 800)
