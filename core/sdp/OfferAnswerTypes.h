// What goes into a negotiation of one audio stream and what comes out of it. Thread: values.
#pragma once

#include "base/Endpoint.h"
#include "sdp/Codec.h"
#include "sdp/Direction.h"
#include "sdp/TelephoneEvents.h"

#include <QByteArray>
#include <QList>
#include <QString>

namespace hs::sdp {

// Our side of the stream.
struct LocalMedia {
    base::IpAddress address; // where we receive; stays ours while on hold
    quint16 port = 0; // RTP; RTCP is the next one
    QList<Codec> codecs; // in order of choice, with the numbers that our offers give them
    int ptimeMs = 20; // what we would like to receive
    // The number of telephone-event/8000 in our offers (RFC 4733); those for other clocks get ones
    // that are free. Nothing: digits don't travel so.
    std::optional<int> eventType = 101;
    // The number of comfort noise in our offers, 13 (RFC 3389); nothing: it is not understood.
    std::optional<int> noiseType;
    // Of an offer the first codec of ours is taken, instead of the offerer's first (which RFC 3264
    // 6.1 recommends).
    bool ownOrderFirst = false;
};

// What both sides agreed on.
struct Negotiated {
    Codec codec; // what we send; with what the far end says of the Opus that it would receive
    int sendPayloadType = -1; // the far end's number for it
    // What may come in: every encoding that both sides listed, under each number that it may have.
    QList<Codec> receivable;
    // Digits beside the audio, if both sides take them so.
    std::optional<TelephoneEvents> events;
    // Under which numbers comfort noise may come in the pauses (RFC 3389), if both sides know it.
    QList<int> noisePayloadTypes;
    // Where to send. Null: nothing must be sent (c=0.0.0.0 or ::, the hold of RFC 2543).
    base::Endpoint remoteRtp;
    base::Endpoint remoteRtcp; // null: no RTCP either
    int packetMs = 20; // 1..60: how much audio a packet of ours holds
    Direction direction = Direction::SendRecv; // ours
    bool remoteOnHold = false; // the far end does not want to hear us, though we would let it

    friend bool operator==(const Negotiated&, const Negotiated&) = default;
};

// Why an offer or answer can't be taken.
struct Refusal {
    int sipCode = 488; // 400 not understood, 488 nothing in common, 491 an offer of ours is open
    QString text; // one sentence; safe to log

    friend bool operator==(const Refusal&, const Refusal&) = default;
};

} // namespace hs::sdp
