"""A Kamailio and telephones at it: ours, and those of others."""

from peers import certificates
from peers.account import account
from peers.kamailio import Kamailio
from peers.telephone import Telephone

SECRET = "open-sesame"  # baresip takes no blank
DOMAIN = "one.example"
USERS = (200, 201, 202, 300, 301)


class Exchange:
    def __init__(self, program, folder, **more):
        self._program, self._folder = program, folder
        self.authority = certificates.Authority(folder)
        self.kamailio = Kamailio({f"{user}@{DOMAIN}": SECRET for user in USERS},
                                 tls=self.authority.sign("pbx", "IP:127.0.0.1,DNS:localhost"), **more)

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.kamailio.__exit__(*failure)

    def server(self, transport):
        return self.kamailio.tls_address if transport == "tls" else self.kamailio.address

    def telephone(self, user, transport="udp", *options, **more):
        """One of ours, registered."""
        keys = {key: more.pop(key) for key in ("dtmf", "busy_lamps") if key in more}
        return Telephone(self._program, self._folder,
                         [account(user, self.server(transport), transport, password=SECRET, **keys)], *options,
                         name=more.pop("name", user), sip_tls_ca=self.authority.certificate, **more)
