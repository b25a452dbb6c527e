"""Scenarios for SIPp, put together of steps. Those of a caller and of a callee differ in where the
fields of a dialog come from (RFC 3261, 12.1)."""

import os
from xml.sax.saxutils import escape, quoteattr

OFFER = """\
      v=0
      o=peer 1 {version} IN IP4 [local_ip]
      s=-
      c=IN IP4 [media_ip]
      t=0 0
      m=audio [media_port] RTP/AVP 8 0
      a=rtpmap:8 PCMA/8000
      a=rtpmap:0 PCMU/8000
      a={direction}
"""


def sdp(direction="sendrecv", version=1):
    return OFFER.format(direction=direction, version=version)


def _message(head, body="", retransmit=True):
    typed = "      Content-Type: application/sdp\n" if body else ""
    return (f'  <send{" retrans=" + quoteattr("500") if retransmit else ""}>\n    <![CDATA[\n{head}'
            f"{typed}      Content-Length: [len]\n\n{body}    ]]>\n  </send>\n")


def _request(method, uri, cseq, to, more="", transaction=None):
    """CANCEL, and the ACK of a refusal, belong to the INVITE's transaction: 9.1, 17.1.1.3."""
    branch = f"z9hG4bK-[pid]-[call_number]-{transaction or f'{cseq}-{method}'}"
    return (f"      {method} {uri} SIP/2.0\n"
            f"      Via: SIP/2.0/[transport] [local_ip]:[local_port];branch={branch}\n"
            "      Max-Forwards: 70\n"
            "      From: <sip:caller@[local_ip]:[local_port]>;tag=[pid]-[call_number]\n"
            f"      To: <sip:[service]@[remote_ip]:[remote_port]>{to}\n"
            "      Call-ID: [call_id]\n"
            f"      CSeq: {cseq} {method}\n"
            f"{more}"
            "      Contact: <sip:caller@[local_ip]:[local_port]>\n")


def invite(body=None, more="", retransmit=True):
    return _message(_request("INVITE", "sip:[service]@[remote_ip]:[remote_port]", 1, "", more),
                    sdp() if body is None else body, retransmit)


def within(method, cseq, body="", retransmit=True, more=""):
    """A caller's request within the dialog: BYE, a re-INVITE, ACK."""
    return _message(_request(method, "[next_url]", cseq, "[peer_tag_param]", more), body,
                    retransmit and method != "ACK")


def prack(cseq=2, of=1):
    """Of the reliable response that came last."""
    return within("PRACK", cseq, more=f"      RAck: [$rseq] {of} INVITE\n")


def receive_reliable(status):
    """For prack()."""
    return (f'  <recv response="{status}" rrs="true">\n    <action>\n'
            '      <ereg regexp="[0-9]+" search_in="hdr" header="RSeq:" check_it="true" '
            'assign_to="rseq"/>\n    </action>\n  </recv>\n')


def ack(cseq=1, body=""):
    return within("ACK", cseq, body)


def ack_refusal():
    return _message(_request("ACK", "sip:[service]@[remote_ip]:[remote_port]", 1,
                             "[peer_tag_param]", transaction="1-INVITE"), retransmit=False)


def cancel():
    return _message(_request("CANCEL", "sip:[service]@[remote_ip]:[remote_port]", 1, "",
                             transaction="1-INVITE"))


def options():
    return _message(_request("OPTIONS", "sip:[remote_ip]:[remote_port]", 1, "",
                             "      Accept: application/sdp\n"))


def outside(method, more="", body=""):
    """A request without a dialog; `more` says of what type its body is."""
    return _message(_request(method, "sip:[service]@[remote_ip]:[remote_port]", 1, "", more)
                    ).replace("Content-Length: [len]\n\n", f"Content-Length: [len]\n\n{body}")


def respond(status, reason, body="", more="", tag=";tag=[pid]-[call_number]"):
    """A callee's answer to the last request. Final ones to INVITE are repeated until the ACK."""
    return _message(f"      SIP/2.0 {status} {reason}\n"
                    "      [last_Via:]\n"
                    "      [last_From:]\n"
                    f"      [last_To:]{tag}\n"
                    "      [last_Call-ID:]\n"
                    "      [last_CSeq:]\n"
                    f"{more}"
                    "      Contact: <sip:[local_ip]:[local_port]>\n",
                    body, status >= 200 and bool(tag))


