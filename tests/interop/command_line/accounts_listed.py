#!/usr/bin/env python3
"""--accounts: how each account is, for people and for programs."""

import json
from datetime import datetime, timezone

from peers import cases
from peers.account import account
from peers.exchange import Exchange
from peers.phone import Phone
from peers.telephone import Telephone
from peers.waiting import wait_until


def listed(telephone):
    return {each["name"]: each for each in json.loads(telephone.do("--accounts", "--json"))}


def seconds_until(iso):
    at = datetime.fromisoformat(iso.replace("Z", "+00:00"))
    return (at - datetime.now(timezone.utc)).total_seconds()


def notify(phone, telephone, summary):
    """As a server does that tells of messages unasked (RFC 3842)."""
    told = phone.request("NOTIFY", telephone.daemon.sip, Event="message-summary",
                         To="<sip:200@one.example>", body=summary.encode(),
                         **{"Subscription-State": "active",
                            "Content-Type": "application/simple-message-summary"})
    phone.send(told, telephone.daemon.sip)
    phone.expect_status(200, "NOTIFY")


def registered(program, folder):
    with Exchange(program, folder) as exchange, Phone() as phone:
        with exchange.telephone("200") as telephone:
            known, = listed(telephone).values()
            assert (known["name"], known["state"], known["default"]) == ("200", "registered", True)
            assert known["address_of_record"] == "200@one.example", known
            assert 500 < seconds_until(known["registered_until"]) <= 600, known
            assert known["server"] == f"{exchange.kamailio.address} UDP", known
            assert (known["next_try_at"], known["new_messages"], known["problem"]) == (
                None, None, ""), known
            notify(phone, telephone, "Messages-Waiting: yes\r\nVoice-Message: 2/5\r\n")
            known, = listed(telephone).values()
            assert (known["new_messages"], known["old_messages"]) == (2, 5), known
            head, row = telephone.do("--accounts").splitlines()
            for title, text in (("NAME", "200 "), ("STATE", "registered "), ("NEXT TRY", "- "),
                                ("VOICE MAIL", "2 new, 5 old "), ("PROBLEM", "-")):
                assert row[head.index(title):].startswith(text), (title, row)
            telephone.stop()


def failing(program, folder):
    """A wrong password, beside an account that only calls."""
    with Exchange(program, folder) as exchange:
        accounts = [account("201", exchange.server("udp"), password="wrong"),
                    account("202", exchange.server("tcp"), "tcp", register="no")]
        telephone = Telephone(program, folder, accounts)
        try:
            failed = wait_until(lambda: (each := listed(telephone)["201"])["state"] == "failed"
                                and each, "201 fails")
            assert "password" in failed["problem"] and failed["sip_code"] == 401, failed
            assert failed["registered_until"] is None, failed
            assert 1000 < seconds_until(failed["next_try_at"]) <= 1800, failed
            wait_until(lambda: listed(telephone)["202"]["state"] == "reachable", "202 is reachable")
            rows = telephone.do("--accounts").splitlines()
            assert rows[1].endswith(failed["problem"]) and "reachable" in rows[2], rows
            telephone.stop()
        finally:
            telephone.__exit__(False)


if __name__ == "__main__":
    cases.run(registered, failing)
