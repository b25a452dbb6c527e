// RequestScreening: the refusals that RFC 3261 section 8.2 prescribes before a request is looked at
// closer: method, option tags, body type, what the far end accepts, sizes. Pure functions.
#pragma once

#include "sip/message/Message.h"
#include "sip/ua/InviteUas.h"

namespace hs::sip {

struct Refusal {
    int code = 0;
    QByteArray reason; // empty: the code's own
    QList<ExtraHeader> headers;
};

// Largest body that is read, in bytes; a larger one gets 413.
inline constexpr qsizetype mostBodyBytes = 16 * 1024;
inline constexpr qsizetype mostNotifyBodyBytes = 64 * 1024; // a list of calls may be long

// Nothing if the request is fit to be processed. Never for ACK and CANCEL. `isSecure`: it came by
// TLS.
std::optional<Refusal> screen(const Request& request, bool isSecure);

} // namespace hs::sip
