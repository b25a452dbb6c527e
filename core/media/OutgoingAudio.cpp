#include "media/OutgoingAudio.h"

#include <algorithm>
#include <utility>

namespace hs::media {

namespace {
// The microphone's ring is read once it holds a packet and this much, so that the two threads'
// unequal steps don't starve it, and cut back to that when it has grown by more than the slack: the
// sound card's clock is not ours.
constexpr std::size_t reserve = 10 * audio::HeadsetRings::samplesPerMs;
constexpr std::size_t slack = 100 * audio::HeadsetRings::samplesPerMs;
constexpr std::size_t tailsPerSecond = 125; // of 8 ms: more than a resampler holds back
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
    std::ranges::fill(samples, std::int16_t(0));
    std::size_t done = readGreeting(samples);
    if (done < samples.size() && !m_paused) {
        done += readQueue(samples.subspan(done));
    }
    m_source = done > 0 ? Source::Clip : Source::Nothing;
    return done > 0;
}

std::size_t OutgoingAudio::readGreeting(std::span<std::int16_t> samples)
{
    if (!m_greeting) {
        return 0;
    }
    const audio::Clip& clip = *std::get<command::PlayGreeting>(m_greeting->value.what).clip;
    audio::BlockResampler& resampler = m_codecs->fromClip(clip.rate);
    const std::size_t tail =
        resampler.isTransparent() ? 0 : static_cast<std::size_t>(clip.rate) / tailsPerSecond;
    const std::span room = std::span(m_room).first(resampler.inFor(samples.size()));
    // Another codec has another tail, so that more than the whole may have been read.
    const std::size_t whole = clip.samples.size() + tail;
    const std::size_t count = std::min(room.size(), whole - std::min(m_greetingRead, whole));
    const std::size_t left = clip.samples.size() - std::min(m_greetingRead, clip.samples.size());
    const std::size_t own = std::min(count, left);
    std::copy_n(clip.samples.end() - static_cast<std::ptrdiff_t>(left), own, room.begin());
    std::ranges::fill(room.subspan(own), std::int16_t(0));
    resampler.process(room, samples);
    m_greetingRead += count;
    if (m_greetingRead >= whole) {
        resampler.reset();
        giveBack(m_greeting);
    }
    // Up to where the queue has a sample that begins there too.
    const std::size_t each = m_codecs->fromQueue().outFor(1);
    return std::min(samples.size(), (resampler.outFor(count) + each - 1) / each * each);
}

// What waits in `samples` is silence.
std::size_t OutgoingAudio::readQueue(std::span<std::int16_t> samples)
{
    audio::BlockResampler& resampler = m_codecs->fromQueue();
    if (resampler.isTransparent()) {
        const std::size_t queued = m_queue.read(samples);
        consume(queued);
        return queued;
    }
    const std::span room = std::span(m_room).first(resampler.inFor(samples.size()));
    const std::size_t queued = m_queue.read(room);
    consume(queued);
    if (queued == 0 && !std::exchange(m_queueEnds, false)) {
        return 0;
    }
    std::ranges::fill(room.subspan(queued), std::int16_t(0));
    resampler.process(room, samples);
    m_queueEnds = queued > 0;
    return samples.size();
}

bool OutgoingAudio::readHeadset(std::span<std::int16_t> samples)
{
    auto& capture = headset()->capture;
    audio::BlockResampler& resampler = m_codecs->fromHeadset();
    const std::span room = std::span(m_room).first(resampler.inFor(samples.size()));
    const std::size_t there = capture.size();
    if (there > room.size() + reserve + slack) {
        capture.skip(there - room.size() - reserve);
    }
    m_flowing = m_flowing ? there >= room.size() : there >= room.size() + reserve;
    const bool given = m_flowing && capture.read(room) == room.size();
    if (given) {
        resampler.process(room, samples);
    }
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
