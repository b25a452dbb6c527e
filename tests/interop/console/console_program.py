#!/usr/bin/env python3
"""The console as a program: a call rings in it, a second start brings it to the front, a signal ends it
as it ends the daemon."""

import signal

from peers import call_log, cases
from peers.console import Console, start_another
from peers.phone import Phone, offer


def let_it_ring(phone, console):
    invite = phone.request("INVITE", console.sip, body=offer(phone.address))
    phone.send(invite, console.sip)
    phone.expect_status(180, "INVITE")


def sigterm_while_it_rings(program, folder):
    """Nobody is asked whether the call shall be ended: nobody may be there."""
    with Phone(user="caller") as phone, Console(program, folder) as console:
        let_it_ring(phone, console)
        console.signal(signal.SIGTERM)
        phone.expect_status(480, "INVITE")
        console.wait_for_end(signal.SIGTERM)
        row, = call_log.calls(console.files.db)
        assert (row["state"], row["cut_off"], row["final_code"]) == ("ended", 0, 480), row
        assert row["missed"] == 1, row
        console.log_lines()


def second_start(program, folder):
    with Console(program, folder) as console:
        code, said = start_another(program, folder, "sip:100@127.0.0.1")
        assert (code, said) == (0, ""), f"exit code {code}; it said:\n{said}"
        assert console.is_alive()
        console.stop()
        console.log_lines()


def second_start_beside_one_that_hangs(program, folder):
    """It does not end without a word, but opens a window that says what is the matter."""
    with Console(program, folder) as console:
        console.signal(signal.SIGSTOP)
        code, _ = start_another(program, folder, seconds=5)
        assert code is None, f"it ended with exit code {code}"
        console.signal(signal.SIGCONT)
        console.stop()


if __name__ == "__main__":
    cases.run(sigterm_while_it_rings, second_start, second_start_beside_one_that_hangs)
