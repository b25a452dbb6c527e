// Parser: from the octets of a datagram to a message (RFC 3261 sections 7, 18.3 and 25.1, RFC
// 4475). Takes any octets; the time is linear in their number. What is liberal here: lines that end
// in LF alone, CRLFs and NULs before the start line, a last empty line that is missing, any octets
// in header fields that are not needed to process the message (section 8.2.2). Thread: a pure
// function.
#pragma once

#include "sip/message/Message.h"

#include <variant>

namespace hs::sip {

// Beyond these a request is refused: messageBytes with 513, the start line with 414, the others
// with 400.
struct ParserLimits {
    qsizetype messageBytes = 65535;
    qsizetype lineBytes = 8192; // one header field with its continuation lines
    qsizetype headers = 256; // header lines
    qsizetype vias = 70; // hops, on however many lines; as many as Max-Forwards lets pass
};

// What is wrong with a request, as the response to it says. An ACK is never answered.
struct Defect {
    int statusCode = 400; // 400, 414, 416, 505 or 513
    QByteArray reason; // the reason phrase: "Missing Call-ID"

    friend bool operator==(const Defect&, const Defect&) = default;
};

// With a defect the request is good for one thing, to be answered with it: a Via is there, any
// other part may be missing or malformed. Where there are more defects the first of this order is
// told: start line, size, header lines, body, header fields, Request-URI.
// Not judged here is what a user agent may or may not support; so a CSeq with another method, or an
// unknown scheme, is no defect if the method itself is unknown (501 comes first).
struct ParsedRequest {
    Request request;
    std::optional<Defect> defect;
};

struct ParsedResponse {
    Response response;
};

// Nothing that can be processed or answered: no SIP, a request without a usable Via, or a response
// with any defect (section 18.3).
struct Unparsable {
    QByteArray why; // for the log: "the response has a bad CSeq"
    bool keepAlive = false; // nothing but line ends and NULs, or empty: not worth a log line
};

using Parsed = std::variant<ParsedRequest, ParsedResponse, Unparsable>;

// The body is cut to Content-Length, what follows is ignored; without one it is the rest.
Parsed parseDatagram(QByteArrayView bytes, const ParserLimits& limits = {});

} // namespace hs::sip
