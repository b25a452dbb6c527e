#include "audio/OpusCodec.h"

#include <algorithm>
#include <array>
#include <opus.h>

namespace hs::audio {

namespace {
constexpr int rate = 48000;
constexpr int mono = 1;
constexpr std::size_t mostSamples = 5760; // 120 ms, the longest packet (RFC 6716 3.2.5)

// Milliseconds of processor time for a second of speech at 32 kbit/s, and the log-spectral distance
// in dB of what comes out: complexity 3: 4.6, 7.25; 4 and 5: 5.7, 6.51; 6: 7.4, 6.33;
// 10: 10.5, 6.18. Most of what can be gained is gained at 4, from 5 the fixed-point builds gain
// too.
constexpr int complexity = 5;

const unsigned char* octets(std::span<const std::byte> payload)
{
    return reinterpret_cast<const unsigned char*>(payload.data());
}

opus_int32 sizeOf(std::span<const std::byte> payload)
{
    return static_cast<opus_int32>(payload.size());
}

struct Frames {
    std::array<const unsigned char*, 48> data{}; // RFC 6716 3.2.5: at most 48
    std::array<opus_int16, 48> size{};
    int count = 0; // 0: the packet is malformed
    std::size_t samplesEach = 0;
};

Frames framesOf(std::span<const std::byte> packet)
{
    constexpr std::size_t most = 1 << 15;
    Frames frames;
    if (packet.empty() || packet.size() > most) {
        return frames;
    }
    const int count = opus_packet_parse(octets(packet), sizeOf(packet), nullptr, frames.data.data(),
                                        frames.size.data(), nullptr);
    frames.samplesEach =
        static_cast<std::size_t>(opus_packet_get_samples_per_frame(octets(packet), rate));
    const std::size_t samples = static_cast<std::size_t>(std::max(count, 0)) * frames.samplesEach;
    frames.count = samples <= mostSamples ? std::max(count, 0) : 0;
    return frames;
}

// RFC 6716 4.2.3, 4.2.4: SILK's part begins with a flag for each 20 ms whether there is speech, and
// then one whether redundancy follows; both channels' flags stand in the first octet, which the
// range coder leaves as it is, for each is a bit of even odds.
bool hasRedundancy(std::span<const std::byte> packet, const Frames& frames)
{
    constexpr int firstWithoutSilk = 16; // RFC 6716 table 2: the configurations of CELT alone
    const int toc = std::to_integer<int>(packet.front());
    if ((toc >> 3) >= firstWithoutSilk || frames.size[0] == 0) {
        return false;
    }
    constexpr std::size_t silkFrame = 960;
    const int voiceFlags =
        static_cast<int>(std::max<std::size_t>(frames.samplesEach / silkFrame, 1));
    const int first = *frames.data[0];
    const bool isStereo = (toc & 0x04) != 0;
    const bool mid = ((first >> (7 - voiceFlags)) & 1) != 0;
    const bool side = isStereo && ((first >> (6 - 2 * voiceFlags)) & 1) != 0;
    return mid || side;
}

int bandwidthFor(int playbackRate) // RFC 7587 3.1.1, 6.1
{
    return playbackRate <= 8000 ? OPUS_BANDWIDTH_NARROWBAND
        : playbackRate <= 12000 ? OPUS_BANDWIDTH_MEDIUMBAND
        : playbackRate <= 16000 ? OPUS_BANDWIDTH_WIDEBAND
        : playbackRate <= 24000 ? OPUS_BANDWIDTH_SUPERWIDEBAND
                                : OPUS_BANDWIDTH_FULLBAND;
}
} // namespace

void OpusSpeechDecoder::Release::operator()(::OpusDecoder* state) const
{
    opus_decoder_destroy(state);
}

OpusSpeechDecoder::OpusSpeechDecoder()
    : m_state(opus_decoder_create(rate, mono, nullptr))
{
}

void OpusSpeechDecoder::reset()
{
    opus_decoder_ctl(m_state.get(), OPUS_RESET_STATE);
}

std::size_t OpusSpeechDecoder::samplesIn(std::span<const std::byte> payload) const
{
    const Frames frames = framesOf(payload);
    return static_cast<std::size_t>(frames.count) * frames.samplesEach;
}

std::size_t OpusSpeechDecoder::decode(std::span<const std::byte> payload,
                                      std::span<std::int16_t> out)
{
    const std::size_t count = samplesIn(payload);
    if (count == 0 || out.size() < count) {
        return 0;
    }
    const int decoded = opus_decode(m_state.get(), octets(payload), sizeOf(payload), out.data(),
                                    static_cast<int>(count), 0);
    return static_cast<std::size_t>(std::max(decoded, 0));
}

// Loss is concealed in whole units; of one that is begun, as much as is asked for.
std::size_t OpusSpeechDecoder::concealOddPart(std::span<std::int16_t> out)
{
    const std::size_t odd = out.size() % unit;
    if (odd != 0) {
        std::array<std::int16_t, unit> whole{};
        const int concealed =
            opus_decode(m_state.get(), nullptr, 0, whole.data(), static_cast<int>(unit), 0);
        static_cast<void>(concealed); // that much, unless a size or state is wrong, which none is
        std::copy_n(whole.begin(), odd, out.begin());
    }
    return odd;
}

std::size_t OpusSpeechDecoder::conceal(std::span<std::int16_t> out)
{
    std::size_t done = concealOddPart(out);
    while (done < out.size()) {
        const std::size_t piece = std::min(out.size() - done, mostSamples);
        const int concealed =
            opus_decode(m_state.get(), nullptr, 0, out.data() + done, static_cast<int>(piece), 0);
        if (concealed <= 0) {
            return 0;
        }
        done += static_cast<std::size_t>(concealed);
    }
    return done;
}

std::size_t OpusSpeechDecoder::recover(std::span<const std::byte> next, std::span<std::int16_t> out)
{
    const Frames frames = framesOf(next);
    if (frames.count == 0 || out.size() < frames.samplesEach || out.size() > mostSamples
        || !hasRedundancy(next, frames)) {
        return 0;
    }
    // What is known is the frame right before; of a longer loss the beginning is concealed.
    const std::size_t odd = concealOddPart(out);
    const int recovered = opus_decode(m_state.get(), octets(next), sizeOf(next), out.data() + odd,
                                      static_cast<int>(out.size() - odd), 1);
    return recovered > 0 ? odd + static_cast<std::size_t>(recovered) : 0;
}

void OpusSpeechEncoder::Release::operator()(::OpusEncoder* state) const
{
    opus_encoder_destroy(state);
}

OpusSpeechEncoder::OpusSpeechEncoder(const EncoderWishes& wishes)
    : m_state(opus_encoder_create(rate, mono, OPUS_APPLICATION_VOIP, nullptr))
    , m_wishes(wishes)
{
    reset();
}

// Not by OPUS_RESET_STATE, which keeps some of what SILK has learned.
void OpusSpeechEncoder::reset()
{
    ::OpusEncoder* state = m_state.get();
    opus_encoder_init(state, rate, mono, OPUS_APPLICATION_VOIP);
    opus_encoder_ctl(state, OPUS_SET_COMPLEXITY(complexity));
    opus_encoder_ctl(state, OPUS_SET_SIGNAL(OPUS_SIGNAL_VOICE));
    opus_encoder_ctl(state, OPUS_SET_BITRATE(std::clamp(m_wishes.bitRate, 6000, 510000)));
    opus_encoder_ctl(state, OPUS_SET_MAX_BANDWIDTH(bandwidthFor(m_wishes.playbackRate)));
    opus_encoder_ctl(state, OPUS_SET_INBAND_FEC(m_wishes.inBandFec ? 1 : 0));
    opus_encoder_ctl(state, OPUS_SET_DTX(m_wishes.dtx ? 1 : 0));
    opus_encoder_ctl(state, OPUS_SET_VBR(m_wishes.constantBitRate ? 0 : 1));
    opus_encoder_ctl(state, OPUS_SET_PACKET_LOSS_PERC(m_expectedLoss));
}

void OpusSpeechEncoder::setExpectedLoss(int percent)
{
    m_expectedLoss = std::clamp(percent, 0, 100);
    opus_encoder_ctl(m_state.get(), OPUS_SET_PACKET_LOSS_PERC(m_expectedLoss));
}

std::size_t OpusSpeechEncoder::encode(std::span<const std::int16_t> samples,
                                      std::span<std::byte> out)
{
    constexpr int unsent = 2; // so much is what the decoder makes of a packet that never comes
    if (samples.empty() || samples.size() > mostSamples || out.empty()) {
        return 0;
    }
    const int written =
        opus_encode(m_state.get(), samples.data(), static_cast<int>(samples.size()),
                    reinterpret_cast<unsigned char*>(out.data()),
                    static_cast<opus_int32>(std::min(out.size(), mostPayloadOctets)));
    return written > unsent ? static_cast<std::size_t>(written) : 0;
}

} // namespace hs::audio
