// FarEnd: a scripted caller at 192.0.2.9, with its SIP and its RTP; what it offers, and the
// settings of a machine that answers it.
#pragma once

#include "scenario/calls/CallAgent.h"
#include "support/UaFixture.h"
#include "unit/media/MediaRig.h"

namespace hs::test {

inline QByteArray offer(const char* address = "192.0.2.9", int port = 4000,
                        const char* formats = "8 0", const char* extra = "")
{
    return QByteArray("v=0\r\no=- 1 1 IN IP4 ") + address + "\r\ns=-\r\nc=IN IP4 " + address
        + "\r\nt=0 0\r\nm=audio " + QByteArray::number(port) + " RTP/AVP " + formats + "\r\n"
        + extra;
}

inline call::CallSettings machine(int after = 0)
{
    call::CallSettings settings;
    settings.autoAnswerAfter = std::chrono::seconds(after);
    settings.greeting = clip(squareWave(12000, 1000));
    return settings;
}

struct FarEnd {
    FarEnd(World& theWorld, const CallAgent& agent)
        : world(theWorld)
        , sip(world.network, endpoint("192.0.2.9", 5060), agent.sip())
        , rtp(world.scheduler, world.network, endpoint("192.0.2.9", 4000))
    {
    }

    void invite(const QByteArray& sdp = offer(), const QByteArray& callId = "call-1",
                const QByteArray& branch = "z9hG4bK-1")
    {
        sip.send(inviteText(branch, callId, {}, sdp));
        world.settle();
        responses = sip.takeResponses();
        tag = responses.isEmpty() ? QByteArray() : toTagOf(responses.last());
        callIdInUse = callId;
    }
    void request(const QByteArray& method, int sequence, const QByteArray& sdp = {})
    {
        sip.send(inDialogText(method, sequence, "z9hG4bK-r" + QByteArray::number(++branches), tag,
                              callIdInUse, sdp));
        world.settle();
        responses = sip.takeResponses();
    }
    int lastCode() const { return responses.isEmpty() ? 0 : responses.last().statusCode; }

    World& world;
    SipPeer sip;
    RtpPeer rtp;
    QList<sip::Response> responses;
    QByteArray tag;
    QByteArray callIdInUse;
    int branches = 0;
};

// Of all that has come meanwhile; an empty method if there is none.
inline sip::Request takeInvite(SipPeer& far)
{
    for (const sip::Request& request : far.takeRequests()) {
        if (request.method == "INVITE") {
            return request;
        }
    }
    return {};
}

} // namespace hs::test
