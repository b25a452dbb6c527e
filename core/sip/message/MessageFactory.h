// MessageFactory: the messages that follow from another one by rule: the response to a request (RFC
// 3261 section 8.2.6), the ACK of a refusal (17.1.1.3), the CANCEL of an INVITE (9.1).
// Thread: pure functions.
#pragma once

#include "sip/message/Message.h"

namespace hs::sip {

// All Via, in their order and as they are, From, To, Call-ID and CSeq of the request; Timestamp for
// a 100; Record-Route for 101..299 to what may form a dialog (12.1.1: INVITE, SUBSCRIBE, REFER,
// NOTIFY). Without a reason the registered phrase. The request may be defective: what is missing is
// missing in the response too, of what stands twice the first is taken.
Response makeResponse(const Request& request, int code, QByteArray reason = {});
// Adds the tag to To unless it has one, that of the request's (8.2.6.2). To stays as it was
// written.
void setToTag(Response& response, const QByteArray& tag);

// Max-Forwards is 70; credentials go with it (22.1).
Request makeAckForNon2xx(const Request& invite, const Response& response);
Request makeCancel(const Request& invite);

} // namespace hs::sip
