#include "media/ConferenceHeadset.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr auto frameTime = std::chrono::milliseconds(20);
constexpr auto mostLate = std::chrono::milliseconds(60);
constexpr int rate = audio::HeadsetRings::sampleRate;
constexpr std::size_t frameSamples = rate / 50;
// As with one call: see OutgoingAudio.
constexpr std::size_t reserve = rate / 100; // 10 ms
constexpr std::size_t slack = rate / 10; // 100 ms
constexpr int framesPerRoll = 12; // about four times a second
} // namespace

audio::HeadsetRings* ConferenceHeadset::rings() const
{
    return m_node ? std::get<command::ConferenceHeadset>(m_node->value.what).rings.get() : nullptr;
}

CommandNode ConferenceHeadset::connect(CommandNode node, ConferenceBridge& bridge,
                                       base::TimePoint now)
{
    const audio::HeadsetRings* before = rings();
    std::swap(m_node, node);
    audio::HeadsetRings* after = rings();
    if (before == after) {
        return node;
    }
    bridge.leave(m_member);
    m_flowing = false;
    m_stalledSince.reset();
    if (after && bridge.enter(m_member)) {
        after->capture.skip(after->capture.size());
        m_next = now - now.time_since_epoch() % frameTime + frameTime;
    }
    return node;
}

void ConferenceHeadset::setMuted(bool muted, ConferenceBridge& bridge)
{
    m_muted = muted;
    if (muted) {
        bridge.silence(m_member);
    }
}

void ConferenceHeadset::run(ConferenceBridge& bridge, base::TimePoint now)
{
    if (!rings()) {
        return;
    }
    if (now - m_next > mostLate) {
        m_next += (now - m_next) / frameTime * frameTime;
    }
    for (; m_next <= now; m_next += frameTime) {
        say(bridge);
        std::array<std::int16_t, frameSamples> heard{};
        bridge.addOthers(m_member, m_next, heard, rate);
        rings()->playback.write(heard);
    }
}

void ConferenceHeadset::say(ConferenceBridge& bridge)
{
    auto& capture = rings()->capture;
    const std::size_t there = capture.size();
    if (there > frameSamples + reserve + slack) {
        capture.skip(there - frameSamples - reserve);
    }
    std::array<std::int16_t, frameSamples> said;
    m_flowing = m_flowing ? there >= frameSamples : there >= frameSamples + reserve;
    m_flowing = m_flowing && capture.read(said) == frameSamples;
    m_stalledSince = m_flowing ? std::nullopt : std::optional(m_stalledSince.value_or(m_next));
    if (m_flowing && !m_muted) {
        bridge.write(m_member, m_next, said, rate);
        m_peak.add(said);
    }
    if (++m_frames % framesPerRoll == 0) {
        m_level = m_peak.roll();
    }
}

std::int64_t ConferenceHeadset::stalledMs(base::TimePoint now) const
{
    const auto since = m_stalledSince ? now - *m_stalledSince : base::Duration(0);
    return std::max<std::int64_t>(since / std::chrono::milliseconds(1), 0);
}

} // namespace hs::media
