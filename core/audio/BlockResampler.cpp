#include "audio/BlockResampler.h"

#include <algorithm>
#include <speex/speex_resampler.h>

namespace hs::audio {

namespace {
// 64 taps at the lower rate: 92 % of its band are kept, with a delay of 4 ms at 8000 Hz.
constexpr int quality = 4;
} // namespace

void BlockResampler::Destroy::operator()(SpeexResamplerState_* state) const
{
    speex_resampler_destroy(state);
}

BlockResampler::BlockResampler(int fromRate, int toRate)
    : m_from(fromRate)
    , m_to(toRate)
{
    if (fromRate != toRate) {
        m_state.reset(speex_resampler_init(1, static_cast<spx_uint32_t>(fromRate),
                                           static_cast<spx_uint32_t>(toRate), quality, nullptr));
    }
}

void BlockResampler::process(std::span<const std::int16_t> in, std::span<std::int16_t> out)
{
    const std::span wanted = out.first(std::min(out.size(), outFor(in.size())));
    if (!m_state) {
        std::copy_n(in.begin(), wanted.size(), wanted.begin());
        return;
    }
    auto inCount = static_cast<spx_uint32_t>(in.size());
    auto outCount = static_cast<spx_uint32_t>(wanted.size());
    speex_resampler_process_int(m_state.get(), 0, in.data(), &inCount, wanted.data(), &outCount);
    std::ranges::fill(wanted.subspan(outCount), std::int16_t(0)); // of a block that is no whole one
}

void BlockResampler::reset()
{
    if (m_state) {
        speex_resampler_reset_mem(m_state.get());
    }
}

} // namespace hs::audio
