#include "audio/DtmfDetector.h"

#include <algorithm>

// spandsp's headers count on others having been read before them.
#include <spandsp/telephony.h>
//
#include <spandsp/logging.h>
//
#include <spandsp/complex.h>
//
#include <spandsp/tone_detect.h>
//
#include <spandsp/super_tone_rx.h>
//
#include <spandsp/dtmf.h>

namespace hs::audio {

namespace {
constexpr int samplesPerMs = 8;
constexpr int confirmed =
    102; // a digit is told of a block after the one in which it was first seen
} // namespace

void DtmfDetector::Release::operator()(dtmf_rx_state_s* state) const
{
    dtmf_rx_free(state);
}

DtmfDetector::DtmfDetector()
    : m_state(dtmf_rx_init(nullptr, nullptr, nullptr))
{
    reset();
}

void DtmfDetector::reset()
{
    dtmf_rx_init(m_state.get(), nullptr, nullptr);
    dtmf_rx_set_realtime_callback(
        m_state.get(),
        [](void* self, int code, int, int samples) {
            static_cast<DtmfDetector*>(self)->heard(static_cast<char>(code), samples);
        },
        this);
    m_sounding = 0;
    m_count = 0;
}

void DtmfDetector::heard(char digit, int samples)
{
    end(samples);
    m_sounding = digit;
    m_samples = 0;
}

void DtmfDetector::end(int samples)
{
    if (m_sounding == 0) {
        return;
    }
    if (m_count == m_ended.size()) {
        std::ranges::move(std::span(m_ended).subspan(1), m_ended.begin());
        --m_count;
    }
    m_ended[m_count++] = {m_sounding, (samples + confirmed) / samplesPerMs};
    m_sounding = 0;
}

void DtmfDetector::add(std::span<const std::int16_t> samples)
{
    constexpr std::size_t piece = 80; // so that what sounds is counted from about its beginning
    while (!samples.empty()) {
        const auto now = samples.first(std::min(piece, samples.size()));
        dtmf_rx(m_state.get(), now.data(), static_cast<int>(now.size()));
        m_samples += static_cast<int>(now.size());
        samples = samples.subspan(now.size());
    }
}

void DtmfDetector::addLost(std::size_t samples)
{
    m_samples += static_cast<int>(samples);
    dtmf_rx_fillin(m_state.get(), static_cast<int>(samples));
}

void DtmfDetector::finish()
{
    end(m_samples);
    const std::size_t kept = m_count;
    reset();
    m_count = kept;
}

std::optional<DtmfDetector::Digit> DtmfDetector::take()
{
    if (m_count == 0) {
        return std::nullopt;
    }
    const Digit digit = m_ended.front();
    std::ranges::move(std::span(m_ended).subspan(1), m_ended.begin());
    --m_count;
    return digit;
}

} // namespace hs::audio
