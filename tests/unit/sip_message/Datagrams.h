// Datagrams that tests and bench share: an INVITE as telephones send it, the archive of RFC 4475,
// and what the parser makes of them.
#pragma once

#include "sip/message/Parser.h"

#include <QString>

namespace hs::test {

// Lines ended by CRLF from lines ended by LF.
QByteArray withCrlf(const QByteArray& lines);

// 14 header fields and an SDP of 12 lines.
QByteArray typicalInvite();

// A whole OPTIONS request. `extra` are header lines ended by LF; one whose name stands in the usual
// head replaces the usual one, an empty "Name:" leaves it out.
QByteArray optionsWith(const QByteArray& extra,
                       const QByteArray& startLine = "OPTIONS sip:bob@example.com SIP/2.0");
// A whole response to it, by the same rule.
QByteArray responseWith(const QByteArray& extra, const QByteArray& startLine = "SIP/2.0 200 OK");

// "accept", "defect:400", "unparsable", "keepalive".
QByteArray outcomeOf(const sip::Parsed& parsed);
// With the reason: "defect:400 Bad CSeq".
QByteArray reasonOf(const sip::Parsed& parsed);
// Nothing to be found fault with; a test that expects a defect must not call it.
sip::Request acceptedRequest(const QByteArray& bytes);
sip::Response acceptedResponse(const QByteArray& bytes);

QByteArray rfc4475(const QString& name);

} // namespace hs::test
