// The attributes that an audio call understands, read from a=name:value (RFC 8866 6, RFC 3605).
// Each reads one value's text; what can't be read is nothing, never a guess. Thread: pure
// functions.
#pragma once

#include "sdp/Codec.h"
#include "sdp/Direction.h"
#include "sdp/SessionDescription.h"

namespace hs::sdp {

// A format that is an RTP payload type: a number 0..127.
std::optional<int> parsePayloadType(QByteArrayView format);

// a=rtpmap:8 PCMA/8000, a=rtpmap:96 opus/48000/2. One channel where none is written.
std::optional<Codec> parseRtpmap(QByteArrayView value);
Attribute rtpmapOf(const Codec& codec);

// a=fmtp:101 0-15,16
struct Fmtp {
    QByteArray format;
    QByteArray parameters;

    static std::optional<Fmtp> parse(QByteArrayView value);
};

// a=ptime:20, a=maxptime:40, in whole milliseconds; a fraction (RFC 8866 6.4) is cut off.
std::optional<int> parsePacketTime(QByteArrayView value);
// Of the media, or else of the session, where some devices put it.
std::optional<int> packetTime(const SessionDescription& session, const MediaDescription& media);
std::optional<int> maxPacketTime(const SessionDescription& session, const MediaDescription& media);

// The media's own direction, or else the session's, or else sendrecv (RFC 8866 6.7).
Direction direction(const SessionDescription& session, const MediaDescription& media);
Attribute attributeOf(Direction direction);

// a=rtcp:53020 or a=rtcp:53020 IN IP4 126.16.64.4 (RFC 3605 2.1).
struct RtcpAttribute {
    quint16 port = 0;
    std::optional<base::IpAddress> address; // null address: a host name is written

    static std::optional<RtcpAttribute> parse(QByteArrayView value);
};

} // namespace hs::sdp
