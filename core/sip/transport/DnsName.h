// DnsName: what may be asked of the DNS. Names are kept lower-case, in ACE form (RFC 5891) and
// without the dot at their end; the root is empty. Underscores are taken, as SRV names have them
// and so do hosts in the wild. Thread: pure functions.
#pragma once

#include "base/Result.h"

#include <QByteArray>

namespace hs::sip {

// RFC 1035 section 2.3.4: 63 octets a label, 253 in all as text. The error says what is wrong.
base::Result<QByteArray> dnsName(const QByteArray& text);

// "localhost" and what ends in it never leaves the machine (RFC 6761 section 6.3).
bool isLocalhost(const QByteArray& name);

} // namespace hs::sip
