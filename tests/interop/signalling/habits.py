#!/usr/bin/env python3
"""What telephones and PBXs do beside the main road: digits by INFO, holds of old, intercom calls, who
has called whom, texts, silence; SIPp does it as they would."""

from peers import call_log, cases
from peers import scenario as s
from peers.account import account
from peers.phone import Phone, PhoneCall, offer
from peers.sip_message import SipMessage
from peers.sipp import Sipp
from peers.telephone import Telephone

NOWHERE = offer(("127.0.0.1", 9))


def us(program, folder, *options, accounts=(), **keys):
    return Telephone(program, folder, list(accounts), *options, name="us", **keys)


def caller(folder, name, telephone, *steps):
    return Sipp(folder, s.write(folder, name, *steps), "-s", "1000", telephone.daemon.sip_address)


def info(cseq, kind, body):
    return s.within("INFO", cseq, more=f"      Content-Type: application/{kind}\n").replace(
        "Content-Length: [len]\n\n", f"Content-Length: [len]\n\n{body}")


def digits_by_info_come(program, folder):
    """As Cisco has it, with blanks and without; as others do; and what is no digit."""
    steps = (s.invite(), s.provisional(), s.receive(200), s.ack(),
             info(2, "dtmf-relay", "      Signal=5\n      Duration=160\n"), s.receive(200),
             info(3, "dtmf-relay", "      Signal= *\n      Duration= 250\n"), s.receive(200),
             info(4, "dtmf", "      9"), s.receive(200),
             info(5, "media_control+xml", "      <media_control/>\n"), s.receive(415),
             s.within("INFO", 6), s.receive(200),
             s.within("BYE", 7), s.receive(200))
    with us(program, folder, "--auto-answer-after", "0") as telephone:
        with caller(folder, "info", telephone, *steps) as far_end:
            far_end.wait()
        telephone.stop()
        digits = [line.partition("received digit ")[2][:1] for line in telephone.daemon.output
                  if "received digit" in line]
        assert digits == ["5", "*", "9"], digits


def digits_by_info_go(program, folder):
    """To one whose audio has no telephone-events, but who knows INFO; a refusal ends them."""
    steps = (s.remember_invite(),
             s.respond(200, "OK", s.sdp(), "      Allow: INVITE, ACK, BYE, CANCEL, INFO\n"),
             s.receive_request("ACK"),
             s.receive_request("INFO", body="Signal=1", header=("Content-Type", "dtmf-relay")),
             s.ok_within(), s.receive_request("INFO", body="Signal=#"), s.ok_within(),
             s.receive_request("INFO", body="Signal=A"), s.respond(415, "Unsupported", tag=""),
             s.receive_request("BYE"), s.ok_within())
    with us(program, folder) as telephone, Sipp(folder, s.write(folder, "info", *steps)) as far_end:
        call_id = telephone.dial(f"sip:1001@127.0.0.1:{far_end.port}")
        telephone.answered(call_id)
        telephone.do("--dtmf", "1#A2")
        telephone.daemon.has_said("415")
        telephone.hang_up(call_id)
        far_end.wait()
        telephone.stop()


def digits_as_the_account_has_it(program, folder):
    """By INFO also where the call came to us, and though its audio has telephone-events."""
    with Phone(user="pbx") as pbx:
        known = [account("1000", "127.0.0.1:%d" % pbx.address[1], register="no", dtmf="info")]
        with us(program, folder, "--auto-answer-after", "0", accounts=known) as telephone:
            events = offer(("127.0.0.1", 9), "8 101", "a=rtpmap:101 telephone-event/8000")
            call = pbx.call(telephone.daemon.sip, events)
            telephone.do("--dtmf", "5")
            asked = pbx.expect_request("INFO")
            assert b"Signal=5" in asked.body, asked.body
            pbx.respond(asked, 200, "OK", to=telephone.daemon.sip)
            call.hang_up()
            telephone.stop()


