#include "RtpMeter.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

namespace hs::bench {

namespace {

constexpr std::int64_t frameNs = 20'000'000;
constexpr std::size_t headerBytes = 12;
constexpr std::uint8_t pcma = 8;

std::uint32_t bigEndian(std::span<const std::uint8_t> bytes, std::size_t count)
{
    std::uint32_t value = 0;
    for (const std::uint8_t byte : bytes.first(count)) {
        value = value << 8 | byte;
    }
    return value;
}

double quantileUs(const std::vector<std::int64_t>& sortedNs, double q)
{
    if (sortedNs.empty()) {
        return 0;
    }
    return double(sortedNs[static_cast<std::size_t>(q * double(sortedNs.size() - 1))]) / 1000;
}

} // namespace

void RtpMeter::take(std::size_t call, std::span<const std::uint8_t> packet, std::int64_t atNs)
{
    ++m_report.received;
    if (packet.size() != headerBytes + frameBytes) {
        ++m_report.wrongSize;
        return;
    }
    m_report.wrongType += packet[0] != 0x80 || (packet[1] & 0x7f) != pcma;
    const auto sequence = static_cast<std::uint16_t>(bigEndian(packet.subspan(2), 2));
    const std::uint32_t timestamp = bigEndian(packet.subspan(4), 4);
    const std::uint32_t ssrc = bigEndian(packet.subspan(8), 4);
    Stream& stream = m_streams[call];
    const auto step = static_cast<std::uint16_t>(sequence - stream.sequence);
    if (stream.known && (step == 0 || step > 0x8000)) {
        ++m_report.twiceOrLate;
        return;
    }
    checkContent(stream, packet, step);
    if (stream.known) {
        m_report.lost += step - 1U;
        m_report.wrongTimestamp += timestamp - stream.timestamp != frameBytes * step;
        m_report.wrongSsrc += ssrc != stream.ssrc;
        if (step == 1 && m_measuring) {
            m_errors.push_back(std::abs(atNs - stream.atNs - frameNs));
        }
    } else {
        stream.ssrc = ssrc;
    }
    stream.known = true;
    stream.sequence = sequence;
    stream.timestamp = timestamp;
    stream.atNs = atNs;
}

void RtpMeter::checkContent(Stream& stream, std::span<const std::uint8_t> packet, unsigned step)
{
    if (!m_voice) {
        return;
    }
    const bool marker = (packet[1] & 0x80) != 0;
    const std::span payload = packet.subspan(headerBytes);
    if (isFiller(payload)) {
        m_report.wrongMarker += marker && stream.known;
        stream.speaking = false;
        return;
    }
    const std::optional<FrameNumber> number = readNumberedFrame(payload);
    const std::uint32_t expected = stream.speaking ? stream.voicePacket + step : 0;
    if (!number || number->call != voiceNumber || number->packet != expected) {
        ++m_report.wrongContent;
    }
    // RFC 3551 section 4.1: the marker is for the first packet after silence.
    m_report.wrongMarker += marker == stream.speaking;
    stream.speaking = true;
    stream.voicePacket = number ? number->packet : expected;
    ++m_report.voice;
}

void RtpMeter::sent(std::int64_t lateNs)
{
    ++m_report.sent;
    if (m_measuring) {
        m_lateness.push_back(std::max<std::int64_t>(lateNs, 0));
    }
}

RtpReport RtpMeter::report()
{
    std::ranges::sort(m_errors);
    std::ranges::sort(m_lateness);
    m_report.gaps = m_errors.size();
    m_report.p50Us = quantileUs(m_errors, 0.5);
    m_report.p99Us = quantileUs(m_errors, 0.99);
    m_report.p999Us = quantileUs(m_errors, 0.999);
    m_report.maxUs = quantileUs(m_errors, 1);
    m_report.lateP99Us = quantileUs(m_lateness, 0.99);
    m_report.lateMaxUs = quantileUs(m_lateness, 1);
    return m_report;
}

void print(const RtpReport& report)
{
    const auto number = [](std::uint64_t value) { return static_cast<unsigned long long>(value); };
    std::printf("  gap error        p50 %.0f us  p99 %.0f us  p99.9 %.0f us  max %.0f us"
                "  (%llu gaps)\n",
                report.p50Us, report.p99Us, report.p999Us, report.maxUs, number(report.gaps));
    std::printf("  packets from us  %llu, voice %llu; lost %llu, twice or late %llu; wrong: "
                "timestamp %llu, SSRC %llu, size %llu, type %llu, marker %llu, content %llu\n",
                number(report.received), number(report.voice), number(report.lost),
                number(report.twiceOrLate), number(report.wrongTimestamp), number(report.wrongSsrc),
                number(report.wrongSize), number(report.wrongType), number(report.wrongMarker),
                number(report.wrongContent));
    std::printf("  generator        sent %llu, late p99 %.0f us, max %.0f us, %.2f s CPU\n",
                number(report.sent), report.lateP99Us, report.lateMaxUs, report.cpuSeconds);
}

} // namespace hs::bench
