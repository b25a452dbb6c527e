#!/usr/bin/env python3
"""Transfers (RFC 3515, RFC 3891, RFC 5589): that others ask us for, that we ask others for, and calls
that take the place of others."""

from peers import cases
from peers import scenario as s
from peers.phone import Phone, PhoneCall, offer
from peers.sip_message import SipMessage
from peers.sipp import Sipp
from peers.telephone import Telephone
from peers.waiting import wait_until

FRAGMENT = "      Event: refer\n      Content-Type: message/sipfrag;version=2.0\n"


def us(program, folder, *options):
    return Telephone(program, folder, [], *options, name="us")


def callee(folder, name, *steps):
    return Sipp(folder, s.write(folder, name, *steps))


def dial(telephone, far_end):
    call_id = telephone.dial(f"sip:1001@127.0.0.1:{far_end.port}")
    telephone.answered(call_id)
    return call_id


def refer(to, more=""):
    return s.callee_within("REFER", 1, "", f"      Refer-To: <{to}>\n"
                           f"      Referred-By: <sip:boss@[local_ip]>\n{more}")


def reported(status, state):
    """The NOTIFY that says so."""
    return (s.receive_request("NOTIFY", header=("Subscription-State", state),
                              body=f"SIP/2.0 {status}"), s.ok_within())


ANSWERED = (s.remember_invite(), s.respond(200, "OK", s.sdp()), s.receive_request("ACK"))
RELEASED = (s.receive_request("BYE"), s.ok_within())


def we_are_transferred(program, folder):
    """The far end hears how it goes; both calls are the same program's."""
    target = callee(folder, "target", s.receive_request("INVITE", header=("Referred-By", "sip:boss@")),
                    s.respond(180, "Ringing"), s.pause(300), s.respond(200, "OK", s.sdp()),
                    s.receive_request("ACK"), *RELEASED)
    boss = callee(folder, "boss", *ANSWERED, refer(f"sip:2002@127.0.0.1:{target.port}"),
                  s.receive(202), *reported(100, "active"), *reported(180, "active"),
                  *reported(200, "terminated"), s.callee_within("BYE", 2), s.receive(200))
    with boss, target, us(program, folder) as telephone:
        first = dial(telephone, boss)
        second = telephone.client.expect("DIALING:2002##")
        telephone.answered(second)
        telephone.ended(first)
        boss.wait()
        call, = telephone.calls()
        assert call["number"] == "2002" and call["owner"].startswith("client:"), call
        telephone.hang_up(second)
        target.wait()
        telephone.stop()


def our_transfer_fails(program, folder):
    """Busy there: so the far end is told, and the call goes on."""
    target = callee(folder, "target", s.receive_request("INVITE"), s.respond(486, "Busy Here"),
                    s.receive_request("ACK"))
    boss = callee(folder, "boss", *ANSWERED, refer(f"sip:2002@127.0.0.1:{target.port}"),
                  s.receive(202), *reported(100, "active"), *reported(486, "terminated"), *RELEASED)
    with boss, target, us(program, folder) as telephone:
        first = dial(telephone, boss)
        telephone.client.expect("CALL_FAILED:486")
        target.wait()
        telephone.hang_up(first)
        boss.wait()
        telephone.stop()


def nobody_attends(program, folder):
    """A call that the machine answered is at nobody's disposal: 603."""
    with us(program, folder, "--auto-answer-after", "0") as telephone, Phone() as phone:
        call = phone.call(telephone.daemon.sip, offer(("127.0.0.1", 9)))
        asked = call.within("REFER")
        asked.headers.append(("Refer-To", "<sip:2002@127.0.0.1:9>"))
        phone.send(asked, telephone.daemon.sip)
        phone.expect_status(603, "REFER")
        call.hang_up()
        telephone.stop()


def attended_to_us(program, folder):
    """The target takes the place of another call of theirs: Replaces goes into the INVITE, nothing
    else of what a Refer-To may carry does."""
    target = callee(folder, "target",
                    s.receive_request("INVITE", header=(
                        "Replaces", "other-call@host *; *(to-tag=b *; *from-tag=a|"
                                    "from-tag=a *; *to-tag=b)")),
                    s.respond(200, "OK", s.sdp()), s.receive_request("ACK"), *RELEASED)
    boss = callee(folder, "boss", *ANSWERED,
                  refer(f"sip:2002@127.0.0.1:{target.port}?Replaces=other-call%40host%3Bto-tag%3Db"
                        "%3Bfrom-tag%3Da"),
                  s.receive(202), *reported(100, "active"), *reported(200, "terminated"),
                  s.callee_within("BYE", 2), s.receive(200))
    with boss, target, us(program, folder) as telephone:
        first = dial(telephone, boss)
        second = telephone.client.expect("DIALING:2002##")
        telephone.answered(second)
        telephone.ended(first)
        telephone.hang_up(second)
        boss.wait()
        target.wait()
        telephone.stop()