def ok_within():
    """To a request within the dialog, which has its tags."""
    return respond(200, "OK", tag="")


def respond_to_invite(status, reason, body="", more="", contact=None):
    """When another request has come meanwhile, which [last_...] would mean."""
    return _message(f"      SIP/2.0 {status} {reason}\n"
                    "      Via: [$invite_via]\n"
                    "      From: [$invite_from]\n"
                    "      To: [$invite_to];tag=[pid]-[call_number]\n"
                    "      [last_Call-ID:]\n"
                    "      CSeq: [$invite_cseq]\n"
                    f"{more}"
                    f"      Contact: {contact or '<sip:[local_ip]:[local_port]>'}\n",
                    body, status >= 200)


def callee_within(method, cseq, body="", more=""):
    """A callee's request within the dialog: From and To change places."""
    return _message(f"      {method} [next_url] SIP/2.0\n"
                    "      Via: SIP/2.0/[transport] [local_ip]:[local_port];"
                    f"branch=z9hG4bK-[pid]-[call_number]-{cseq}-{method}\n"
                    "      Max-Forwards: 70\n"
                    "      From: [$invite_to];tag=[pid]-[call_number]\n"
                    "      To: [$invite_from]\n"
                    "      [last_Call-ID:]\n"
                    f"      CSeq: {cseq} {method}\n"
                    "      Contact: <sip:[local_ip]:[local_port]>\n"
                    f"{more}", body, method != "ACK")


def hang_up():
    return callee_within("BYE", 1)


def remember_invite():
    """In place of receive_request("INVITE"), for respond_to_invite() and hang_up()."""
    fields = (("Via", "via"), ("From", "from"), ("To", "to"), ("CSeq", "cseq"))
    actions = "".join(f'      <ereg regexp=".*" search_in="hdr" header="{name}:" '
                      f'assign_to="invite_{variable}"/>\n' for name, variable in fields)
    names = ",".join(f"invite_{variable}" for _, variable in fields)
    return (f'  <recv request="INVITE" rrs="true">\n    <action>\n{actions}    </action>\n'
            f'  </recv>\n  <Reference variables="{names}"/>\n')


_checks = 0


def _receive(what, optional=False, header=None, body=None, timeout=None):
    """`header` is (name, regular expression); that, and one of the body, must be found."""
    global _checks  # names of variables, which SIPp wants to be different
    actions, names = "", []
    for where, pattern in (("hdr", header), ("body", body)):
        if pattern:
            _checks += 1
            names.append(f"check{_checks}")
            name, regular = pattern if where == "hdr" else (None, pattern)
            named = f" header={quoteattr(name + ':')}" if name else ""
            actions += (f'      <ereg regexp={quoteattr(regular)} search_in="{where}"{named} '
                        f'check_it="true" assign_to="{names[-1]}"/>\n')
    given = what + (' optional="true"' if optional else "") + ' rrs="true"'
    given += f' timeout="{timeout}"' if timeout else ""
    if not actions:
        return f"  <recv {given}/>\n"
    return (f"  <recv {given}>\n    <action>\n{actions}    </action>\n  </recv>\n"
            f'  <Reference variables="{escape(",".join(names))}"/>\n')


def receive(status, **checks):
    return _receive(f'response="{status}"', **checks)


def receive_request(method, **checks):
    return _receive(f'request="{method}"', **checks)


def provisional():
    """What may come before a final response."""
    return "".join(receive(status, optional=True) for status in (100, 180, 183))


def pause(milliseconds):
    return f'  <pause milliseconds="{milliseconds}"/>\n'


def mark(path):
    """This file stands there as soon as this step is reached."""
    return ('  <nop>\n    <action>\n      '
            f'<exec command={quoteattr("touch " + path)}/>\n    </action>\n  </nop>\n')


def write(folder, name, *steps):
    path = os.path.join(folder, f"{name}.xml")
    with open(path, "w", encoding="utf-8") as file:
        file.write('<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE scenario SYSTEM "sipp.dtd">\n'
                   f'<scenario name="{name}">\n{"".join(steps)}</scenario>\n')
    return path
