#include "media/ConferenceMember.h"

namespace hs::media {

namespace {
constexpr int quality = 4; // a filter of 4 ms at 8 kHz
constexpr std::size_t mostConverted = 4800; // 100 ms at 48 kHz
} // namespace

ConferenceMember::ConferenceMember()
    : m_lines{ConferenceLine(rates[0]), ConferenceLine(rates[1]), ConferenceLine(rates[2])}
    , m_converted(mostConverted)
{
    for (std::size_t from = 0; from < rates.size(); ++from) {
        for (std::size_t to = 0; to < rates.size(); ++to) {
            if (from == to) {
                continue;
            }
            auto resampler = audio::Resampler::create(rates[from], rates[to], quality);
            if (resampler) { // it fails for rates that make no sense, and without memory
                m_ways[from][to].resampler.emplace(std::move(resampler).value());
            }
        }
    }
}

int ConferenceMember::indexOf(int rate)
{
    for (std::size_t i = 0; i < rates.size(); ++i) {
        if (rates[i] == rate) {
            return static_cast<int>(i);
        }
    }
    return -1;
}

const ConferenceLine* ConferenceMember::line(int rate) const
{
    const int index = indexOf(rate);
    return index < 0 ? nullptr : &m_lines[static_cast<std::size_t>(index)];
}

void ConferenceMember::forget()
{
    for (ConferenceLine& line : m_lines) {
        line.forget();
    }
    for (auto& ways : m_ways) {
        for (Way& way : ways) {
            way.runs = false;
        }
    }
    m_rate = 0;
}

void ConferenceMember::write(base::TimePoint from, std::span<const std::int16_t> samples, int rate,
                             unsigned wanted)
{
    const int index = indexOf(rate);
    if (index < 0) {
        return;
    }
    const std::int64_t start = samplesUntil(from, rate);
    const bool goesOn = rate == m_rate && start == m_written;
    m_rate = rate;
    m_written = start + static_cast<std::int64_t>(samples.size());
    for (std::size_t to = 0; to < rates.size(); ++to) {
        const auto own = static_cast<std::size_t>(index);
        Way& way = m_ways[own][to];
        if (to == own) {
            m_lines[to].write(start, samples);
        } else if ((wanted & (1U << to)) != 0 && way.resampler) {
            if (!goesOn || !way.runs) {
                way.resampler->reset();
                way.next = samplesUntil(from + resamplingDelay, rates[to]);
                way.runs = true;
            }
            convert(way, m_lines[to], samples);
        } else {
            way.runs = false;
        }
    }
}

void ConferenceMember::convert(Way& way, ConferenceLine& line,
                               std::span<const std::int16_t> samples)
{
    while (!samples.empty()) {
        const auto progress = way.resampler->process(samples, std::span(m_converted));
        if (progress.consumed == 0 && progress.produced == 0) {
            return;
        }
        if (progress.produced > 0) {
            line.write(way.next, std::span(m_converted).first(progress.produced));
            way.next += static_cast<std::int64_t>(progress.produced);
        }
        samples = samples.subspan(progress.consumed);
    }
}

} // namespace hs::media
