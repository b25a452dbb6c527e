#include "media/MusicPlayer.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::int64_t fade = HoldMusic::fullRate / 20; // 50 ms
}

CommandNode MusicPlayer::apply(CommandNode node)
{
    std::swap(m_node, node);
    m_heard = 0;
    return node;
}

bool MusicPlayer::read(std::span<std::int16_t> samples, int rate)
{
    const auto* playing = m_node ? &std::get<command::PlayMusic>(m_node->value.what) : nullptr;
    const auto loop = playing && playing->music ? playing->music->loop(rate)
                                                : std::span<const std::int16_t>();
    if (loop.empty()) {
        return false;
    }
    const std::int64_t step = HoldMusic::fullRate / rate;
    auto next = static_cast<std::size_t>(m_position / step) % loop.size();
    for (std::int16_t& sample : samples) {
        const std::int64_t share = std::min(m_heard, fade);
        sample = static_cast<std::int16_t>(loop[next] * share / fade);
        m_heard += step;
        next = next + 1 == loop.size() ? 0 : next + 1;
    }
    m_position = static_cast<std::int64_t>(next) * step;
    return true;
}

} // namespace hs::media
