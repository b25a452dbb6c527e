#!/usr/bin/env python3
"""Accounts at a registrar of others, Kamailio: each transport, each digest, and all that goes wrong."""

from peers import cases, certificates
from peers.account import account, configure
from peers.daemon import Daemon
from peers.kamailio import Kamailio
from peers.waiting import wait_until

USER = "200@one.example"
PASSWORDS = {USER: "open sesame"}
REGISTERED = r"account 200 is registered as 200@one.example at "
FAILED = r"account 200 is not registered: (.*); next try in \d+ s - \w"


def registered_and_gone(program, folder, kamailio, server, transport):
    """It is bound while the daemon runs, and no longer."""
    configure(folder, [account("200", server, transport)],
              **({"sip_tls_ca": kamailio.authority.certificate} if transport == "tls" else {}))
    with Daemon(program, folder) as daemon:
        daemon.has_said(REGISTERED + r"127\.0\.0\.1:\d+ " + transport.upper())
        contact, = kamailio.contacts(USER)
        assert contact["Address"].startswith("sip:200@127.0.0.1:"), contact
        requests = kamailio.requests("REGISTER")
        daemon.stop()
        # One that was challenged, one with the answer.
        assert [each.authorized for each in requests] == [False, True], requests
        assert {each.transport for each in requests} == {transport}, requests
        assert kamailio.contacts(USER) == [], "the daemon did not take its binding back"
        daemon.log_lines()


def over_udp(program, folder):
    with Kamailio(PASSWORDS) as kamailio:
        registered_and_gone(program, folder, kamailio, kamailio.address, "udp")


def over_tcp(program, folder):
    with Kamailio(PASSWORDS) as kamailio:
        registered_and_gone(program, folder, kamailio, kamailio.address, "tcp")


def over_tls(program, folder):
    authority = certificates.Authority(folder)
    with Kamailio(PASSWORDS, tls=authority.sign("pbx", "IP:127.0.0.1")) as kamailio:
        kamailio.authority = authority
        registered_and_gone(program, folder, kamailio, kamailio.tls_address, "tls")


def over_tls_of_strangers(program, folder):
    """The wrong authority, and the wrong name: nothing is told to such a server."""
    authority = certificates.Authority(folder)
    other = certificates.Authority(folder, "Other Authority")
    for certificate, words in ((other.sign("pbx", "IP:127.0.0.1"), "of an authority that is not known here (Other Authority)"),
                               (authority.sign("pbx", "DNS:elsewhere.example"), "for 'elsewhere.example', not for '127.0.0.1'")):
        with Kamailio(PASSWORDS, tls=certificate) as kamailio:
            configure(folder, [account("200", kamailio.tls_address, "tls")],
                      sip_tls_ca=authority.certificate)
            with Daemon(program, folder) as daemon:
                why = daemon.has_said(FAILED)[1]
                assert kamailio.requests() == [], "it spoke with a server that it must not believe"
                assert words in why, why
                daemon.stop()


def digest_sha256(program, folder):
    with Kamailio(PASSWORDS, algorithm="SHA-256") as kamailio:
        registered_and_gone(program, folder, kamailio, kamailio.address, "udp")


def wrong_password(program, folder):
    """It says so, and stops there: servers lock out who tries on and on."""
    with Kamailio(PASSWORDS) as kamailio:
        configure(folder, [account("200", kamailio.address, password="wrong")])
        with Daemon(program, folder) as daemon:
            why = daemon.has_said(FAILED)[1]
            assert why == "the server refuses user name or password for 'one.example'", why
            daemon.stop()
        requests = kamailio.requests("REGISTER")
        assert [each.authorized for each in requests] == [False, True], requests
        assert kamailio.contacts(USER) == []


def refreshed(program, folder):
    """Before the time is over that the server granted, three times."""
    with Kamailio(PASSWORDS, max_expires=4) as kamailio:
        configure(folder, [account("200", kamailio.address)])
        with Daemon(program, folder) as daemon:
            daemon.has_said(REGISTERED)
            first, = kamailio.contacts(USER)
            wait_until(lambda: len(kamailio.requests("REGISTER")) >= 5, "it registers again")
            contact, = kamailio.contacts(USER)
            assert contact["Address"] == first["Address"], (first, contact)
            requests = kamailio.requests("REGISTER")
            # The nonce serves on: nobody is asked twice.
            assert all(each.authorized for each in requests[1:]), requests
            daemon.stop()
            daemon.log_lines()


