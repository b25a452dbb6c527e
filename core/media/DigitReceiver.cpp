#include "media/DigitReceiver.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int mostLost = 25; // packets; behind a longer hole the detector begins anew
constexpr auto silentFor = std::chrono::milliseconds(200);
constexpr std::uint8_t staticPcmu = 0;

bool isIn(const std::array<int, 2>& types, std::uint8_t payloadType)
{
    return std::ranges::find(types, int(payloadType)) != types.end();
}
} // namespace

void DigitReceiver::setParameters(const MediaParameters& parameters)
{
    m_types = parameters.receivedEventTypes;
    m_otherTypes = parameters.otherEventTypes;
    m_typesClock = parameters.eventClock;
    m_otherClock = parameters.otherEventClock;
    m_negotiated = std::ranges::any_of(m_types, [](int type) { return type >= 0; });
}

// An event of the other clock whose end was lost is not told of any more.
void DigitReceiver::useClock(int clock)
{
    if (clock > 0 && clock != m_clock) {
        m_clock = clock;
        m_events = rtp::TelephoneEventReceiver(static_cast<std::uint32_t>(m_clock));
    }
}

void DigitReceiver::setInBand(bool wanted)
{
    if (wanted && !m_inBand) {
        m_detector.reset();
        m_known = false;
    }
    m_inBand = wanted;
}

bool DigitReceiver::isEvent(std::uint8_t payloadType) const
{
    return isIn(m_types, payloadType) || isIn(m_otherTypes, payloadType);
}

void DigitReceiver::told(const rtp::TelephoneEventReceiver::Event& event)
{
    const std::optional<char> digit = rtp::digitOf(event.event);
    if (digit && event.duration > 0) { // RFC 4733 2.3.5: 0 is for what is no digit
        const std::int64_t ms = std::int64_t(event.duration) * 1000 / m_clock;
        m_reports.add({*digit, true, DigitMethod::Rfc4733, static_cast<std::int32_t>(ms)});
    }
}

void DigitReceiver::receiveEvent(const rtp::RtpHeader& header, std::span<const std::byte> payload,
                                 base::TimePoint at)
{
    if (!m_seen) {
        m_seen = true;
        m_detector.reset(); // what sounds there now is this very digit
        m_known = false;
    }
    useClock(isIn(m_types, header.payloadType) ? m_typesClock : m_otherClock);
    m_events.receive(header, payload, at, [this](const auto& event) { told(event); });
}

void DigitReceiver::receiveAudio(const PacketOrder::Packet& packet, base::TimePoint at)
{
    const int step = rtp::seqDistance(m_sequence, packet.sequence);
    if (!m_known || packet.ssrc != m_ssrc || step <= 0 || step > mostLost) {
        m_detector.finish();
    } else if (step > 1) {
        m_detector.addLost(static_cast<std::size_t>(step - 1) * packet.payload.size());
    }
    m_known = true;
    m_ssrc = packet.ssrc;
    m_sequence = packet.sequence;
    m_heardAt = at;
    std::array<std::int16_t, 160> samples;
    for (std::span<const std::byte> codes = packet.payload; !codes.empty();) {
        const auto now = codes.first(std::min(samples.size(), codes.size()));
        if (packet.payloadType == staticPcmu) {
            audio::decodeUlaw(now, samples);
        } else {
            audio::decodeAlaw(now, samples);
        }
        m_detector.add(std::span(samples).first(now.size()));
        codes = codes.subspan(now.size());
    }
    takeHeard();
}

void DigitReceiver::receiveSamples(std::span<const std::int16_t> samples, base::TimePoint at)
{
    m_known = false; // packets that come later continue nothing
    m_heardAt = at;
    m_detector.add(samples);
    takeHeard();
}

void DigitReceiver::takeHeard()
{
    while (const auto heard = m_detector.take()) {
        m_reports.add({heard->digit, true, DigitMethod::InBand, heard->durationMs});
    }
}

void DigitReceiver::report(std::uint32_t session, TickContext& context)
{
    m_events.expire(context.now, [this](const auto& event) { told(event); });
    if (m_detector.isSounding() && context.now - m_heardAt > silentFor) {
        m_detector.finish();
        takeHeard();
    }
    m_reports.tell(session, context);
}

} // namespace hs::media
