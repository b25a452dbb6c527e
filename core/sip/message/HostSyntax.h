// Hosts as they stand in URIs and in Via (RFC 3261 section 25.1: host, hostport): a name, an IPv4
// address, or an IPv6 address in brackets. Thread: pure functions.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace hs::sip {

struct HostSpan {
    QByteArrayView host; // without brackets
    bool inBrackets = false;
    qsizetype end = 0; // the offset of what follows
};

// The host that starts at `from`. Nothing if there is none, or one that no host can be called.
std::optional<HostSpan> scanHost(QByteArrayView text, qsizetype from);
// A host is copied by this: it mends the ":::" that the grammar of RFC 3261 lets pass by mistake
// (RFC 5118 section 4.10).
QByteArray hostFromSpan(const HostSpan& span);
// Digits, 0 to 65535, leading zeros allowed.
std::optional<quint16> parsePort(QByteArrayView digits);
// With brackets if it is an IPv6 address.
QByteArray bracketedHost(const QByteArray& host);

} // namespace hs::sip
