// The start line of a message (RFC 3261 sections 7.1 and 7.2). Views into it. Thread: pure
// functions.
#pragma once

#include "sip/message/Parser.h"

namespace hs::sip {

struct RequestLine {
    QByteArrayView method;
    QByteArrayView uri;
    std::optional<Defect> defect; // of the line itself; the URI is not looked into
};

// Nothing if the line is not meant to be one of SIP: one word, or with another protocol's version.
std::optional<RequestLine> parseRequestLine(QByteArrayView line);

struct StatusLine {
    int code = 0; // 100..699
    QByteArrayView reason;
};

// Nothing if any part is not as it must be.
std::optional<StatusLine> parseStatusLine(QByteArrayView line);

// "SIP/..." in any case: a method can't begin like that, '/' is no token character.
bool beginsLikeResponse(QByteArrayView line);

} // namespace hs::sip
