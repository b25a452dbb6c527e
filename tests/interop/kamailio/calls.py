#!/usr/bin/env python3
"""Two and three of us call each other by a proxy of others, Kamailio, over all transports."""

import itertools

from peers import call_log, cases
from peers.exchange import Exchange
from peers.telephone import talk
from peers.waiting import wait_until

def call_through(program, folder, *pairs):
    """A call by each pair of transports, hold and resume within it; the proxy is on all its ways."""
    with Exchange(program, folder) as exchange:
        for count, (ours, theirs) in enumerate(pairs):
            with (exchange.telephone("200", ours, name=f"caller-{count}") as caller,
                  exchange.telephone("201", theirs, name=f"called-{count}") as called):
                ours_id = caller.dial("201")
                theirs_id = called.answer("200")
                caller.answered(ours_id)
                talk((caller, ours_id), (called, theirs_id))
                caller.do("--hold")
                called.wait_for_call("held by the caller", lambda call: call["held_by_far_end"])
                caller.do("--unhold")
                called.wait_for_call("resumed", lambda call: not call["held_by_far_end"])
                called.do("--hold")
                caller.wait_for_call("held by the called", lambda call: call["held_by_far_end"])
                called.do("--unhold")
                talk((called, theirs_id), (caller, ours_id))
                call, = called.calls()
                assert (call["number"], call["called_number"]) == ("200", "201"), call
                assert (call["account"], call["remote_uri"]) == ("201", "sip:200@one.example"), call
                ends, waits = ((caller, ours_id), (called, theirs_id))[::1 if count % 2 else -1]
                ends[0].hang_up(ends[1])
                waits[0].ended(waits[1])
                caller.stop()
                called.stop()
        check_ways(exchange.kamailio, pairs)


def check_ways(kamailio, pairs):
    """INVITE once without and once with the answer to its challenge; re-INVITE, ACK and BYE come with
    the route to the proxy, which therefore finds where they are to go."""
    said = "\n".join(kamailio.said())
    assert "No route set" not in said
    for method, each in (("INVITE", 4), ("ACK", 5), ("BYE", 1)):
        within = said.count(f"@ within {method} on to")
        assert within == each * len(pairs), f"{within} {method} within dialogs"
    first = [seen for seen in kamailio.requests("INVITE") if seen.target == "sip:201@one.example"]
    assert [seen.authorized for seen in first] == [False, True] * len(pairs), first
    assert [seen.transport for seen in first[::2]] == [ours for ours, _ in pairs], first


def alike(program, folder):
    call_through(program, folder, ("udp", "udp"), ("tcp", "tcp"), ("tls", "tls"))


def mixed(program, folder):
    call_through(program, folder, *itertools.permutations(("udp", "tcp", "tls"), 2))


def given_up(program, folder):
    """CANCEL by way of the proxy, which asked for a password before: RFC 3261, 22.1."""
    with Exchange(program, folder) as exchange:
        for transport in ("udp", "tls"):
            with (exchange.telephone("200", transport, name=f"caller-{transport}") as caller,
                  exchange.telephone("201", transport, name=f"called-{transport}") as called):
                ours = caller.dial("201")
                theirs = called.rings("200")
                caller.client.expect(f"CALL_IGNORE:{ours}")  # it rings
                caller.client.send(f"HANGUP:{ours}")
                called.client.expect(f"RING_IGNORE:{theirs}")
                caller.stop()
                called.stop()
                row, = call_log.calls(called.daemon.files.db)
                assert (row["missed"], row["final_code"]) == (1, 487), row


def refused_and_unknown(program, folder):
    with Exchange(program, folder) as exchange:
        with exchange.telephone("200") as caller, exchange.telephone("201", "tcp") as called:
            caller.dial("201")
            called.client.send(f"CALL_IGNORE:{called.rings('200')}")
            failed = caller.client.expect("CALL_FAILED:")
            assert failed.startswith("486 "), failed
            caller.dial("299")
            failed = caller.client.expect("CALL_FAILED:")
            assert failed.startswith("404 "), failed
            caller.stop()
            called.stop()