def holds_of_old(program, folder):
    """c=0.0.0.0 of RFC 2543, port 0 not among them; inactive; and back."""
    nowhere = s.sdp(version=2).replace("c=IN IP4 [media_ip]", "c=IN IP4 0.0.0.0")
    steps = (s.invite(), s.provisional(), s.receive(200), s.ack(),
             s.within("INVITE", 2, nowhere), s.provisional(),
             s.receive(200, body="a=(recvonly|inactive)"), s.ack(2),
             s.within("INVITE", 3, s.sdp("sendrecv", 3)), s.provisional(), s.receive(200), s.ack(3),
             s.within("INVITE", 4, s.sdp("inactive", 4)), s.provisional(),
             s.receive(200, body="a=inactive"), s.ack(4),
             s.within("BYE", 5), s.receive(200))
    with us(program, folder, "--auto-answer-after", "0") as telephone:
        with caller(folder, "holds", telephone, *steps) as far_end:
            far_end.wait()
        telephone.stop()
        states = [line.partition(" is ")[2].partition(" ")[0] for line in telephone.daemon.output
                  if line.partition(" is ")[2].startswith(("held", "active"))]
        assert states == ["active", "held", "active", "held"], states


def intercom(program, folder):
    """Alert-Info, Call-Info and Answer-Mode let the account's own server have a call answered at
    once; nobody else may."""
    wishes = ("Alert-Info: <http://www.notused.com>;info=alert-autoanswer;delay=0",
              "Alert-Info: <sip:pbx>;info=intercom", "Call-Info: <sip:pbx>;answer-after=0",
              "Answer-Mode: Auto")
    with Phone(user="pbx") as pbx:
        known = [account("1000", "127.0.0.1:%d" % pbx.address[1], register="no")]
        for accounts, answers in ((known, True), ((), False)):
            with us(program, folder, accounts=accounts) as telephone:
                for wish in wishes:
                    name, _, value = wish.partition(": ")
                    invite = pbx.request("INVITE", telephone.daemon.sip, body=NOWHERE,
                                         **{name: value})
                    pbx.send(invite, telephone.daemon.sip)
                    if answers:
                        call = PhoneCall(pbx, invite, telephone.daemon.sip)
                        call.answered(pbx.expect_status(200, "INVITE"))
                        call.hang_up()
                    else:
                        pbx.expect_status(180, "INVITE")
                states = [call["state"] for call in telephone.calls()]
                assert states == ([] if answers else ["ringing_in"] * len(wishes)), states
                telephone.stop()


def who_calls_whom(program, folder):
    """P-Asserted-Identity of the account's server, not of anybody; Diversion of RFC 5806."""
    headers = {"P-Asserted-Identity": '"Anna Asserted" <sip:4711@pbx.example>',
               "Diversion": "<sip:reception@pbx.example>;reason=unconditional"}
    with Phone(user="from") as pbx:
        known = [account("1000", "127.0.0.1:%d" % pbx.address[1], register="no")]
        for accounts, number, name in ((known, "4711", "Anna Asserted"), ((), "from", "")):
            with us(program, folder, accounts=accounts) as telephone:
                pbx.send(pbx.request("INVITE", telephone.daemon.sip, body=NOWHERE, **headers),
                         telephone.daemon.sip)
                pbx.expect_status(180, "INVITE")
                call, = telephone.calls()
                assert (call["number"], call["display_name"]) == (number, name), call
                assert call["diverted_by"] == "reception", call
                telephone.stop()


def text(program, folder):
    """RFC 3428: for an account, from its server."""
    with Phone(user="pbx") as pbx:
        known = [account("1000", "127.0.0.1:%d" % pbx.address[1], register="no")]
        with us(program, folder, accounts=known) as telephone:
            message = pbx.request("MESSAGE", telephone.daemon.sip)
            typed = SipMessage(message.start, [*message.headers, ("Content-Type", "text/plain")],
                               "Grüße".encode())
            pbx.send(typed, telephone.daemon.sip)
            status = pbx.expect(lambda each: each.method == "MESSAGE", "answer").status
            assert status == 200, status
            telephone.stop()


def silence(program, folder):
    """Neither RTP nor RTCP: the far end is gone, and is told so all the same."""
    with us(program, folder, "--auto-answer-after", "0", rtp_timeout=5) as telephone:
        with Phone(user="gone") as phone:
            phone.call(telephone.daemon.sip, NOWHERE)
            bye = phone.expect_request("BYE")
            assert "RTP Timeout" in bye["Reason"], bye.headers
            phone.send(SipMessage("SIP/2.0 200 OK", [(name, bye[name]) for name in (
                "Via", "From", "To", "Call-ID", "CSeq")]), telephone.daemon.sip)
            telephone.stop()
        row, = call_log.calls(telephone.daemon.files.db)
        assert row["ended_by"] == "machine" and "for 5 s" in row["reason"], row


if __name__ == "__main__":
    cases.run(digits_by_info_come, digits_by_info_go, digits_as_the_account_has_it, holds_of_old,
              intercom, who_calls_whom, text, silence)
