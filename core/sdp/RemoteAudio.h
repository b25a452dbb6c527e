// RemoteAudio: what a peer's description says of one audio stream that we could take part in:
// RTP/AVP, switched on, with an address that we can send to. Thread: a value.
#pragma once

#include "base/Result.h"
#include "sdp/Attributes.h"
#include "sdp/OfferAnswerTypes.h"
#include "sdp/SessionDescription.h"

namespace hs::sdp {

struct RemoteAudio {
    QList<Codec> codecs; // in the peer's order, with the peer's numbers; unnamed formats left out
    QList<Fmtp> parameters; // a=fmtp, as they stand
    QList<QByteArray> offered; // what its formats are called, of whatever kind
    base::Endpoint rtp; // null: nothing must be sent
    base::Endpoint rtcp;
    std::optional<int> ptimeMs; // a=ptime, a=maxptime; as they stand
    std::optional<int> maxPtimeMs;
    Direction direction = Direction::SendRecv; // the peer's; it receives nothing when rtp is null

    // The stream behind the m= line with this index, which must exist.
    static base::Result<RemoteAudio, Refusal> read(const SessionDescription& session,
                                                   qsizetype index);
    // The peer's codecs that stand in `ours` too, in the peer's order.
    QList<Codec> commonWith(const QList<Codec>& ours) const;
    // 1..60: how much audio the peer would like a packet of this codec of its own to hold.
    int packetMs(const Codec& codec) const;
    // The peer's number for comfort noise of this clock, the codec's (RFC 3389 4).
    std::optional<int> noiseType(int clockRate) const;
    // The peer's telephone-event of this clock, the codec's (RFC 4733 2.1), else that of 8000,
    // which is all that many know, as what we send.
    std::optional<TelephoneEvents> events(int clockRate) const;
    // The peer's number for telephone-event of this clock.
    std::optional<int> eventType(int clockRate) const;
    // "G729, GSM": what the peer would speak, for a refusal. Safe to log.
    QString words() const;
};

} // namespace hs::sdp
