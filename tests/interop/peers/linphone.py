"""linphonec (package linphone-cli): a softphone of others, told by its console what to do. It has no
sound card but files: it says one, and writes what it hears to another."""

import array
import os
import re
import subprocess
import threading

from peers import children, wav
from peers.exchange import DOMAIN, SECRET
from peers.free_ports import free_port, has_udp
from peers.sound import frames_of
from peers.waiting import wait_until


_CODECS = (("PCMA", 8000, 1), ("PCMU", 8000, 1), ("opus", 48000, 2), ("speex", 32000, 1),
           ("speex", 16000, 1), ("speex", 8000, 1))
_KINDS = ("udp", "tcp", "tls")


class Linphone:
    def __init__(self, folder, samples, user, exchange=None, transport="udp", info=False):
        """Registered at an Exchange, or without one and called by its address. `info`: its digits
        go by INFO."""
        self._folder = os.path.join(folder, f"linphone-{user}")
        os.makedirs(os.path.join(self._folder, ".local", "share", "linphone"))
        self._says = os.path.join(self._folder, "says.wav")
        wav.write(self._says, samples)
        self.port = free_port()
        self.uri = f"sip:{user}@{DOMAIN if exchange else f'127.0.0.1:{self.port}'}"
        self._write_config(user, exchange, transport, info)
        self.lines = []
        self._seen = 0
        self._process = children.start(
            ["stdbuf", "-oL", "linphonec", "-c", self._path("rc")], cwd=self._folder,
            stdin=subprocess.PIPE, env={**os.environ, "HOME": self._folder})
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        self._registered = exchange and (f"{user}@{DOMAIN}", exchange.kamailio)

    def _path(self, name):
        return os.path.join(self._folder, name)

    def _write_config(self, user, exchange, transport, info):
        ports = {kind: self.port if kind == transport else 0 for kind in _KINDS}
        sections = {
            "sip": {"sip_port": ports["udp"], "sip_tcp_port": ports["tcp"],
                    "sip_tls_port": ports["tls"], "default_proxy": 0, "use_info": int(info),
                    "use_rfc2833": int(not info),
                    "verify_server_certs": 1, "verify_server_cn": 1, "guess_hostname": 0,
                    "contact": f"sip:{user}@127.0.0.1", "register_only_when_network_is_up": 0},
            "net": {"enable_ipv6": 0, "firewall_policy": 0, "stun_server": ""},
            "rtp": {"audio_rtp_port": free_port(), "bind_address": "127.0.0.1"},
            # Both of two of them take the same, and write it down as they are told: 8000 a second.
            **{f"audio_codec_{index}": {"mime": mime, "rate": rate, "channels": channels,
                                        "enabled": int(mime.startswith("PCM"))}
               for index, (mime, rate, channels) in enumerate(_CODECS)},
            "sound": {"local_ring": "", "remote_ring": ""}}
        if exchange:
            sections["sip"]["root_ca"] = exchange.authority.certificate
            sections.update(self._account(user, exchange, transport))
        with open(self._path("rc"), "w", encoding="utf-8") as file:
            for name, keys in sections.items():
                file.write(f"[{name}]\n" + "".join(f"{key}={value}\n"
                                                   for key, value in keys.items()) + "\n")

    @staticmethod
    def _account(user, exchange, transport):
        address = exchange.server(transport)
        if transport == "tls":  # of certificates it knows names only
            address = address.replace("127.0.0.1", "localhost")
        server = f"<sip:{address};transport={transport}>"
        return {"auth_info_0": {"username": user, "userid": user, "passwd": SECRET,
                                "realm": DOMAIN, "domain": DOMAIN},
                "proxy_0": {"reg_proxy": server, "reg_route": server, "reg_expires": 600,
                            "reg_identity": f"sip:{user}@{DOMAIN}", "reg_sendregister": 1,
                            "publish": 0}}

    def _read(self):
        for line in self._process.stdout:
            self.lines.append(line.rstrip("\n"))

    def __enter__(self):
        try:
            if self._registered:
                address, kamailio = self._registered
                kamailio.wait_for_contacts(address)
            else:
                # Whoever called it sooner would be told that nobody listens.
                wait_until(lambda: has_udp(self.port), f"linphonec is at port {self.port}")
            self.tell("soundcard use files")
            self.tell(f"play {self._says}")
            self.tell(f"record {self._path('heard.wav')}")
        except AssertionError:
            self.__exit__(True)
            raise
        return self

    def __exit__(self, failed, *_):
        self._process.kill()
        self._process.wait()
        self._reader.join()
        self._process.stdin.close()
        self._process.stdout.close()
        if failed:
            print("what linphonec said:", *self.lines[-40:], sep="\n    ")

    def tell(self, command):
        self._process.stdin.write(command + "\n")
        self._process.stdin.flush()

    def expect(self, pattern, seconds=20):
        """The next line in which it is found; the match."""
        def find():
            while self._seen < len(self.lines):
                self._seen += 1
                if found := re.search(pattern, self.lines[self._seen - 1]):
                    return found
            assert self._process.poll() is None, "linphonec has ended"
            return None
        return wait_until(find, f"linphonec says {pattern!r}", seconds)

    def hears(self, frequency, frames=10):
        """Until so many frames of this tone have come."""
        path = self._path("heard.wav")
        begun = os.path.getsize(path)

        def heard():
            with open(path, "rb") as file:
                file.seek(begun)
                samples = file.read()
            return frames_of(array.array("h", samples[:len(samples) // 2 * 2]), frequency) >= frames
        wait_until(heard, f"linphonec hears {frequency} Hz")

    def kill(self):
        """It is gone, without a word to anybody."""
        self._process.kill()
        self._process.wait()

    def expect_digits(self, digits):
        for digit in digits:
            self.expect(rf"Receiving tone {re.escape(digit)} from")
