// Requests with the headers and the body that a row names, as the parser makes them.
#pragma once

#include "sip/message/Parser.h"

namespace hs::test {

// `headers` are lines that end in CRLF.
inline sip::Request parsed(const QByteArray& method, const QByteArray& from,
                           const QByteArray& headers, const QByteArray& body = {})
{
    const QByteArray text = method
        + " sip:100@192.0.2.1 SIP/2.0\r\nVia: SIP/2.0/UDP 192.0.2.9;branch=z9hG4bK1\r\n"
          "Max-Forwards: 70\r\nFrom: "
        + from + "\r\nTo: <sip:100@192.0.2.1>\r\nCall-ID: a\r\nCSeq: 1 " + method
        + "\r\nContact: <sip:x@192.0.2.9>\r\n" + headers
        + "Content-Length: " + QByteArray::number(body.size()) + "\r\n\r\n" + body;
    const sip::Parsed result = sip::parseDatagram(text);
    const auto* request = std::get_if<sip::ParsedRequest>(&result);
    return request ? request->request : sip::Request();
}

inline sip::Request inviteWith(const QByteArray& headers,
                               const QByteArray& from = "\"Lin\" <sip:200@example.com>;tag=a")
{
    return parsed("INVITE", from, headers);
}

} // namespace hs::test
