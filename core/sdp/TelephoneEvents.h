// TelephoneEvents: how digits travel beside a stream's audio (RFC 4733): one payload type for each
// direction, and which events are taken. It is never the stream's codec. Thread: values, pure
// functions.
#pragma once

#include "sdp/Codec.h"

#include <QList>

namespace hs::sdp {

struct TelephoneEvents {
    static constexpr quint32 digits = 0xffff; // 0 to 15: what no a=fmtp line means (RFC 4733 2.4.1)
    static constexpr quint32 ours = 0x1ffff; // and 16, the flash
    static constexpr int usualClock = 8000;
    static constexpr int wideClock = 48000; // of Opus; no codec of ours has another

    int sendPayloadType = -1; // the far end's number
    QList<int> receivePayloadTypes; // what may come in
    int clockRate = usualClock; // in which durations count
    // What may come in besides, of the other clock: with a codec of that clock, for one.
    QList<int> otherPayloadTypes;
    int otherClockRate() const { return clockRate == usualClock ? wideClock : usualClock; }
    quint32 accepted = digits; // a bit for each event up to 31 that the far end takes

    // The encoding with our number for it.
    static Codec encoding(int payloadType, int clockRate = 8000);
    static bool isOne(const Codec& codec);
    // "0-15,16" of an a=fmtp line; nothing for what is no list of events. Those above 31 don't
    // count.
    static std::optional<quint32> parseEvents(QByteArrayView list);

    friend bool operator==(const TelephoneEvents&, const TelephoneEvents&) = default;
};

} // namespace hs::sdp