def interval_too_brief(program, folder):
    """RFC 3261, 10.2.8: 423 says what is enough."""
    with Kamailio(PASSWORDS, min_expires=120) as kamailio:
        configure(folder, [account("200", kamailio.address, expires=60)])
        with Daemon(program, folder) as daemon:
            daemon.has_said(REGISTERED)
            contact, = kamailio.contacts(USER)
            assert 100 < contact["Expires"] <= 120, contact
            daemon.stop()
            daemon.log_lines()
        assert kamailio.contacts(USER) == []


def nonce_too_old(program, folder):
    """Its answer is stale when the time comes to register again: no reason to doubt the password."""
    with Kamailio(PASSWORDS, max_expires=4, nonce_expire=1) as kamailio:
        configure(folder, [account("200", kamailio.address)])
        with Daemon(program, folder) as daemon:
            daemon.has_said(REGISTERED)
            wait_until(lambda: len(kamailio.requests("REGISTER")) >= 6, "it registers again, twice")
            assert len(kamailio.contacts(USER)) == 1
            daemon.stop()
            assert not [line for line in daemon.log_lines() if "is not registered" in line]


def server_restarted(program, folder):
    """It has forgotten who was there, and its nonces; over a connection it was even seen going."""
    for transport in ("udp", "tcp"):
        with Kamailio(PASSWORDS, max_expires=6) as kamailio:
            configure(folder, [account("200", kamailio.address, transport)])
            with Daemon(program, folder) as daemon:
                daemon.has_said(REGISTERED)
                kamailio.restart()
                assert kamailio.contacts(USER) == []
                # If it was tried just then, nobody listened: again after 15 to 30 s.
                kamailio.wait_for_contacts(USER, seconds=40)
                daemon.stop()


def connection_lost(program, folder):
    """Calls would not come any more by a connection that is gone: it is made anew, and registers
    again, long before its time."""
    authority = certificates.Authority(folder)
    with Kamailio(PASSWORDS, tls=authority.sign("pbx", "IP:127.0.0.1")) as kamailio:
        for transport, server in (("tcp", kamailio.address), ("tls", kamailio.tls_address)):
            configure(folder, [account("200", server, transport)],
                      sip_tls_ca=authority.certificate)
            with Daemon(program, folder) as daemon:
                daemon.has_said(REGISTERED)
                kamailio.restart()
                kamailio.wait_for_contacts(USER, seconds=40)
                daemon.stop()


def watches(program, folder):
    """Messages that wait and lamps are asked for in the domain, wherever its server is."""
    with Kamailio(PASSWORDS) as kamailio:
        configure(folder, [account("200", kamailio.address, "tcp", busy_lamps="201")])
        with Daemon(program, folder) as daemon:
            wait_until(lambda: len(kamailio.requests("SUBSCRIBE")) >= 2, "both subscriptions")
            daemon.stop()
        asked = {each.target for each in kamailio.requests("SUBSCRIBE")}
        assert asked == {"sip:200@one.example", "sip:201@one.example"}, asked


def two_accounts(program, folder):
    """Of two domains at one server, each with its own password."""
    with Kamailio({USER: "open sesame", "300@two.example": "other secret"}) as kamailio:
        configure(folder, [account("200", kamailio.address),
                           account("300", kamailio.address, "tcp", "two.example", "other secret")])
        with Daemon(program, folder) as daemon:
            kamailio.wait_for_contacts(USER)
            kamailio.wait_for_contacts("300@two.example")
            daemon.stop()
            assert kamailio.contacts(USER) == kamailio.contacts("300@two.example") == []
            daemon.log_lines()


if __name__ == "__main__":
    cases.run(over_udp, over_tcp, over_tls, over_tls_of_strangers, digest_sha256, wrong_password,
              refreshed, interval_too_brief, nonce_too_old, server_restarted,
              connection_lost, watches, two_accounts)
