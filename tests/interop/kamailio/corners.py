#!/usr/bin/env python3
"""Calls by way of Kamailio that go around corners: from us to us, with both ends doing the same at
once, with transfers that come back."""

import re
import threading

from peers import cases
from peers.account import account
from peers.exchange import SECRET, Exchange
from peers.free_ports import free_range
from peers.kamailio import Kamailio
from peers.telephone import Telephone, talk
from peers.waiting import wait_until


def two_calls(telephone):
    """(ours, theirs) of a call from one account to the other of the same telephone."""
    ours = telephone.dial("201")
    theirs = telephone.rings("200")
    telephone.client.send(f"CALL_ANS:{theirs}")
    telephone.answered(theirs)
    wait_until(lambda: [call["state"] for call in telephone.calls()] == ["active"] * 2,
               "both calls are up")
    return ours, theirs


def to_ourselves(program, folder):
    """One Call-ID, two calls, two tags: the INVITE that comes back is no copy of ours."""
    for transport in ("udp", "tcp", "tls"):
        with Exchange(program, folder) as exchange:
            server = exchange.server(transport)
            accounts = [account(user, server, transport, password=SECRET) for user in ("200", "201")]
            with Telephone(program, folder, accounts, name=f"both-{transport}",
                           sip_tls_ca=exchange.authority.certificate) as telephone:
                ours, theirs = two_calls(telephone)
                assert ours != theirs
                telephone.says(ours, 440)
                telephone.hears(theirs, 440)
                telephone.do("--hold", "1")
                wait_until(lambda: telephone.calls()[1]["held_by_far_end"], "its other end is held")
                telephone.do("--unhold", "1")
                wait_until(lambda: not telephone.calls()[1]["held_by_far_end"], "it is resumed")
                telephone.hang_up(theirs)
                telephone.ended(ours)
                telephone.stop()


def one_user_of_two_domains(program, folder):
    """Of two accounts with the same user at the same server, each call is shown as that of its own:
    the Contacts differ, and the proxy brings back what they say."""
    users = [f"{user}@{domain}" for user in ("200", "201") for domain in ("one.example", "two.example")]
    with Kamailio({user: SECRET for user in users}) as kamailio:
        def of(user, domain):
            return account(user, kamailio.address, domain=f"{domain}.example", password=SECRET,
                           name=domain)

        with Telephone(program, folder, [of("200", "one"), of("200", "two")], name="both") as both_of_200:
            lines = [re.search(r";line=\w+", kamailio.contacts(f"200@{domain}.example")[0]["Address"])[0]
                     for domain in ("one", "two")]
            assert lines[0] != lines[1], lines
            for domain in ("two", "one"):
                with Telephone(program, folder, [of("201", domain)], name=f"caller-{domain}") as caller:
                    ours = caller.dial("200")
                    theirs = both_of_200.answer("201")
                    caller.answered(ours)
                    call, = both_of_200.calls()
                    assert call["account"] == domain, call
                    caller.hang_up(ours)
                    both_of_200.ended(theirs)
                    caller.stop()
            both_of_200.stop()


def both(*actions):
    threads = [threading.Thread(target=action) for action in actions]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def both_hold(program, folder):
    """RFC 3261, 14.1: who meets the other's re-INVITE waits and tries again."""
    with (Exchange(program, folder) as exchange, exchange.telephone("200", "tls") as caller,
          exchange.telephone("201") as called):
        ours = caller.dial("201")
        theirs = called.answer("200")
        caller.answered(ours)
        for _ in range(3):
            both(lambda: caller.do("--hold"), lambda: called.do("--hold"))
            for each in (caller, called):
                each.wait_for_call("held by both",
                                   lambda call: call["held"] and call["held_by_far_end"])
            both(lambda: caller.do("--unhold"), lambda: called.do("--unhold"))
            for each in (caller, called):
                each.wait_for_call("held by nobody",
                                   lambda call: not call["held"] and not call["held_by_far_end"])
        talk((caller, ours), (called, theirs))
        caller.hang_up(ours)
        called.ended(theirs)
        caller.stop()
        called.stop()


def both_hang_up(program, folder):
    with (Exchange(program, folder) as exchange, exchange.telephone("200") as caller,
          exchange.telephone("201", "tcp") as called):
        ours = caller.dial("201")
        theirs = called.answer("200")
        caller.answered(ours)
        caller.client.send(f"HANGUP:{ours}")
        called.client.send(f"HANGUP:{theirs}")
        caller.ended(ours)
        called.ended(theirs)
        caller.stop()
        called.stop()