def answered_elsewhere(program, folder):
    """Both telephones of 201 ring; the one that loses has not missed the call (RFC 3326)."""
    with Exchange(program, folder) as exchange:
        with (exchange.telephone("200") as caller, exchange.telephone("201", name="one") as one,
              exchange.telephone("201", "tls", name="other") as other):
            assert len(exchange.kamailio.contacts("201@one.example")) == 2
            ours = caller.dial("201")
            elsewhere = other.rings("200")
            theirs = one.answer("200")
            caller.answered(ours)
            other.client.expect(f"RING_IGNORE:{elsewhere}")
            talk((caller, ours), (one, theirs))
            one.hang_up(theirs)
            caller.ended(ours)
            for each in (caller, one, other):
                each.stop()
            row, = call_log.calls(other.daemon.files.db)
            assert row["missed"] == 0 and "elsewhere" in row["reason"], row


def both_ring_and_nobody_answers(program, folder):
    """The best refusal of both comes back once; the CANCEL reaches both."""
    with Exchange(program, folder) as exchange:
        with (exchange.telephone("200") as caller, exchange.telephone("201", name="one") as one,
              exchange.telephone("201", "tcp", name="other") as other):
            ours = caller.dial("201")
            rings = [(each, each.rings("200")) for each in (one, other)]
            caller.client.send(f"HANGUP:{ours}")
            for each, call_id in rings:
                each.client.expect(f"RING_IGNORE:{call_id}")
            ours = caller.dial("201")
            for each in (one, other):
                each.client.send(f"CALL_IGNORE:{each.rings('200')}")
            failed = caller.client.expect("CALL_FAILED:")
            assert failed.startswith("486 "), failed
            for each in (caller, one, other):
                each.stop()
            for each in (one, other):
                missed = [row["missed"] for row in call_log.calls(each.daemon.files.db)]
                assert missed == [1, 0], missed


def another_number(program, folder):
    """What was called is what the caller dialled, though the proxy makes another user of it."""
    with Exchange(program, folder, numbers={"9201": "201"}) as exchange:
        with exchange.telephone("200") as caller, exchange.telephone("201") as called:
            ours = caller.dial("9201")
            theirs = called.answer("200")
            caller.answered(ours)
            assert called.calls()[0]["called_number"] == "9201", called.calls()
            caller.hang_up(ours)
            called.ended(theirs)
            caller.stop()
            called.stop()


def redirected(program, folder):
    """RFC 3261, 8.1.3.4: by the order of q; who is not there is passed over."""
    moved = {"300": "<sip:202@one.example>;q=0.1, <sip:201@one.example>;q=0.9, "
                    "<sip:299@one.example>",
             "301": "<sip:302@one.example>", "302": "<sip:301@one.example>"}
    with Exchange(program, folder, moved=moved) as exchange:
        with exchange.telephone("200") as caller, exchange.telephone("201") as called:
            ours = caller.dial("300")
            theirs = called.answer("200")
            caller.answered(ours)
            talk((caller, ours), (called, theirs))
            caller.hang_up(ours)
            called.ended(theirs)
            caller.dial("301")
            failed = caller.client.expect("CALL_FAILED:")
            assert failed == "482 the far end redirects the call in circles", failed
            caller.stop()
            called.stop()
    targets = [seen.target.partition("@")[0] for seen in exchange.kamailio.requests("INVITE")
               if seen.authorized]
    assert targets == [f"sip:{user}" for user in (300, 299, 201, 301, 302)], targets


def proxy_is_gone(program, folder):
    """In mid-call: the audio goes on, and hanging up ends it, whoever hears of that."""
    with Exchange(program, folder) as exchange:
        with exchange.telephone("200", "tcp") as caller, exchange.telephone("201") as called:
            ours = caller.dial("201")
            theirs = called.answer("200")
            caller.answered(ours)
            exchange.kamailio.stop()
            talk((caller, ours), (called, theirs))
            caller.hang_up(ours)
            called.hang_up(theirs)
            wait_until(lambda: not caller.calls() and not called.calls(), "both calls are over")
            caller.stop()
            called.stop()


if __name__ == "__main__":
    cases.run(alike, mixed, given_up, refused_and_unknown, answered_elsewhere,
              both_ring_and_nobody_answers, another_number, redirected, proxy_is_gone)
