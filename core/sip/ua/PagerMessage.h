// PagerMessage: a text of its own, outside any call (RFC 3428). Received: text/plain in UTF-8,
// US-ASCII or ISO 8859-1, alone or as a part of a multipart body. Sent: text/plain in UTF-8.
// Thread: pure functions and values; sendMessage() belongs to the transaction layer's thread.
#pragma once

#include "sip/ua/ClientRequest.h"
#include "sip/ua/RequestScreening.h"

namespace hs::sip {

struct IncomingMessage {
    NameAddr from;
    NameAddr to;
    Uri requestUri; // which of our numbers it was for
    QByteArray callId;
    QString text; // untrusted; octets that are no text of that charset are U+FFFD

    // The refusal (415 with what we take) where it has no text that can be read.
    static base::Result<IncomingMessage, Refusal> fromRequest(const Request& request);
};

struct OutgoingMessage {
    Uri target;
    NameAddr from; // without a tag
    QList<NameAddr> routes; // outbound proxy, Service-Route
    QString text;
    Resolver::Hops hops; // of the first route, else of the target
    std::shared_ptr<DigestClient> credentials; // may be null
};

// Most octets of text that are sent; servers and telephones refuse more.
inline constexpr qsizetype mostMessageBytes = 8 * 1024;

struct MessageOutcome {
    int code = 0; // of the final response; 408 and 503 where there was none
    QString problem; // a sentence; empty: it was taken
};
// On its way until `done`; whoever lets go of the result hears no more. Null, and nothing is told,
// where the text is empty or too long or there is no hop.
std::shared_ptr<ClientRequest> sendMessage(UaCore& core, const OutgoingMessage& message,
                                           std::function<void(const MessageOutcome&)> done);

} // namespace hs::sip
