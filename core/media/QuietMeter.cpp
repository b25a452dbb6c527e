#include "media/QuietMeter.h"

#include "audio/G711.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::int64_t quietPower = 1074; // of a sample: (32768 / 1000)^2, -60 dBov
constexpr int leastStep = 8; // both laws' codes for 0 and for next to it
} // namespace

void QuietMeter::add(audio::CodecKind codec, std::span<const std::byte> codes, base::TimePoint at)
{
    const auto& table =
        codec == audio::CodecKind::Pcma ? audio::g711::alawDecoded : audio::g711::ulawDecoded;
    std::int64_t power = 0;
    int loudest = 0;
    for (const std::byte code : codes) {
        const int sample = table[std::to_integer<std::size_t>(code)];
        power += sample * sample;
        loudest = std::max(loudest, sample < 0 ? -sample : sample);
    }
    note(power, loudest, codes.size(), at);
}

void QuietMeter::add(std::span<const std::int16_t> samples, base::TimePoint at)
{
    std::int64_t power = 0;
    int loudest = 0;
    for (const std::int16_t sample : samples) {
        power += sample * sample;
        loudest = std::max(loudest, sample < 0 ? -sample : int(sample));
    }
    note(power, loudest, samples.size(), at);
}

void QuietMeter::note(std::int64_t power, int loudest, std::size_t count, base::TimePoint at)
{
    if (count == 0) {
        return;
    }
    m_any = true;
    const auto since = [at](std::optional<base::TimePoint>& moment, bool isSo) {
        moment = isSo ? moment.value_or(at) : std::optional<base::TimePoint>();
    };
    since(m_quietSince, power < quietPower * static_cast<std::int64_t>(count));
    since(m_nothingSince, loudest <= leastStep);
}

std::int64_t QuietMeter::ms(const std::optional<base::TimePoint>& since, base::TimePoint now) const
{
    if (!m_any) {
        return -1;
    }
    return since ? std::max<std::int64_t>((now - *since) / std::chrono::milliseconds(1), 0) : 0;
}

} // namespace hs::media
