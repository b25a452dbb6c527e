// SessionDescription: one SDP text as values (RFC 8866, which replaces RFC 4566). Wire text is
// bytes; nothing is decoded. Parsing takes CRLF or LF, a last line without an end, lines in any
// order, and keeps what it does not know; it refuses what it can't be sure of, and what is beyond
// the limits. parse() of toBytes() gives the same description, its other lines in the RFC's order.
// Thread: values.
#pragma once

#include "base/Endpoint.h"
#include "base/Result.h"

#include <QByteArray>
#include <QList>

#include <optional>

namespace hs::sdp {

// o= (RFC 8866 5.2). Both numbers fit a signed 64-bit integer (RFC 3264 5).
struct Origin {
    QByteArray username; // "-" for none; of a peer's, may hold blanks
    quint64 sessionId = 0;
    quint64 version = 0;
    QByteArray address; // address or host name as written

    friend bool operator==(const Origin&, const Origin&) = default;
};

// c= (RFC 8866 5.7). A multicast address's TTL and count are dropped.
struct Connection {
    base::IpAddress address; // null where a host name is written
    QByteArray host; // as written

    static Connection of(const base::IpAddress& address);
    friend bool operator==(const Connection&, const Connection&) = default;
};

// t= (RFC 8866 5.9), in seconds since 1900; 0 0 for a session without bounds.
struct Timing {
    quint64 start = 0;
    quint64 stop = 0;

    friend bool operator==(const Timing&, const Timing&) = default;
};

// a= (RFC 8866 5.13).
struct Attribute {
    QByteArray name;
    QByteArray value; // null for a property such as a=sendrecv

    friend bool operator==(const Attribute&, const Attribute&) = default;
};

// A line that means nothing here and is kept: i=, b=, k=, an unknown letter.
struct OtherLine {
    char type = 0;
    QByteArray value;

    friend bool operator==(const OtherLine&, const OtherLine&) = default;
};

// m= and what stands below it (RFC 8866 5.14).
struct MediaDescription {
    QByteArray type; // "audio"
    quint16 port = 0; // 0: refused or switched off (RFC 3264 5.1, 6)
    int portCount = 1;
    QByteArray protocol; // "RTP/AVP"
    QList<QByteArray> formats; // payload types for RTP; empty only where a peer left them out
    std::optional<Connection> connection;
    QList<Attribute> attributes;
    QList<OtherLine> otherLines;

    const Attribute* findAttribute(QByteArrayView name) const; // the first; null for none
    friend bool operator==(const MediaDescription&, const MediaDescription&) = default;
};

struct SdpError {
    int line = 0; // from 1; 0 where it is about the whole
    QString text; // one sentence, without the line's number; safe to log

    QString toString() const;
};

struct SessionDescription {
    static constexpr qsizetype maxBytes = 64 * 1024;
    static constexpr int maxMedia = 32;
    static constexpr int maxFormats = 64; // of one m= line
    static constexpr int maxLines = 256; // a= of one section; and as many others

    Origin origin;
    QByteArray name = QByteArrayLiteral("-");
    std::optional<Connection> connection;
    QList<Timing> times;
    QList<Attribute> attributes;
    QList<OtherLine> otherLines;
    QList<MediaDescription> media;

    static base::Result<SessionDescription, SdpError> parse(QByteArrayView text);
    // With CRLF, lines in the order of RFC 8866 5.
    QByteArray toBytes() const;

    const Attribute* findAttribute(QByteArrayView name) const; // of the session; null for none
    // The media's own c=, or the session's; null if both are missing.
    const Connection* connectionOf(const MediaDescription& description) const;

    friend bool operator==(const SessionDescription&, const SessionDescription&) = default;
};

} // namespace hs::sdp
