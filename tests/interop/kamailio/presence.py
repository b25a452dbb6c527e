#!/usr/bin/env python3
"""Messages that wait (RFC 3842), lamps (RFC 4235) and pick-up, as Kamailio's presence server has them."""

import re

from peers import call_log, cases
from peers.exchange import DOMAIN, Exchange
from peers.phone import Phone
from peers.telephone import talk
from peers.waiting import wait_until


class Voicemail(Phone):
    """Publishes to a presence server how many messages wait (RFC 3903)."""

    def __init__(self, kamailio, user):
        super().__init__(user="voicemail")
        self._to = ("127.0.0.1", kamailio.port)
        self._mailbox = f"sip:{user}@{DOMAIN}"
        self._etag = None

    def forget(self):
        """What the server knew of it."""
        self._etag = None

    def publish(self, fresh, old):
        body = (f"Messages-Waiting: {'yes' if fresh else 'no'}\r\nMessage-Account: {self._mailbox}\r\n"
                f"Voice-Message: {fresh}/{old} (0/0)\r\n").encode()
        known = {"SIP-If-Match": self._etag} if self._etag else {}
        request = self.request("PUBLISH", self._to, body=body, Event="message-summary", Expires="600",
                               To=f"<{self._mailbox}>",
                               **{"Content-Type": "application/simple-message-summary"}, **known)
        request.start = f"PUBLISH {self._mailbox} SIP/2.0"
        self.send(request, self._to)
        self._etag = self.expect_status(200, "PUBLISH")["SIP-ETag"]


def exchange_of(program, folder, **more):
    return Exchange(program, folder, presence=True, **more)


def sees(telephone, *words):
    """In this order, and nothing between: what it says of 201."""
    def said():
        lines = (re.search(r"sees that 201 is (.*?) - \w", line) for line in telephone.daemon.output)
        return [found[1] for found in lines if found]
    wait_until(lambda: len(said()) >= len(words), f"it sees {words}")
    assert said() == list(words), said()


def messages_wait(program, folder):
    """Those that wait before it asks, and those that come; then they are heard."""
    for transport in ("udp", "tcp"):
        with (exchange_of(program, folder) as exchange,
              Voicemail(exchange.kamailio, "200") as voicemail):
            voicemail.publish(2, 1)
            with exchange.telephone("200", transport, name=f"by-{transport}") as telephone:
                telephone.daemon.has_said("account 200 has 2 new messages and 1 old")
                voicemail.publish(3, 1)
                telephone.daemon.has_said("account 200 has 3 new messages and 1 old")
                voicemail.publish(0, 4)
                telephone.daemon.has_said("account 200 has 0 new messages and 4 old")
                telephone.stop()


def lamps(program, folder):
    """Idle though nobody has called there yet; then a call there, answered; one refused; one from
    there."""
    with (exchange_of(program, folder) as exchange, exchange.telephone("202") as caller,
          exchange.telephone("201", "tcp") as watched,
          exchange.telephone("200", busy_lamps="201") as telephone):
        sees(telephone, "idle")
        ours = caller.dial("201")
        theirs = watched.rings("202")
        sees(telephone, "idle", "ringing, with 202")
        watched.client.send(f"CALL_ANS:{theirs}")
        caller.answered(ours)
        sees(telephone, "idle", "ringing, with 202", "busy, with 202")
        caller.hang_up(ours)
        sees(telephone, "idle", "ringing, with 202", "busy, with 202", "idle")
        caller.dial("201")
        refused = watched.rings("202")
        sees(telephone, "idle", "ringing, with 202", "busy, with 202", "idle", "ringing, with 202")
        watched.client.send(f"CALL_IGNORE:{refused}")
        sees(telephone, "idle", "ringing, with 202", "busy, with 202", "idle", "ringing, with 202",
             "idle")
        for each in (caller, watched, telephone):
            each.stop()


def picked_up(program, folder):
    """What rings at 201 is answered at 200 (RFC 3891), by way of the server; at 201 it was not missed
    (RFC 3326)."""
    for transport, relays in (("udp", True), ("tcp", True), ("udp", False)):
        with (exchange_of(program, folder, relays=relays) as exchange,
              exchange.telephone("202", transport, name=f"caller-{transport}-{relays}") as caller,
              exchange.telephone("201", transport, name=f"watched-{transport}-{relays}") as watched,
              exchange.telephone("200", transport, name=f"picker-{transport}-{relays}",
                                 busy_lamps="201") as telephone):
            telephone.refuses("--pickup", "201", saying=["201", "can't be picked up"])
            telephone.refuses("--pickup", "299", saying=["no account watches '299'"])
            caller.dial("201")
            elsewhere = watched.rings("202")
            telephone.daemon.has_said("sees that 201 is ringing")
            telephone.do("--pickup", "201")
            watched.client.expect(f"RING_IGNORE:{elsewhere}")
            caller.client.expect("CALL_FAILED:487 ")  # of the one that was replaced
            (theirs,), (mine,) = (wait_until(lambda each=each: [
                call for call in each.calls() if call["state"] == "active"], "it is picked up")
                for each in (caller, telephone))
            assert (theirs["number"], mine["number"]) == ("200", "202"), (theirs, mine)
            assert theirs["sip_call_id"] == mine["sip_call_id"], (theirs, mine)
            talk((caller, theirs["sip_call_id"]), (telephone, mine["sip_call_id"]))
            telephone.daemon.has_said("sees that 201 is idle")
            telephone.do("--hangup")
            wait_until(lambda: caller.calls() == [], "it is over")
            for each in (caller, watched, telephone):
                each.stop()
            row, = call_log.calls(watched.daemon.files.db)
            assert row["missed"] == 0 and "elsewhere" in row["reason"], row
            assert "No route set" not in "\n".join(exchange.kamailio.said())


def asked_again(program, folder):
    """Before the time is over that the server granted; and anew, at once, when it was started again
    and has forgotten who watches."""
    for transport in ("udp", "tcp"):
        with (exchange_of(program, folder, subscribed=8) as exchange,
              Voicemail(exchange.kamailio, "200") as voicemail):
            kamailio = exchange.kamailio

            def begun():
                return [each for each in kamailio.requests("SUBSCRIBE")
                        if each.authorized and each.target == f"sip:200@{DOMAIN}"]

            def refreshes():
                return [each for each in kamailio.requests("SUBSCRIBE")
                        if each.target.startswith(f"sip:{kamailio.address}")]

            voicemail.publish(1, 0)
            with exchange.telephone("200", transport, name=f"by-{transport}",
                                    busy_lamps="201") as telephone:
                telephone.daemon.has_said("account 200 has 1 new messages and 0 old")
                sees(telephone, "idle")
                wait_until(lambda: len(refreshes()) >= 2, "both are asked for again")
                assert all(each.authorized for each in refreshes()), refreshes()
                sees(telephone, "idle")
                known = len(begun())
                kamailio.restart()
                voicemail.forget()
                wait_until(lambda: len(begun()) > known, "it asks for messages anew")
                # Only now: the server keeps what is published no longer than it grants us.
                voicemail.publish(5, 0)
                telephone.daemon.has_said("account 200 has 5 new messages and 0 old")
                sees(telephone, "idle", "unknown", "idle")
                telephone.stop()


if __name__ == "__main__":
    cases.run(messages_wait, lamps, picked_up, asked_again)
