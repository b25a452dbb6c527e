#include "sip/transport/DnsMessage.h"

#include "base/ByteReader.h"
#include "base/Text.h"
#include "sip/transport/DnsName.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr std::uint16_t internetClass = 1;
constexpr std::uint16_t soaType = 6;
constexpr std::size_t longestWireName = 255;
constexpr int mostJumps = 32; // a name has at most 127 labels; who compresses needs one jump

using Bytes = std::span<const std::byte>;

std::uint8_t octetAt(Bytes message, std::size_t at)
{
    return std::to_integer<std::uint8_t>(message[at]);
}

// A name at `at`, which is moved behind it (RFC 1035 section 4.1.4). Nothing if it is malformed.
// Pointers only lead back, each further than the last one, so that there are no loops.
std::optional<QByteArray> readName(Bytes message, std::size_t& at)
{
    QByteArray name;
    std::size_t position = at;
    std::size_t before = at; // where a pointer may lead to: before this
    int jumps = 0;
    while (position < message.size()) {
        const std::uint8_t length = octetAt(message, position);
        if (length == 0) {
            at = jumps > 0 ? at : position + 1;
            return name;
        }
        if (length >= 0xc0) {
            if (position + 1 >= message.size()) {
                return std::nullopt;
            }
            const std::size_t target =
                std::size_t(length & 0x3fU) << 8 | octetAt(message, position + 1);
            at = jumps > 0 ? at : position + 2;
            if (target >= before || ++jumps > mostJumps) {
                return std::nullopt;
            }
            position = before = target;
            continue;
        }
        if (length >= 0x40 || length >= message.size() - position
            || static_cast<std::size_t>(name.size()) + length + 1 > longestWireName) {
            return std::nullopt;
        }
        if (!name.isEmpty()) {
            name += '.';
        }
        const auto label = message.subspan(position + 1, length);
        QByteArray octets(reinterpret_cast<const char*>(label.data()), length);
        name += octets.replace('.', ' '); // what no host has; not a border between two labels
        position += 1U + length;
    }
    return std::nullopt;
}

// As it is compared; nothing if a label holds what no name has, a dot for example.
std::optional<QByteArray> plainName(const QByteArray& name)
{
    if (name.isEmpty()) {
        return name;
    }
    const auto plain = dnsName(name);
    return plain && plain->size() == name.size() ? std::optional(*plain) : std::nullopt;
}

QByteArray readText(base::ByteReader& reader)
{
    const Bytes text = reader.bytes(reader.u8());
    return {reinterpret_cast<const char*>(text.data()), static_cast<qsizetype>(text.size())};
}

// A name that ends where the record's data does.
std::optional<QByteArray> lastName(Bytes message, std::size_t at, std::size_t end)
{
    const auto name = readName(message, at);
    return name && at == end ? plainName(*name) : std::nullopt;
}

bool readAddress(Bytes data, DnsRecord& record)
{
    base::ByteReader reader(data);
    if (record.type == DnsType::A) {
        record.data = base::IpAddress::v4(reader.u32());
    } else {
        Q_IPV6ADDR address;
        for (quint8& octet : address.c) {
            octet = reader.u8();
        }
        record.data = base::IpAddress::fromQt(QHostAddress(address));
    }
    return reader.ok() && reader.remaining() == 0;
}

bool readSrv(Bytes message, std::size_t at, std::size_t end, DnsRecord& record)
{
    base::ByteReader reader(message.subspan(at, end - at));
    SrvRecord srv;
    srv.priority = reader.u16();
    srv.weight = reader.u16();
    srv.port = reader.u16();
    const auto target = reader.ok() ? lastName(message, at + 6, end) : std::nullopt;
    srv.target = target.value_or(QByteArray());
    record.data = srv;
    return target.has_value();
}

bool readNaptr(Bytes message, std::size_t at, std::size_t end, DnsRecord& record)
{
    base::ByteReader reader(message.subspan(at, end - at));
    NaptrRecord naptr;
    naptr.order = reader.u16();
    naptr.preference = reader.u16();
    naptr.flags = base::toLower(readText(reader));
    naptr.service = readText(reader).toUpper();
    reader.skip(reader.u8()); // the regular expression, which SIP has no use for
    const auto replacement =
        reader.ok() ? lastName(message, at + reader.position(), end) : std::nullopt;
    naptr.replacement = replacement.value_or(QByteArray());
    record.data = naptr;
    return replacement.has_value();
}

