// DnsAnswer: what the DNS says to one question, aliases followed. Thread: a value.
#pragma once

#include "sip/transport/DnsMessage.h"

#include <QString>

namespace hs::sip {

struct DnsQuestion {
    QByteArray name; // in the form of dnsName()
    DnsType type = DnsType::A;

    friend auto operator<=>(const DnsQuestion& a, const DnsQuestion& b)
    {
        const int byName = a.name.compare(b.name);
        return byName != 0 ? byName <=> 0 : a.type <=> b.type;
    }
    friend bool operator==(const DnsQuestion&, const DnsQuestion&) = default;
};

struct DnsAnswer {
    // NoSuchName and NoData are known for sure; Failed: nobody could tell.
    enum class Status : std::uint8_t { Found, NoSuchName, NoData, Failed };

    Status status = Status::Failed;
    QList<DnsRecord> records{}; // of the type that was asked for; at least one if Found
    QString why{}; // a sentence unless Found

    bool found() const { return status == Status::Found; }
};

} // namespace hs::sip
