#include "media/StreamCodecs.h"

#include "audio/AudioDevice.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int headsetRate = audio::HeadsetRings::sampleRate;

int rateOf(const MediaParameters& parameters)
{
    return audio::formatOf(parameters.codec).sampleRate;
}
} // namespace

StreamCodecs::Line::Line(int sampleRate)
    : rate(sampleRate)
    , playout(sampleRate)
    , toNarrow(sampleRate, narrowRate)
    , toHeadset(sampleRate, headsetRate)
{
}

StreamCodecs::StreamCodecs(const MediaParameters& parameters)
    : m_encoder(audio::makeEncoder(parameters.codec, parameters.wishes))
    , m_noiseTypes(parameters.noiseTypes)
    , m_fromQueue(narrowRate, rateOf(parameters))
    , m_fromHeadset(headsetRate, rateOf(parameters))
    , m_fromClip{audio::BlockResampler{8000, rateOf(parameters)},
                 audio::BlockResampler{16000, rateOf(parameters)},
                 audio::BlockResampler{48000, rateOf(parameters)}}
{
    for (const ReceivedCodec& codec : parameters.received) {
        if (codec.payloadType < 0 || received(static_cast<std::uint8_t>(codec.payloadType))) {
            continue;
        }
        const audio::AudioFormat& format = audio::formatOf(codec.codec);
        const auto type = static_cast<std::uint8_t>(codec.payloadType);
        Line& line = lineAt(format.sampleRate);
        m_received.push_back({type, codec.codec, audio::makeDecoder(codec.codec), &line});
        line.playout.setDecoder(type, m_received.back().decoder.get(),
                                static_cast<std::uint32_t>(format.clockRate));
    }
    if (m_lines.empty()) {
        lineAt(rateOf(parameters));
    }
}

bool StreamCodecs::areSame(const MediaParameters& one, const MediaParameters& other)
{
    // In what order an offer of the same lists them is of no importance to what comes in.
    return one.codec == other.codec && one.wishes == other.wishes
        && std::ranges::is_permutation(one.received, other.received)
        && std::ranges::is_permutation(one.noiseTypes, other.noiseTypes);
}

StreamCodecs::Line& StreamCodecs::lineAt(int rate)
{
    const auto same = std::ranges::find(m_lines, rate, &Line::rate);
    if (same != m_lines.end()) {
        return **same;
    }
    return *m_lines.emplace_back(std::make_unique<Line>(rate));
}

StreamCodecs::Received* StreamCodecs::received(std::uint8_t payloadType)
{
    const auto found = std::ranges::find(m_received, payloadType, &Received::payloadType);
    return found == m_received.end() ? nullptr : &*found;
}

StreamCodecs::Line& StreamCodecs::lineOf(audio::CodecKind kind)
{
    const auto found = std::ranges::find(m_received, kind, &Received::kind);
    return found == m_received.end() ? *m_lines.front() : *found->line;
}

bool StreamCodecs::isNoise(std::uint8_t payloadType) const
{
    return std::ranges::find(m_noiseTypes, int(payloadType)) != m_noiseTypes.end();
}

audio::BlockResampler& StreamCodecs::fromClip(int rate)
{
    const auto found = std::ranges::find(m_fromClip, rate, &audio::BlockResampler::fromRate);
    return found == m_fromClip.end() ? m_fromClip.front() : *found;
}

} // namespace hs::media