bool readCname(Bytes message, std::size_t at, std::size_t end, DnsRecord& record)
{
    const auto target = lastName(message, at, end);
    record.data = target.value_or(QByteArray());
    return target && !target->isEmpty();
}

bool readData(Bytes message, std::size_t at, std::size_t end, DnsRecord& record)
{
    switch (record.type) {
    case DnsType::A:
    case DnsType::Aaaa:
        return readAddress(message.subspan(at, end - at), record);
    case DnsType::Cname:
        return readCname(message, at, end, record);
    case DnsType::Srv:
        return readSrv(message, at, end, record);
    case DnsType::Naptr:
        return readNaptr(message, at, end, record);
    }
    return false;
}

// The head of a record, and where its data is.
struct RecordFrame {
    QByteArray owner;
    std::uint16_t type = 0;
    std::uint16_t recordClass = 0;
    std::uint32_t ttl = 0;
    std::size_t data = 0;
    std::size_t end = 0;
};

std::optional<RecordFrame> readFrame(Bytes message, std::size_t& at)
{
    RecordFrame frame;
    const auto owner = readName(message, at);
    if (!owner) {
        return std::nullopt;
    }
    frame.owner = *owner;
    base::ByteReader reader(message.subspan(at));
    frame.type = reader.u16();
    frame.recordClass = reader.u16();
    frame.ttl = reader.u32();
    if (frame.ttl > 0x7fffffff) {
        frame.ttl = 0; // RFC 2181 section 8
    }
    const std::size_t length = reader.u16();
    frame.data = at + reader.position();
    reader.skip(length);
    at = frame.end = frame.data + length;
    return reader.ok() ? std::optional(frame) : std::nullopt;
}

// RFC 2308 section 5: the smaller one of the record's own time and its MINIMUM field.
std::optional<std::uint32_t> soaTtl(Bytes message, std::size_t at, int records)
{
    for (int i = 0; i < records; ++i) {
        const auto frame = readFrame(message, at);
        if (!frame) {
            return std::nullopt;
        }
        if (frame->type == soaType && frame->end - frame->data >= 20) {
            base::ByteReader reader(message.subspan(frame->end - 4, 4));
            return std::min(frame->ttl, reader.u32());
        }
    }
    return std::nullopt;
}
} // namespace

QLatin1String dnsTypeName(DnsType type)
{
    switch (type) {
    case DnsType::A:
        return QLatin1String("A");
    case DnsType::Cname:
        return QLatin1String("CNAME");
    case DnsType::Aaaa:
        return QLatin1String("AAAA");
    case DnsType::Srv:
        return QLatin1String("SRV");
    case DnsType::Naptr:
        return QLatin1String("NAPTR");
    }
    return {};
}

std::optional<DnsMessage> DnsMessage::parse(std::span<const std::byte> bytes)
{
    base::ByteReader header(bytes);
    header.skip(2); // the id, which the channel has compared
    const std::uint16_t flags = header.u16();
    const std::uint16_t questions = header.u16();
    const std::uint16_t answerCount = header.u16();
    const std::uint16_t authorities = header.u16();
    header.skip(2);
    if (!header.ok() || !(flags & 0x8000U) || questions != 1) {
        return std::nullopt;
    }
    DnsMessage message;
    message.responseCode = flags & 0x0fU;
    std::size_t at = header.position();
    const auto question = readName(bytes, at);
    if (!question || bytes.size() - at < 4) {
        return std::nullopt;
    }
    message.question = base::toLower(*question);
    at += 4;
    for (int i = 0; i < answerCount; ++i) {
        const auto frame = readFrame(bytes, at);
        if (!frame) {
            return std::nullopt;
        }
        const auto owner = plainName(frame->owner);
        DnsRecord record{owner.value_or(QByteArray()), DnsType(frame->type), frame->ttl, {}};
        if (owner && frame->recordClass == internetClass && message.answers.size() < mostRecords
            && readData(bytes, frame->data, frame->end, record)) {
            message.answers.append(record);
        }
    }
    message.negativeTtl = soaTtl(bytes, at, authorities);
    return message;
}

} // namespace hs::sip
