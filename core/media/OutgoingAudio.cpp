#include "media/OutgoingAudio.h"

#include <algorithm>

namespace hs::media {

namespace {
// The microphone's ring is read once it holds a packet and this much, so that the two threads'
// unequal steps don't starve it, and cut back to that when it has grown by more than the slack: the
// sound card's clock is not ours.
constexpr std::size_t reserve = 160; // 20 ms
constexpr std::size_t slack = 800; // 100 ms
} // namespace

CommandNode OutgoingAudio::apply(CommandNode node)
{
    auto& what = node->value.what;
    if (std::holds_alternative<command::Play>(what)) {
        m_queue.append(std::move(node));
    } else if (std::holds_alternative<command::ClearQueue>(what)) {
        consume(m_queue.clear());
    } else if (const auto* pause = std::get_if<command::PauseQueue>(&what)) {
        m_paused = pause->paused;
    } else if (std::holds_alternative<command::PlayGreeting>(what)) {
        std::swap(m_greeting, node);
        m_greetingRead = 0;
    } else if (std::holds_alternative<command::StopGreeting>(what)) {
        giveBack(m_greeting);
    } else if (std::holds_alternative<command::ConnectHeadset>(what)) {
        std::swap(m_headset, node);
        passBy();
    } else if (std::holds_alternative<command::DisconnectHeadset>(what)) {
        giveBack(m_headset);
    } else if (const auto* mute = std::get_if<command::Mute>(&what)) {
        m_muted = mute->muted;
    }
    return node;
}

void OutgoingAudio::giveBack(CommandNode& node)
{
    if (node) {
        m_spent.post(std::move(node));
    }
}

audio::HeadsetRings* OutgoingAudio::headset() const
{
    return m_headset ? std::get<command::ConnectHeadset>(m_headset->value.what).rings.get()
                     : nullptr;
}

bool OutgoingAudio::read(std::span<std::int16_t> samples)
{
    if (m_headset) {
        return readHeadset(samples);
    }
    std::size_t done = readGreeting(samples);
    if (done < samples.size() && !m_paused) {
        const std::size_t queued = m_queue.read(samples.subspan(done));
        consume(queued);
        done += queued;
    }
    std::ranges::fill(samples.subspan(done), std::int16_t(0));
    m_source = done > 0 ? Source::Clip : Source::Nothing;
    return done > 0;
}

std::size_t OutgoingAudio::readGreeting(std::span<std::int16_t> samples)
{
    if (!m_greeting) {
        return 0;
    }
    const auto& all = *std::get<command::PlayGreeting>(m_greeting->value.what).samples;
    const std::size_t count = std::min(samples.size(), all.size() - m_greetingRead);
    std::copy_n(all.begin() + static_cast<std::ptrdiff_t>(m_greetingRead), count, samples.begin());
    m_greetingRead += count;
    if (m_greetingRead == all.size()) {
        giveBack(m_greeting);
    }
    return count;
}

bool OutgoingAudio::readHeadset(std::span<std::int16_t> samples)
{
    auto& capture = headset()->capture;
    const std::size_t there = capture.size();
    if (there > samples.size() + reserve + slack) {
        capture.skip(there - samples.size() - reserve);
    }
    m_flowing = m_flowing ? there >= samples.size() : there >= samples.size() + reserve;
    const bool given = m_flowing && capture.read(samples) == samples.size();
    const bool heard = given && !m_muted;
    m_source = m_muted ? Source::Muted : given ? Source::Microphone : Source::StalledMicrophone;
    if (!heard) {
        std::ranges::fill(samples, std::int16_t(0));
    }
    return heard;
}

void OutgoingAudio::passBy()
{
    if (m_headset) {
        headset()->capture.skip(headset()->capture.size());
        m_flowing = false;
    }
}

void OutgoingAudio::consume(std::size_t count)
{
    m_consumed.fetch_add(count, std::memory_order_release);
}

} // namespace hs::media
