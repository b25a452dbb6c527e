// CSeq: the sequence number and method of a request (RFC 3261 section 20.16). Thread: a value.
#pragma once

#include <QByteArray>
#include <QByteArrayView>

#include <optional>

namespace hs::sip {

struct CSeq {
    // Section 8.1.1.5 asks senders for less than 2^31; up to 2^32 - 1 is read.
    quint32 number = 0;
    QByteArray method;

    static std::optional<CSeq> parse(QByteArrayView text);
    QByteArray toBytes() const;
    friend bool operator==(const CSeq&, const CSeq&) = default;
};

} // namespace hs::sip
