// HeardCall: a call with a far end, and a program that listens to its packets.
#pragma once

#include "MediaRig.h"

namespace hs::test {

inline std::vector<std::byte> payloads(const Ear& ear, model::CallId call = 1)
{
    std::vector<std::byte> all;
    for (const HeardFrame& frame : ear.frames) {
        if (frame.call == call && frame.kind == media::TapFrame::Kind::Packet) {
            all.insert(all.end(), frame.bytes.begin(), frame.bytes.end());
        }
    }
    return all;
}

struct HeardCall {
    MediaRig rig;
    Ear ear;
    std::unique_ptr<media::MediaSession> session;

    HeardCall()
        : session(rig.call(rig.peer))
    {
        rig.engine.addTap(ear);
        session->setListeners(1, 0);
        rig.advance(20ms);
    }
    void talk(RtpPeer& peer, int packets)
    {
        for (int i = 0; i < packets; ++i) {
            peer.send();
            rig.advance(20ms);
        }
    }
};

} // namespace hs::test
