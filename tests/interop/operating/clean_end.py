#!/usr/bin/env python3
"""SIGTERM and SIGINT in mid-call: far ends are told, programs are told, recordings and the call log are
complete; what was to be said is said within seconds."""

import signal

from peers import call_log, cases
from peers.daemon import Daemon
from peers.phone import Phone, offer
from peers.recordings import only_recording
from peers.rtp import RtpEnd
from peers.sip_message import address_of
from peers.sipp import Sipp
from peers.sound import peak
from peers.websocket_client import WebSocketClient


def begin_to_ring(client, ringing):
    client.send(f"CALL:{ringing.uri}")
    client.expect("DIALING:callee##")
    invite = ringing.expect_request("INVITE")
    ringing.respond(invite, 180, "Ringing")
    client.expect("CALL_IGNORE:")  # it rings
    return invite


def play_the_callees_part(ringing, invite):
    back = address_of(invite.contact)
    ringing.respond(ringing.expect_request("CANCEL"), 200, "OK", to=back)
    ringing.respond(invite, 487, "Request Terminated", to=back)
    ringing.expect_request("ACK")


def ended_by(program, folder, by):
    with (Phone(user="callee") as ringing, Phone(user="caller") as talking, RtpEnd() as media,
          Daemon(program, folder) as daemon):
        client = WebSocketClient(*daemon.ws, "/?rtp=off")
        call = talking.call(daemon.sip, offer(media.address))
        call_id = client.expect("CALL_ANS:")
        invite = begin_to_ring(client, ringing)
        assert len(media.hear_for(0.5)) > 20, "no greeting is heard"
        daemon.signal(by)
        play_the_callees_part(ringing, invite)
        bye = talking.expect_request("BYE")
        assert bye["From"] == call.answer["To"], "the BYE is of another dialog"
        talking.respond(bye, 200, "OK", to=daemon.sip)
        daemon.wait_for_end(by)
        client.expect_closed(1001)  # RFC 6455, 7.4.1: going away
        assert f"BYE:{call_id}" in client.others, client.others
        incoming, outgoing = call_log.calls(daemon.files.db)
        for row in (incoming, outgoing):
            assert row["state"] == "ended" and row["cut_off"] == 0, row
            assert row["ended_by"] == "machine" and row["ended_at"] >= row["started_at"], row
        assert (incoming["final_code"], outgoing["final_code"]) == (200, 487), outgoing["final_code"]
        _, right = only_recording(daemon.recordings, "in", "caller")
        assert peak(right) > 1000, "the greeting is not in the recording"
        daemon.log_lines()


def by_sigterm(program, folder):
    ended_by(program, folder, signal.SIGTERM)


def by_sigint(program, folder):
    ended_by(program, folder, signal.SIGINT)


def deaf_far_end(program, folder):
    """A far end that never answers the BYE keeps nobody waiting."""
    with (Daemon(program, folder) as daemon,
          Sipp(folder, "uac", "-d", "60000", daemon.sip_address) as far_end):
        daemon.wait_for_line("answered by machine")
        far_end.pause()
        daemon.stop()
        row, = call_log.calls(daemon.files.db)
        assert (row["state"], row["cut_off"]) == ("ended", 0), row
        only_recording(daemon.recordings)
        daemon.log_lines()


if __name__ == "__main__":
    cases.run(by_sigterm, by_sigint, deaf_far_end)
