// StreamParser: from the octets of a TCP or TLS connection to messages (RFC 3261 section 18.3: cut
// by Content-Length, which must be there once) and to what keeps the connection alive between them
// (RFC 5626 section 4.4.1). Takes any octets in any pieces; the time is linear in their number, the
// memory bounded by ParserLimits::messageBytes. Thread: a value.
#pragma once

#include "sip/message/Parser.h"

namespace hs::sip {

// So many line ends between messages, in what was appended so far. Two together are a ping, to be
// answered with one; one alone is such an answer. Who knows what was sent can tell them apart.
struct StreamLineEnds {
    int count = 0;
};

// Nobody can tell where the next message begins: the connection is to be closed.
struct StreamEnd {
    QByteArray why; // for the log: "no Content-Length"
    std::optional<ParsedRequest> request; // to be answered before that, with its defect
};

// Unparsable: a response that makes no sense. Whatever else can't be read ends the stream.
using StreamItem =
    std::variant<ParsedRequest, ParsedResponse, Unparsable, StreamLineEnds, StreamEnd>;

class StreamParser {
public:
    explicit StreamParser(const ParserLimits& limits = {});

    void append(QByteArrayView bytes);
    // The next that is whole; nothing when more octets are needed, or behind a StreamEnd.
    std::optional<StreamItem> next();
    // The octets of the last item, until the next append() or next().
    QByteArrayView text() const;

    // A message has begun that is not whole.
    bool isWithinMessage() const { return m_skip > 0 || (!m_ended && m_start < m_bytes.size()); }
    bool hasEnded() const { return m_ended; }

private:
    std::optional<StreamItem> takeLineEnds();
    bool skipRest();
    bool findHead();
    void measure();
    StreamItem takeMessage(qsizetype size);
    StreamItem takeTooLarge();
    StreamItem end(QByteArray why, qsizetype size, int statusCode, const QByteArray& reason);
    void consume(qsizetype size);

    ParserLimits m_limits;
    QByteArray m_bytes;
    qsizetype m_start = 0; // of what is not consumed
    qsizetype m_scanned = 0; // up to where the end of the head has been looked for
    qsizetype m_lineStart = 0;
    qsizetype m_itemStart = 0;
    qsizetype m_itemSize = 0;
    qint64 m_skip = 0; // octets of a body too large that are still to come
    bool m_ended = false;

    // Of the message that has begun, once its head is whole.
    qsizetype m_headSize = 0; // 0: not yet
    qint64 m_bodySize = 0;
    QByteArray m_lengthFault;
};

} // namespace hs::sip
