// JitterScenario: what is sent, and what the network makes of it.
#include "JitterScenario.h"

#include <cmath>

namespace hs::test {

namespace {
base::Duration ms(double value)
{
    return base::Duration(static_cast<std::int64_t>(std::llround(value * 1e6)));
}
constexpr std::uint8_t comfortNoise = 13;
constexpr std::uint8_t telephoneEvent = 101;
} // namespace

void JitterScenario::send()
{
    const auto samples = static_cast<std::uint64_t>(std::llround(m_ptimeMs * m_rate / 1000));
    Packet packet;
    packet.header = {m_payloadType, false, m_seq, m_timestamp, m_ssrc};
    packet.number = m_number++;
    packet.sentAt = m_now;
    if (m_noiseNext >= -1) {
        packet.header.payloadType = m_noiseNext >= 0 ? comfortNoise : m_payloadType;
        packet.payload.assign(m_noiseNext >= 0 ? 1U : 0U, std::byte(m_noiseNext));
    } else if (m_now < m_eventUntil) {
        packet.header.payloadType = telephoneEvent;
        packet.isEvent = true;
    } else {
        const auto payload = NumberedDecoder::payload({packet.number, m_content, samples});
        packet.payload.assign(payload.begin(), payload.end());
    }
    m_noiseNext = -2;
    m_content += samples;
    ++m_seq;
    m_timestamp += ticks(m_ptimeMs);
    m_nextSend += ms(m_ptimeMs / (1 + m_skewPpm / 1e6));
    const bool isLost = m_lose > 0
        || (m_loseEvery > 0 && packet.number % static_cast<std::uint64_t>(m_loseEvery) == 0)
        || (m_losePercent > 0 && m_random.u32() / 4294967296.0 * 100 < m_losePercent);
    m_lose -= m_lose > 0 ? 1 : 0;
    if (isLost) {
        return;
    }
    if (m_reorder > 0) {
        m_reordered.push_front(packet);
        if (--m_reorder == 0) {
            for (const Packet& held : m_reordered) {
                deliver(held, m_now);
            }
            m_reordered.clear();
        }
        return;
    }
    deliver(packet, std::max(m_now + lateness(), m_stalledUntil));
}

base::Duration JitterScenario::lateness()
{
    const double share = m_random.u32() / 4294967296.0;
    double late = m_transitMs
        + (m_spread == Spread::Tail ? -m_jitterMs * std::log(1 - share) : m_jitterMs * share);
    if (m_late > 0) {
        --m_late;
        late += m_lateMs;
    }
    if (m_spikeEvery > 0 && m_number % static_cast<std::uint64_t>(m_spikeEvery) == 0) {
        m_stalledUntil = m_now + ms(m_spikeMs);
    }
    return ms(late);
}

void JitterScenario::deliver(const Packet& packet, base::TimePoint at)
{
    at = m_spread == Spread::Fifo ? std::max(at, m_lastArrival) : at;
    m_lastArrival = at;
    m_network.emplace(at, packet);
    if (m_duplicate > 0) {
        --m_duplicate;
        m_network.emplace(at, packet);
    }
}

void JitterScenario::arrive(const Packet& packet)
{
    if (packet.header.ssrc != m_heardSsrc) {
        m_heardSsrc = packet.header.ssrc;
        m_playout->reset();
    }
    m_decoder->setForwardErrorCorrection(m_hasFec);
    m_otherDecoder->setForwardErrorCorrection(m_hasFec);
    if (packet.isEvent) {
        m_playout->putOther(packet.header.sequence);
        return;
    }
    m_arrived.insert_or_assign(packet.number, packet.sentAt);
    m_playout->put(packet.header, packet.payload, m_now);
}

} // namespace hs::test
