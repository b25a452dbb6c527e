"""Who takes part in a transfer: a Linphone, a baresip or one of us, told apart by the tone that each
says, and asked the same things."""

from peers.baresip import Baresip
from peers.linphone import Linphone
from peers.sound import tone
from peers.telephone import Telephone

SECONDS = 60  # that those of others can talk in one call


class LinphoneParty:
    def __init__(self, folder, user, frequency, exchange=None, transport="udp"):
        self.user, self.frequency = user, frequency
        self.softphone = Linphone(folder, tone(frequency, SECONDS), user, exchange, transport)
        self.uri = self.softphone.uri

    def __enter__(self):
        self.softphone.__enter__()
        return self

    def __exit__(self, *failure):
        self.softphone.__exit__(*failure)

    def picks_up(self):
        number = self.softphone.expect(r"Receiving new incoming call from .* id (\d+)")[1]
        self.softphone.tell("answer " + number)
        self.softphone.expect(f"Media streams established with .* for call {number}")

    def joins(self):
        """It has the other, as transferee or as target, in a second call."""
        self.softphone.expect("Media streams established with .* for call [23]")

    def calls(self, us, uri):
        self.softphone.tell(f"call {uri}")
        call_id = us.answer(self.user)
        self.softphone.expect(f"Media streams established with {uri}")
        return call_id

    def transfers_to(self, uri):
        self.softphone.tell(f"transfer {uri}")

    def hears(self, other):
        other.says()
        self.softphone.hears(other.frequency)

    def says(self):
        """As long as it talks."""

    def hangs_up(self):
        self.softphone.tell("terminate")


class BaresipParty:
    def __init__(self, folder, user, frequency, exchange=None, transport="udp"):
        self.user, self.frequency = user, frequency
        samples = tone(frequency, SECONDS)
        self.softphone = (Baresip.registered(folder, samples, user, exchange, transport) if exchange
                          else Baresip(folder, samples, user=user))
        self.uri = self.softphone.uri

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.softphone.__exit__(*failure)

    def picks_up(self):
        self.softphone.expect("CALL_INCOMING")
        self.softphone.tell("accept")
        self.softphone.expect("CALL_ESTABLISHED")

    def joins(self):
        self.softphone.expect("CALL_ESTABLISHED")

    def calls(self, us, uri):
        self.softphone.tell("dial", uri)
        call_id = us.answer(self.user)
        self.softphone.expect("CALL_ESTABLISHED")
        return call_id

    def transfers_to(self, uri):
        self.softphone.tell("transfer", uri)

    def hears(self, other):
        other.says()
        self.softphone.hears(other.frequency)

    def says(self):
        """As long as it talks."""

    def hangs_up(self):
        self.softphone.tell("hangup")


class OurParty:
    """One of us, as a telephone of its own."""

    def __init__(self, program, folder, user, frequency, exchange=None, transport="udp", **more):
        self.user, self.frequency = user, frequency
        self.telephone = (exchange.telephone(user, transport, **more) if exchange
                          else Telephone(program, folder, [], name=user))
        self.uri = (f"sip:{user}@one.example" if exchange
                    else f"sip:{user}@{self.telephone.daemon.sip_address}")
        self.call_id = None

    def __enter__(self):
        self.telephone.__enter__()
        return self

    def __exit__(self, *failure):
        self.telephone.__exit__(*failure)

    def picks_up(self):
        self.call_id = self._next("RING_ANS:")
        self.telephone.client.send(f"CALL_ANS:{self.call_id}")
        self.telephone.answered(self.call_id)

    def _next(self, event):
        return self.telephone.client.expect(event).rpartition("##")[2]

    def dials(self):
        """As the transferee: it calls whom it was told to call."""
        self.call_id = self._next("DIALING:")

    def joins(self):
        """As the transferee; as the target, where the call answers itself: see is_joined()."""
        self.dials()
        self.telephone.answered(self.call_id)

    def is_joined(self):
        self.call_id = self._next("RING_ANS:")
        self.telephone.answered(self.call_id)

    def hears(self, other):
        other.says()
        self.telephone.hears(self.call_id, other.frequency)

    def says(self):
        self.telephone.says(self.call_id, self.frequency)

    def hangs_up(self):
        self.telephone.hang_up(self.call_id)


def consult(us, transferee, target):
    """The one waits, in our call 1, while we talk with the other, in our call 2. The first's ID."""
    ids = []
    for party in (transferee, target):
        ids.append(us.dial(party.uri))
        party.picks_up()
        us.answered(ids[-1])
        if party is transferee:
            us.do("--hold")
    us.wait_for_call("the transferee waits", lambda call: call["id"] == 1 and call["held"])
    us.wait_for_call("the target talks", lambda call: call["id"] == 2 and call["state"] == "active")
    return ids[0]
