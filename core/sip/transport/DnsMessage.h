// DnsMessage: a DNS answer in its parts (RFC 1035, RFC 2782 SRV, RFC 3403 NAPTR). Only the record
// types that SIP needs are kept; one whose names could not be asked for, or whose data is not of
// its type, is left out. Reads untrusted bytes: any octets are safe, in linear time.
// Thread: a value.
#pragma once

#include "base/Endpoint.h"

#include <QList>

#include <span>
#include <variant>

namespace hs::sip {

enum class DnsType : std::uint16_t { A = 1, Cname = 5, Aaaa = 28, Srv = 33, Naptr = 35 };

QLatin1String dnsTypeName(DnsType type);

struct SrvRecord {
    std::uint16_t priority = 0;
    std::uint16_t weight = 0;
    std::uint16_t port = 0;
    QByteArray target; // empty: "." , the service is decidedly not available
    friend bool operator==(const SrvRecord&, const SrvRecord&) = default;
};

struct NaptrRecord {
    std::uint16_t order = 0;
    std::uint16_t preference = 0;
    QByteArray flags; // lower-case
    QByteArray service; // upper-case
    QByteArray replacement; // empty: "."
    friend bool operator==(const NaptrRecord&, const NaptrRecord&) = default;
};

struct DnsRecord {
    QByteArray owner; // lower-case
    DnsType type = DnsType::A;
    std::uint32_t ttl = 0; // seconds
    std::variant<base::IpAddress, QByteArray, SrvRecord, NaptrRecord> data; // QByteArray: a name

    friend bool operator==(const DnsRecord&, const DnsRecord&) = default;
};

struct DnsMessage {
    std::uint8_t responseCode = 0; // 3: no such name
    QByteArray question; // the name that was asked for, lower-case
    QList<DnsRecord> answers; // at most mostRecords
    // How long it may be believed that there is nothing (RFC 2308 section 5); none: not said.
    std::optional<std::uint32_t> negativeTtl;

    static constexpr int mostRecords = 128;

    // Nothing if this is no answer to one question, or its answers are cut short.
    static std::optional<DnsMessage> parse(std::span<const std::byte> bytes);
};

} // namespace hs::sip