def transfer_that_fails(program, folder):
    """To one who is busy: both keep the call they have, and speak on."""
    with (Exchange(program, folder) as exchange, exchange.telephone("200", "tcp") as telephone,
          exchange.telephone("201", "tls") as transferee, exchange.telephone("202") as busy):
        ours = telephone.dial("201")
        theirs = transferee.answer("200")
        telephone.answered(ours)
        telephone.do("--transfer", "202")
        busy.client.send(f"CALL_IGNORE:{busy.rings('201')}")
        telephone.wait_for_call("not transferred", lambda call: call["transfer"] == "failed")
        assert telephone.calls()[0]["transfer_code"] == 486, telephone.calls()
        talk((telephone, ours), (transferee, theirs))
        telephone.do("--transfer", "299")
        telephone.wait_for_call("nobody there", lambda call: call["transfer_code"] == 404)
        telephone.do("--transfer", "200")  # back to where it came from, which is us
        third = telephone.rings("201")
        telephone.client.send(f"CALL_ANS:{third}")
        telephone.ended(ours)
        transferee.ended(theirs)
        call = transferee.wait_for_call("with us again", lambda call: call["state"] == "active")
        assert (call["number"], call["direction"]) == ("200", "out"), call
        telephone.hang_up(third)
        wait_until(lambda: transferee.calls() == [], "it is over")
        for each in (telephone, transferee, busy):
            each.stop()


def by_outbound_proxy(program, folder):
    """The domain has no address of its own: all goes to the proxy, which is the first Route; the
    Service-Route of the registrar follows (RFC 3608)."""
    with Exchange(program, folder, service_route="<sip:edge.example;lr>") as exchange:
        def telephone(user, transport):
            proxied = {"name": user, "user": user, "domain": "one.example", "transport": transport,
                       "outbound_proxy": exchange.server(transport), "password": SECRET}
            return Telephone(program, folder, [proxied], sip_tls_ca=exchange.authority.certificate)

        with telephone("200", "tls") as caller, telephone("201", "udp") as called:
            ours = caller.dial("201")
            theirs = called.answer("200")
            caller.answered(ours)
            talk((caller, ours), (called, theirs))
            called.hang_up(theirs)
            caller.ended(ours)
            caller.stop()
            called.stop()
        kamailio = exchange.kamailio
        assert {each.target for each in kamailio.requests("REGISTER")} == {"sip:one.example"}
        kamailio.wait_for_line(rf"route of INVITE: <sip:{kamailio.tls_address};\S*lr\S*>")
        kamailio.wait_for_line(r"route of INVITE: .*<sip:edge\.example;lr>")


def over_ipv6(program, folder):
    with Exchange(program, folder, ipv6=True) as exchange:
        for transport in ("udp", "tcp"):
            def telephone(user, by=transport):
                server = f"[::1]:{exchange.kamailio.port}"
                return Telephone(program, folder, [account(user, server, by, password=SECRET)],
                                 "--sip-address", "::1", "--auto-answer-after", "never",
                                 name=f"{user}-{by}")

            with telephone("200") as caller, telephone("201") as called:
                ours = caller.dial("201")
                theirs = called.answer("200")
                caller.answered(ours)
                talk((caller, ours), (called, theirs))
                caller.do("--hold")
                called.wait_for_call("held", lambda call: call["held_by_far_end"])
                caller.hang_up(ours)
                called.ended(theirs)
                caller.stop()
                called.stop()


def killed_in_mid_call(program, folder):
    """The one who is killed says nothing; the other's RTP time-out ends the call."""
    port = free_range(4)  # which no other test's call takes once it is free, and then talks to us
    with (Exchange(program, folder) as exchange, exchange.telephone("200", rtp_timeout=5) as caller,
          exchange.telephone("201", "tcp", rtp_ports=f"{port}-{port + 3}") as called):
        ours = caller.dial("201")
        called.answer("200")
        caller.answered(ours)
        called.daemon.kill()
        caller.ended(ours)
        said = caller.stop()
        assert any("RTP time-out" in line for line in said), "the log does not say why"


if __name__ == "__main__":
    cases.run(to_ourselves, one_user_of_two_domains, both_hold, both_hang_up, transfer_that_fails, by_outbound_proxy,
              over_ipv6, killed_in_mid_call)
