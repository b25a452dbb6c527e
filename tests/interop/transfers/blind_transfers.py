#!/usr/bin/env python3
"""Blind transfers at one Kamailio in which a softphone of others has each of the parts."""

import os

from peers import cases
from peers.exchange import Exchange
from peers.party import BaresipParty, LinphoneParty
from peers.telephone import talk


def is_transferred(kind, program, folder):
    """By us to another of us: it calls there, tells us of it, and our call is over."""
    with (Exchange(program, folder) as exchange, exchange.telephone("200") as telephone,
          exchange.telephone("201", "tls") as target, kind(folder, "300", 600, exchange) as softphone):
        call_id = telephone.dial("300")
        softphone.picks_up()
        telephone.answered(call_id)
        telephone.do("--transfer", "201")
        theirs = target.answer("300")
        telephone.ended(call_id)
        target.hears(theirs, softphone.frequency)
        target.hang_up(theirs)
        telephone.stop()
        target.stop()


def transfers_us(kind, program, folder):
    with (Exchange(program, folder) as exchange, exchange.telephone("200", "tcp") as telephone,
          exchange.telephone("201") as target, kind(folder, "300", 600, exchange) as softphone):
        call_id = softphone.calls(telephone, "sip:200@one.example")
        softphone.transfers_to("sip:201@one.example")
        second = telephone.client.expect("DIALING:201##")
        theirs = target.answer("200")
        telephone.answered(second)
        telephone.ended(call_id)
        talk((telephone, second), (target, theirs))
        target.hang_up(theirs)
        telephone.ended(second)
        telephone.stop()
        target.stop()


def is_the_target(kind, program, folder):
    with (Exchange(program, folder) as exchange, exchange.telephone("200") as telephone,
          exchange.telephone("201", "tls") as transferee,
          kind(folder, "300", 600, exchange) as softphone):
        ours = telephone.dial("201")
        theirs = transferee.answer("200")
        telephone.answered(ours)
        telephone.do("--transfer", "300")
        second = transferee.client.expect("DIALING:300##")
        softphone.picks_up()
        transferee.answered(second)
        telephone.ended(ours)
        transferee.ended(theirs)
        transferee.hears(second, softphone.frequency)
        softphone.hangs_up()
        transferee.ended(second)
        telephone.stop()
        transferee.stop()


def all_parts(kind, program, folder):
    for part in (is_transferred, transfers_us, is_the_target):
        own = os.path.join(folder, part.__name__)
        os.mkdir(own)
        part(kind, program, own)


def by_baresip(program, folder):
    all_parts(BaresipParty, program, folder)


def by_linphone(program, folder):
    all_parts(LinphoneParty, program, folder)


if __name__ == "__main__":
    cases.run(by_baresip, by_linphone)