def notify(cseq, status, state):
    # Its body is no SDP: typed here.
    return s.callee_within("NOTIFY", cseq, "", f"      Subscription-State: {state}\n{FRAGMENT}"
                           ).replace("Content-Length: [len]\n\n",
                                     f"Content-Length: [len]\n\n      SIP/2.0 {status}\n")


def we_transfer(program, folder):
    """And are told how it goes; when they have each other, the call is over for us."""
    boss = callee(folder, "transferee", *ANSWERED,
                  s.receive_request("REFER", header=("Refer-To", "sip:2002@127.0.0.1:9")),
                  s.respond(202, "Accepted", tag=""),
                  notify(1, "100 Trying", "active;expires=60"), s.receive(200),
                  notify(2, "180 Ringing", "active;expires=60"), s.receive(200),
                  notify(3, "200 OK", "terminated;reason=noresource"), s.receive(200), *RELEASED)
    with boss, us(program, folder) as telephone:
        first = dial(telephone, boss)
        telephone.do("--transfer", "sip:2002@127.0.0.1:9")
        telephone.ended(first)
        boss.wait()
        said = [line for line in telephone.stop() if "transfer to 2002" in line]
        assert ["180" in said[0], "200" in said[1]] == [True, True], said


def our_request_fails(program, folder):
    """A busy target, then one who knows no REFER: the call goes on each time."""
    boss = callee(folder, "transferee", *ANSWERED,
                  s.receive_request("REFER"), s.respond(202, "Accepted", tag=""),
                  notify(1, "486 Busy Here", "terminated;reason=noresource"), s.receive(200),
                  s.receive_request("REFER"), s.respond(603, "Decline", tag=""), *RELEASED)
    with boss, us(program, folder) as telephone:
        first = dial(telephone, boss)
        telephone.do("--transfer", "sip:2002@127.0.0.1:9")
        telephone.wait_for_call("not transferred", lambda call: call["transfer_code"] == 486)
        telephone.do("--transfer", "sip:2003@127.0.0.1:9")
        telephone.wait_for_call("not transferred either", lambda call: call["transfer_code"] == 603)
        assert telephone.calls()[0]["state"] == "active"
        telephone.hang_up(first)
        boss.wait()
        telephone.stop()


def replaced(program, folder):
    """RFC 3891: a call that is to replace another one is answered as that was, which then ends. One
    that is not there, or is only early, is not replaced."""
    with (us(program, folder) as telephone, Phone(user="first") as first,
          Phone(user="second") as second):
        sdp = offer(("127.0.0.1", 9))
        to = telephone.daemon.sip
        invite = first.request("INVITE", to, body=sdp)
        first.send(invite, to)
        old = telephone.rings("first")
        telephone.client.send(f"CALL_ANS:{old}")
        call = PhoneCall(first, invite, to)
        call.answered(first.expect_status(200, "INVITE"))
        telephone.answered(old)
        tags = [header.partition(";tag=")[2] for header in (call.answer["To"], invite["From"])]
        replaces = "%s;to-tag=%s;from-tag=%s" % (invite["Call-ID"], *tags)
        for wrong, status in ((replaces + "x", 481), (replaces + ";early-only", 486),
                              ("nonsense", 400)):
            refused = second.request("INVITE", to, body=sdp, Replaces=wrong, Require="replaces")
            second.send(refused, to)
            second.expect_status(status, "INVITE")
        invite = second.request("INVITE", to, body=sdp, Replaces=replaces, Require="replaces")
        second.send(invite, to)
        taking = PhoneCall(second, invite, to)
        taking.answered(second.expect_status(200, "INVITE"))
        bye = first.expect_request("BYE")
        first.send(SipMessage("SIP/2.0 200 OK", [(name, bye[name]) for name in (
            "Via", "From", "To", "Call-ID", "CSeq")]), to)
        telephone.ended(old)
        wait_until(lambda: len(telephone.calls()) == 1, "one call is left")
        call, = telephone.calls()
        assert (call["number"], call["state"]) == ("second", "active"), call
        assert call["owner"].startswith("client:"), call
        taking.hang_up()
        telephone.stop()


if __name__ == "__main__":
    cases.run(we_are_transferred, our_transfer_fails, nobody_attends, attended_to_us, we_transfer,
              our_request_fails, replaced)
