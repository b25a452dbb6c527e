#include "media/MusicPlayer.h"

#include <algorithm>
#include <utility>

namespace hs::media {

namespace {
constexpr std::int64_t fade = HoldMusic::fullRate / 20; // 50 ms
constexpr int endMs = 4;

void sink(std::int16_t from, std::span<std::int16_t> samples, int rate)
{
    const auto count =
        std::min<std::int32_t>(rate / 1000 * endMs, static_cast<std::int32_t>(samples.size()));
    for (std::int32_t i = 0; i < count; ++i) {
        std::int16_t& sample = samples[static_cast<std::size_t>(i)];
        const std::int32_t sum = sample + from * (count - 1 - i) / count;
        sample = static_cast<std::int16_t>(std::clamp(sum, -32768, 32767));
    }
}
} // namespace

CommandNode MusicPlayer::apply(CommandNode node)
{
    std::swap(m_node, node);
    m_heard = 0;
    return node;
}

bool MusicPlayer::read(std::span<std::int16_t> samples, int rate)
{
    const auto* playing = m_node ? &std::get<command::PlayMusic>(m_node->value.what) : nullptr;
    const auto loop =
        playing && playing->music ? playing->music->loop(rate) : std::span<const std::int16_t>();
    if (loop.empty()) {
        return false;
    }
    const std::int16_t before = m_heard == 0 ? m_last : std::int16_t(0);
    const std::int64_t step = HoldMusic::fullRate / rate;
    auto next = static_cast<std::size_t>(m_position / step) % loop.size();
    for (std::int16_t& sample : samples) {
        const std::int64_t share = std::min(m_heard, fade);
        sample = static_cast<std::int16_t>(loop[next] * share / fade);
        m_heard += step;
        next = next + 1 == loop.size() ? 0 : next + 1;
    }
    m_position = static_cast<std::int64_t>(next) * step;
    if (!samples.empty()) {
        m_last = samples.back();
    }
    sink(before, samples, rate);
    return true;
}

bool MusicPlayer::addEnd(std::span<std::int16_t> samples, int rate)
{
    m_heard = 0;
    const std::int16_t last = std::exchange(m_last, std::int16_t(0));
    sink(last, samples, rate);
    return last != 0;
}

void MusicPlayer::pause()
{
    m_heard = 0;
    m_last = 0;
}

} // namespace hs::media
