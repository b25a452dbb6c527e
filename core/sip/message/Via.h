// Via: one hop of a message's way (RFC 3261 section 20.42; rport: RFC 3581). Thread: a value.
#pragma once

#include "sip/message/Params.h"

namespace hs::sip {

struct Via {
    QByteArray transport; // as written: "UDP"
    QByteArray host; // sent-by, without brackets
    quint16 port = 0; // 0: none given
    Params params;
    QByteArray version = QByteArrayLiteral("2.0"); // of "SIP/2.0/UDP"

    // One hop, no list; blanks around '/', ':', ';' and '=' are allowed. Nothing if malformed, also
    // for two branch parameters.
    static std::optional<Via> parse(QByteArrayView text);
    static bool isValid(QByteArrayView text);
    // What can be read of a malformed one: protocol, transport and some host are there; the port
    // and the parameters that make no sense are left out. Enough to answer a bad request.
    static std::optional<Via> parseLenient(QByteArrayView text);

    QByteArray toBytes() const;

    QByteArray branch() const; // empty if there is none
    // The address without brackets, which some write and some don't (RFC 5118 section 4.5).
    std::optional<QByteArray> received() const;
    // Nothing: not asked for. 0: asked for and not filled in. Else the port.
    std::optional<quint16> rport() const;

    friend bool operator==(const Via&, const Via&) = default;
};

} // namespace hs::sip
