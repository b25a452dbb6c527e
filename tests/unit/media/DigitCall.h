// DigitCall: a call that has agreed on telephone-events (RFC 4733), with what it tells of digits,
// and a far end that sends them packet by packet.
#pragma once

#include "MediaRig.h"
#include "rtp/TelephoneEventSender.h"

#include <QByteArrayList>

namespace hs::test {

inline media::MediaParameters withEvents(media::MediaParameters parameters, int type = 101)
{
    parameters.eventType = type;
    parameters.receivedEventTypes = {type, -1};
    return parameters;
}

// What a session tells: "5:100" for an event, "5~100" for a tone, "5" for one that is being sent.
struct Told {
    QByteArrayList received;
    QByteArray digits;
    QByteArray sent;

    explicit Told(media::MediaSession& session)
    {
        session.setEvents({.digitReceived =
                               [this](char digit, int ms, media::DigitMethod how) {
                                   digits.append(digit);
                                   received.append(
                                       digit
                                       + QByteArray(how == media::DigitMethod::InBand ? "~" : ":")
                                       + QByteArray::number(ms));
                               },
                           .digitSent = [this](char digit) { sent.append(digit); }});
    }
};

struct DigitCall {
    MediaRig rig;
    std::unique_ptr<media::MediaSession> session;
    Told told;

    DigitCall()
        : session(rig.call(rig.peer))
        , told(*session)
    {
        session->setParameters(withEvents(rig.parametersFor(rig.peer)));
        rig.advance(20ms);
    }
    void talk(int packets)
    {
        for (int i = 0; i < packets; ++i) {
            rig.peer.send();
            rig.advance(20ms);
        }
    }
    // The far end's digit of so many slots; its audio stops for that long and two more.
    void dial(char digit, int slots = 5)
    {
        rtp::TelephoneEventSender sender;
        sender.begin(*rtp::eventOf(digit), 10, rig.peer.header.timestamp,
                     static_cast<std::uint32_t>(slots) * 160);
        while (sender.isActive()) {
            send(sender.packet(160));
            rig.advance(20ms);
        }
    }
    void send(const rtp::TelephoneEventSender::Packet& packet)
    {
        std::vector<std::byte> datagram(16);
        rtp::RtpHeader header = rig.peer.header;
        header.payloadType = 101;
        header.marker = packet.marker;
        header.timestamp = packet.timestamp;
        rtp::writeRtp(datagram, header, packet.event.toBytes());
        rig.peer.sendRaw(datagram);
        ++rig.peer.header.sequence;
        rig.peer.skip(160);
    }
    std::vector<HeardPacket> events() const
    {
        std::vector<HeardPacket> all;
        std::ranges::copy_if(rig.peer.heard, std::back_inserter(all),
                             [](const HeardPacket& one) { return one.header.payloadType == 101; });
        return all;
    }
};

} // namespace hs::test
