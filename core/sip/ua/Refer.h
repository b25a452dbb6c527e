// Refer: a transfer's request and the reports on how it goes (RFC 3515, RFC 3892, RFC 4488, RFC
// 5589). Thread: values and pure functions.
#pragma once

#include "sip/message/Message.h"
#include "sip/message/ReplacesHeader.h"

#include <optional>

namespace hs::sip {

// What somebody asks us to call.
struct ReferRequest {
    Uri target; // sip, sips or tel; without headers
    std::optional<ReplacesHeader> replaces; // attended: the call there that ours is to take over
    QByteArray referredBy; // the header as it came, to be handed on; may be empty
};

struct ReferRefusal {
    int code = 400;
    QByteArray reason;
};

// Refer-To read with suspicion: one, and of a scheme that can be called.
std::variant<ReferRequest, ReferRefusal> readRefer(const Request& request);

// The body of a report: "SIP/2.0 180 Ringing" and a line end.
QByteArray sipFragment(int code, QByteArray reason);
struct SipFragment {
    int code = 0;
    QByteArray reason;
};
std::optional<SipFragment> readSipFragment(const QByteArray& body);

// The Refer-To of a transfer: the other party and, of an attended one, the call with it that is to
// be replaced seen from there. `required`: who knows no Replaces is not to be called at all, as
// where the address may ring several telephones (RFC 5589 section 7.5).
NameAddr referTo(const Uri& target, const std::optional<ReplacesHeader>& replaces,
                 bool required = false);

} // namespace hs::sip
