// Message: a SIP request or response as a value (RFC 3261 section 7), with typed access to the
// header fields that a user agent works with. What is absent or malformed reads as nothing, an
// empty text or a shorter list; nothing throws. Thread: values.
#pragma once

#include "sip/message/CSeq.h"
#include "sip/message/Headers.h"
#include "sip/message/Method.h"
#include "sip/message/NameAddr.h"
#include "sip/message/Via.h"

namespace hs::sip {

struct Message {
    Headers headers;
    QByteArray body; // any octets; Content-Length follows from it

    QList<Via> vias() const; // of all lines, the topmost first
    // Also of a Via that is malformed but tells enough to answer (see Via::parseLenient).
    std::optional<Via> topVia() const;
    // In place of the topmost, the others stay as they are; the only one if there is none.
    void setTopVia(const Via& via);

    std::optional<NameAddr> from() const;
    std::optional<NameAddr> to() const;
    QByteArray callId() const;
    std::optional<CSeq> cseq() const;
    QList<NameAddr> contacts() const; // without the "*" of REGISTER
    bool hasWildcardContact() const; // "Contact: *"
    QList<NameAddr> recordRoutes() const; // in the order of the message
    QList<NameAddr> routes() const;
    // 0..255; a larger number counts as absent (RFC 4475 section 3.1.2.4).
    std::optional<int> maxForwards() const;
    // Seconds; a number over 2^32 - 1 counts as absent (RFC 4475 section 3.1.2.4).
    std::optional<quint32> expires() const;
    std::optional<quint32> minExpires() const;
    // Seconds, without the comment and the parameters behind it.
    std::optional<quint32> retryAfter() const;

    QByteArray contentType() const; // "type/subtype" in lower case, without parameters
    QByteArray contentTypeParam(QByteArrayView name) const; // without quotes: "boundary"
    // May a body of this type ("application/sdp") be sent to whoever wrote this? Accept with its
    // ranges and q; without an Accept only application/sdp (RFC 3261 section 20.1).
    bool accepts(QByteArrayView type) const;

    QList<QByteArray> required() const; // option tags of Require
    QList<QByteArray> supported() const; // option tags of Supported
    bool supports(QByteArrayView optionTag) const;
    QList<QByteArray> allowed() const; // methods of Allow

    friend bool operator==(const Message&, const Message&) = default;

protected:
    // All below the start line. CR and LF in a value become blanks: no value can forge a line.
    void appendTo(QByteArray& out) const;
    qsizetype sizeOnWire() const; // about
};

struct Request : Message {
    QByteArray method;
    QByteArray requestUri; // raw

    Method kind() const { return methodFromName(method); }
    std::optional<Uri> uri() const { return Uri::parse(requestUri); }
    QByteArray toBytes() const;

    friend bool operator==(const Request&, const Request&) = default;
};

struct Response : Message {
    int statusCode = 0; // 100..699
    QByteArray reasonPhrase; // any text, UTF-8 if the peer keeps to it; may be empty

    bool isProvisional() const { return statusCode < 200; }
    bool isSuccess() const { return statusCode >= 200 && statusCode < 300; }
    bool isFinal() const { return statusCode >= 200; }
    QByteArray toBytes() const;

    friend bool operator==(const Response&, const Response&) = default;
};

} // namespace hs::sip
