// PcapFile: the UDP payloads of a capture with their times, for as much of the format as captures
// of RTP over Ethernet and IPv4 need (pcap, little-endian, microseconds).
#pragma once

#include <QFile>

#include <chrono>
#include <cstddef>
#include <cstring>
#include <optional>
#include <vector>

namespace hs::test {

struct CapturedDatagram {
    std::chrono::microseconds at{0}; // since the first one
    std::vector<std::byte> bytes;
};

// Nothing if the file can't be read or is no such capture.
inline std::optional<std::vector<CapturedDatagram>> readPcap(const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return std::nullopt;
    }
    const QByteArray all = file.readAll();
    const auto u32 = [&](qsizetype at) {
        quint32 value = 0;
        std::memcpy(&value, all.constData() + at, sizeof value);
        return value;
    };
    constexpr qsizetype fileHeader = 24;
    constexpr qsizetype packetHeader = 16;
    constexpr qsizetype ethernetHeader = 14;
    constexpr qsizetype udpHeader = 8;
    if (all.size() < fileHeader || u32(0) != 0xa1b2c3d4 || u32(20) != 1) {
        return std::nullopt;
    }
    std::vector<CapturedDatagram> datagrams;
    std::optional<std::chrono::microseconds> first;
    for (qsizetype at = fileHeader; at + packetHeader <= all.size();) {
        const std::chrono::microseconds time =
            std::chrono::seconds(u32(at)) + std::chrono::microseconds(u32(at + 4));
        const auto length = static_cast<qsizetype>(u32(at + 8));
        const qsizetype ip = at + packetHeader + ethernetHeader;
        const qsizetype ipHeader = 4 * (all.at(ip) & 0x0f);
        const qsizetype payload = ip + ipHeader + udpHeader;
        const qsizetype end = at + packetHeader + length;
        if (end > all.size() || payload > end) {
            return std::nullopt;
        }
        first = first.value_or(time);
        const auto* bytes = reinterpret_cast<const std::byte*>(all.constData());
        datagrams.push_back({time - *first, {bytes + payload, bytes + end}});
        at = end;
    }
    return datagrams;
}

} // namespace hs::test
