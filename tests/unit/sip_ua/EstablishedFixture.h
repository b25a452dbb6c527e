// EstablishedFixture: a call that came from the fixture's peer, answered and acknowledged.
#pragma once

#include "support/UaFixture.h"

namespace hs::test {

struct EstablishedFixture : UaFixture {
    // `extra`: header lines of the INVITE, each ending in LF.
    explicit EstablishedFixture(const QByteArray& extra = {})
        : UaFixture(Policy::Accept)
    {
        peer.send(inviteText("z9hG4bK-1", "call-1", extra));
        run();
        ok = peer.takeResponses().last();
        tag = toTagOf(ok);
        peer.send(inDialogText("ACK", 1, "z9hG4bK-ack", tag));
        run();
        sessionLog.lines.clear();
    }

    // Their re-INVITE; the final code that it gets.
    int reinvite(int sequence)
    {
        const QByteArray branch = "z9hG4bK-re" + QByteArray::number(sequence);
        peer.send(inDialogText("INVITE", sequence, branch, tag, "call-1", someOffer));
        run();
        const int code = peer.takeResponses().last().statusCode;
        peer.send(inDialogText("ACK", sequence, code == 200 ? branch + "a" : branch, tag));
        run();
        return code;
    }

    sip::Response ok;
    QByteArray tag;
};

} // namespace hs::test
