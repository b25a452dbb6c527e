#include "media/QualityMeter.h"

#include "rtp/EModel.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr double usPerMs = 1000;
constexpr double leastBufferMs = 40;
constexpr double mostBufferMs = 200;

double since(std::uint64_t before, std::uint64_t now)
{
    return now > before ? static_cast<double>(now - before)
                        : 0; // a late packet is no loss any more
}
} // namespace

void QualityMeter::Score::set(int mos)
{
    now = mos;
    sum += std::max(mos, 0);
    count += mos >= 0 ? 1 : 0;
}

int QualityMeter::Score::average() const
{
    return count == 0 ? -1 : static_cast<int>(sum / count);
}

void QualityMeter::measure(const rtp::RtpStats& stats, const Line& line)
{
    const Totals now{stats.packetsReceived - stats.packetsDuplicate, stats.packetsLost,
                     line.packetsLate};
    const std::size_t size = m_totals.size();
    const Totals before = m_known < size ? m_totals[0] : m_totals[m_next];
    m_totals[m_next] = now;
    m_next = (m_next + 1) % size;
    m_known = std::min(m_known + 1, size);

    const double roundTripMs = std::max(stats.roundTripUs, 0) / usPerMs;
    const double lost = since(before.lost, now.lost);
    const double expected = since(before.received, now.received) + lost;
    const double missing = std::min(lost + since(before.late, now.late), expected);
    m_received.set(expected == 0 ? -1
                                 : rtp::emodel::mosCentis(100 * missing / expected,
                                                          roundTripMs / 2 + line.bufferMs
                                                              + line.receivedPacketMs));
    const double theirBufferMs =
        std::clamp(4 * stats.remoteJitterUs / usPerMs, leastBufferMs, mostBufferMs);
    m_sent.set(stats.remoteLossPermille < 0
                   ? -1
                   : rtp::emodel::mosCentis(stats.remoteLossPermille / 10.0,
                                            roundTripMs / 2 + theirBufferMs + line.sentPacketMs));
}

void QualityMeter::writeTo(model::MediaStats& stats) const
{
    stats.mosReceivedCentis = m_received.now;
    stats.mosSentCentis = m_sent.now;
    stats.mosReceivedAverageCentis = m_received.average();
    stats.mosSentAverageCentis = m_sent.average();
}

} // namespace hs::media
