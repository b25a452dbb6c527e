#include "audio/Resampler.h"

#include <algorithm>
#include <array>
#include <speex/speex_resampler.h>

namespace hs::audio {

namespace {

int speexProcess(SpeexResamplerState* state, const std::int16_t* in, spx_uint32_t* inCount,
                 std::int16_t* out, spx_uint32_t* outCount)
{
    return speex_resampler_process_int(state, 0, in, inCount, out, outCount);
}

int speexProcess(SpeexResamplerState* state, const float* in, spx_uint32_t* inCount, float* out,
                 spx_uint32_t* outCount)
{
    return speex_resampler_process_float(state, 0, in, inCount, out, outCount);
}

spx_uint32_t countOf(std::size_t size)
{
    return static_cast<spx_uint32_t>(std::min<std::size_t>(size, 1U << 30));
}

} // namespace

void Resampler::Destroy::operator()(SpeexResamplerState_* state) const
{
    speex_resampler_destroy(state);
}

Resampler::Resampler(int from, int to, SpeexResamplerState_* state)
    : m_from(from)
    , m_to(to)
    , m_state(state)
{
    reset();
}

base::Result<Resampler> Resampler::create(int fromRate, int toRate, int quality)
{
    for (const int rate : {fromRate, toRate}) {
        if (rate < lowestRate || rate > highestRate) {
            return base::Error{
                QStringLiteral("A sample rate of %1 Hz can't be converted; it must be %2 to %3.")
                    .arg(rate)
                    .arg(lowestRate)
                    .arg(highestRate)};
        }
    }
    if (quality < SPEEX_RESAMPLER_QUALITY_MIN || quality > SPEEX_RESAMPLER_QUALITY_MAX) {
        return base::Error{
            QStringLiteral("A resampling quality of %1 does not exist; it goes from 0 to 10.")
                .arg(quality)};
    }
    if (fromRate == toRate) {
        return Resampler(fromRate, toRate, nullptr);
    }
    int error = RESAMPLER_ERR_SUCCESS;
    SpeexResamplerState* state = speex_resampler_init(
        1, static_cast<spx_uint32_t>(fromRate), static_cast<spx_uint32_t>(toRate), quality, &error);
    if (!state) {
        return base::Error{QStringLiteral("Can't convert from %1 to %2 Hz: %3.")
                               .arg(fromRate)
                               .arg(toRate)
                               .arg(QLatin1String(speex_resampler_strerror(error)))};
    }
    return Resampler(fromRate, toRate, state);
}

template <class T>
Resampler::Progress Resampler::run(std::span<const T> in, std::span<T> out)
{
    Progress progress;
    if (!m_state) {
        progress.consumed = progress.produced = std::min(in.size(), out.size());
        std::copy_n(in.begin(), progress.consumed, out.begin());
    } else if (!in.empty() && !out.empty()) {
        spx_uint32_t inCount = countOf(in.size());
        spx_uint32_t outCount = countOf(out.size());
        // Fails only for want of memory when the rates change, which they do not.
        speexProcess(m_state.get(), in.data(), &inCount, out.data(), &outCount);
        progress = {inCount, outCount};
    }
    m_consumed += static_cast<std::int64_t>(progress.consumed);
    m_produced += static_cast<std::int64_t>(progress.produced);
    return progress;
}

template <class T>
void Resampler::append(std::span<const T> in, std::vector<T>& out)
{
    while (!in.empty()) {
        const std::size_t piece = std::min<std::size_t>(in.size(), 1U << 14);
        const std::size_t before = out.size();
        const auto wanted = static_cast<std::uint64_t>(piece) * static_cast<std::uint64_t>(m_to)
            / static_cast<std::uint64_t>(m_from);
        out.resize(before + static_cast<std::size_t>(wanted) + 16);
        const Progress done = run(in.first(piece), std::span(out).subspan(before));
        out.resize(before + done.produced);
        in = in.subspan(done.consumed);
    }
}

template <class T>
void Resampler::drain(std::vector<T>& out)
{
    const std::int64_t expected = (m_consumed * m_to + m_from / 2) / m_from;
    if (m_state) {
        const std::array<T, 64> zeros{};
        while (m_produced < expected) {
            append(std::span<const T>(zeros), out);
        }
    }
    if (m_produced > expected) {
        // The last zeros may have brought more than was missing.
        const auto surplus = static_cast<std::size_t>(m_produced - expected);
        out.resize(out.size() - std::min(out.size(), surplus));
    }
    reset();
}

Resampler::Progress Resampler::process(std::span<const std::int16_t> in,
                                       std::span<std::int16_t> out)
{
    return run(in, out);
}

Resampler::Progress Resampler::process(std::span<const float> in, std::span<float> out)
{
    return run(in, out);
}

void Resampler::process(std::span<const std::int16_t> in, std::vector<std::int16_t>& out)
{
    append(in, out);
}

void Resampler::process(std::span<const float> in, std::vector<float>& out)
{
    append(in, out);
}

void Resampler::flush(std::vector<std::int16_t>& out)
{
    drain(out);
}

void Resampler::flush(std::vector<float>& out)
{
    drain(out);
}

void Resampler::reset()
{
    m_consumed = 0;
    m_produced = 0;
    if (m_state) {
        speex_resampler_reset_mem(m_state.get());
        speex_resampler_skip_zeros(m_state.get());
    }
}

} // namespace hs::audio
