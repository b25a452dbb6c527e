"""Kamailio (packages kamailio, kamailio-tls-modules, kamailio-presence-modules): a registrar and proxy
of others, and a presence server; in memory."""

import itertools
import json
import os
import re
import shutil
import signal
import socket
import subprocess
import tempfile
import threading
from collections import namedtuple

from peers import children
from peers.free_ports import free_port
from peers.waiting import wait_until

Seen = namedtuple("Seen", "method transport sender target authorized")
_REQUEST = re.compile(r"@ ([A-Z]+) (\w+) (\S+) to (\S+) credentials=(\d*) at=\d+")
_CONFIG = os.path.join(os.path.dirname(os.path.abspath(__file__)), "kamailio.cfg")
_TABLES = "/usr/share/kamailio/dbtext/kamailio"
_PROGRAM = shutil.which("kamailio", path=f"{os.environ.get('PATH', '')}:/usr/sbin") or "kamailio"
_asked = itertools.count(1)


class Kamailio:
    """At `port` by UDP and TCP, at `tls_port` where it is given files of a certificate. `passwords`
    are of user@domain; `moved` has the Contacts of its 302, by
    user, `numbers` the users for whom other numbers stand. With `presence` it tells whose messages wait
    and whose calls go how, to a subscriber for `subscribed` seconds. It lets through to addresses that
    are not of its users if it `relays`."""

    def __init__(self, passwords, tls=None, moved=None, numbers=None, **more):
        self._folder = tempfile.mkdtemp(prefix="kamailio-")
        self.port = free_port()
        self.tls_port = free_port() if tls else None
        self.lines = []
        self._lock = threading.Lock()
        self._write_config(passwords, tls, moved or {}, {"numbers": numbers or {}, **more})
        self._start()

    def _write_config(self, passwords, tls, moved, more):
        given = {"algorithm": "", "nonce_expire": 300, "max_expires": 3600, "min_expires": 0,
                 "ipv6": False, "service_route": "", "presence": False, "subscribed": 3600,
                 "relays": False, **more}
        algorithm = given["algorithm"]
        values = {
            "PORT": self.port, "FOLDER": self._folder, "WITH_TLS": "yes" if tls else "no",
            "LISTEN_ALSO": "".join(f"listen={kind}:[::1]:{self.port}\n" for kind in ("udp", "tcp")
                                   if given["ipv6"]),
            "SERVICE_ROUTE": f"Service-Route: {given['service_route']}\\r\\n"
                             if given["service_route"] else "",
            "LISTEN_TLS": f"listen=tls:127.0.0.1:{self.tls_port}" if tls else "",
            "LOAD_TLS": 'loadmodule "tls.so"' if tls else "",
            "TLS": "".join(f'modparam("tls", "{name}", {value})\n' for name, value in (
                ("certificate", f'"{tls.certificate}"'), ("private_key", f'"{tls.key}"'),
                ("tls_method", '"TLSv1.2+"'), ("verify_certificate", 0),
                ("require_certificate", 0))) if tls else "",
            "ALGORITHM": f'modparam("auth", "algorithm", "{algorithm}")' if algorithm else "",
            "DEFINES": "#!define WITH_PRESENCE" if given["presence"] else "",
            "ALIASES": "".join(f'alias="{domain}"\n' for domain in
                               {user.partition("@")[2] for user in passwords}),
            "SUBSCRIBED": given["subscribed"],
            "NONCE_EXPIRE": given["nonce_expire"], "MAX_EXPIRES": given["max_expires"],
            "MIN_EXPIRES": given["min_expires"],
            "PASSWORDS": "".join(f'    $sht(passwords=>{user}) = "{password}";\n'
                                 for user, password in passwords.items()),
            "NUMBERS": "".join(f'    if ($rU == "{number}") {{\n        $rU = "{user}";\n    }}\n'
                               for number, user in given["numbers"].items()),
            "RELAYS": '    if (!($rd =~ "\\.example$")) {\n        route(RELAY);\n    }'
                      if given["relays"] else "",
            "MOVED": "".join(
                f'    if ($rU == "{user}") {{\n'
                f'        append_to_reply("Contact: {contacts}\\r\\n");\n'
                '        sl_send_reply("302", "Moved Temporarily");\n        exit;\n    }\n'
                for user, contacts in moved.items())}
        with open(_CONFIG, encoding="utf-8") as file:
            text = file.read()
        for name, value in values.items():
            text = text.replace(f"@{name}@", str(value))
        if given["presence"]:
            shutil.copytree(_TABLES, os.path.join(self._folder, "tables"))
        self._config = os.path.join(self._folder, "kamailio.cfg")
        with open(self._config, "w", encoding="utf-8") as file:
            file.write(text)

    def _start(self):
        # It ends those that it has started, which a kill of the first alone would leave behind.
        self._process = children.start(
            [_PROGRAM, "-f", self._config, "-DD", "-E", "-m", "32", "-M", "4",
             "-Y", self._folder, "-w", self._folder],
            ends_by=signal.SIGTERM, start_new_session=True)
        self._reader = threading.Thread(target=self._read, args=(self._process.stdout,),
                                        daemon=True)
        self._reader.start()
        try:
            wait_until(self._answers, "Kamailio answers")
        except AssertionError:
            self.__exit__(True)
            raise

    def _read(self, stream):
        for line in stream:
            with self._lock:
                self.lines.append(line.rstrip("\n"))

    def _answers(self):
        assert self._process.poll() is None, "Kamailio ended:\n" + "\n".join(self.said()[-20:])
        try:
            return self.rpc("core.uptime")
        except OSError:
            return None

    def __enter__(self):
        return self

    def __exit__(self, failed, *_):
        self.stop()
        shutil.rmtree(self._folder, ignore_errors=True)
        if failed:
            print("what Kamailio said:", *self.said()[-60:], sep="\n    ")

    def stop(self):
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            pass
        try:
            os.killpg(self._process.pid, signal.SIGKILL)  # whoever of them is left
        except ProcessLookupError:
            pass
        self._process.wait()
        self._reader.join()
        self._process.stdout.close()

    def restart(self):
        """Which forgets everything: who is registered, and its nonces."""
        self.stop()
        self._start()

    def said(self):
        with self._lock:
            return list(self.lines)

    @property
    def address(self):
        return f"127.0.0.1:{self.port}"

    @property
    def tls_address(self):
        return f"127.0.0.1:{self.tls_port}"

    def rpc(self, method, *parameters):
        """A remote procedure call of its module jsonrpcs."""
        own = os.path.join(self._folder, f"asks-{next(_asked)}.sock")
        with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as asking:
            asking.bind(own)
            try:
                asking.settimeout(5)
                asking.connect(os.path.join(self._folder, "rpc.sock"))
                asking.send(json.dumps({"jsonrpc": "2.0", "method": method, "id": 1,
                                        "params": list(parameters)}).encode())
                answer = json.loads(asking.recv(1 << 18))
            finally:
                os.unlink(own)
        return answer.get("result", answer)

    def requests(self, method=None):
        """Those that have come, oldest first."""
        found = (_REQUEST.search(line) for line in self.said())
        all_of_them = [Seen(each[1], each[2], each[3], each[4], each[5] not in ("", "0"))
                       for each in found if each]
        return [each for each in all_of_them if method in (None, each.method)]

    def contacts(self, address_of_record):
        """What is bound to user@domain now: dictionaries with Address, Expires ..."""
        answer = self.rpc("ul.lookup", "location", address_of_record)
        return [each["Contact"] for each in answer.get("Contacts", [])]

    def wait_for_contacts(self, address_of_record, count=1, seconds=20):
        return wait_until(lambda: len(found := self.contacts(address_of_record)) == count and
                          (found or True), f"{count} contacts of {address_of_record}", seconds)

    def wait_for_line(self, pattern, seconds=20):
        def find():
            return next((found for line in self.said() if (found := re.search(pattern, line))), None)
        return wait_until(find, f"Kamailio says {pattern!r}", seconds)
