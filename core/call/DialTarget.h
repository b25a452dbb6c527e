// DialTarget: what was typed or sent to be dialled, as a SIP URI. Takes digits, + * # and the
// letters A to D with blanks, dots, dashes, slashes and parentheses between them, tel: and callto:
// links, and full sip: and sips: URIs, of which headers, password and all parameters but transport,
// user and gr are dropped. Thread: pure functions.
#pragma once

#include "base/HostPort.h"
#include "sip/message/Uri.h"

#include <optional>

namespace hs::call {

struct DialTarget {
    sip::Uri uri;
    QString number; // as it is shown and logged
    bool isNumber = false; // the host is that of the server, nobody has named it
};

// The error is a sentence for whoever dialled. A number needs a server.
base::Result<DialTarget> parseDialTarget(const QString& text,
                                         const std::optional<base::HostPort>& server);

// How a far end is named: the user part of its URI, unescaped and without ;parameters; else the
// display name, else the host.
QString numberOf(const sip::Uri& uri, const QString& displayName);

} // namespace hs::call
