// The keys by which messages find their transactions: RFC 3261 sections 17.1.3 and 17.2.3, and for
// requests of RFC 2543 (a branch without the magic cookie) the rules at the end of 17.2.3.
#pragma once

#include "sip/message/Message.h"

namespace hs::sip {

// Of a request that arrived; an ACK gets the key of its INVITE. Empty if the request lacks what a
// key is made of.
QByteArray serverTransactionKey(const Request& request);
// As serverTransactionKey(), but of the INVITE that a CANCEL is about.
QByteArray cancelledTransactionKey(const Request& cancel);
// By branch and method: of a request that we send, and of the response to it.
QByteArray clientTransactionKey(const Request& request);
QByteArray clientTransactionKey(const Response& response);

inline constexpr char magicCookie[] = "z9hG4bK";

} // namespace hs::sip
