// What each codec costs: a minute of the same speech, encoded and decoded in packets of 20 ms, all
// in one run. A call does both, all the time: the media thread's capacity follows from the sum.
#include "audio/SpeechCodecs.h"
#include "support/SpeechQuality.h"

#include <array>
#include <cstdio>
#include <ctime>
#include <vector>

using namespace hs;

namespace {

constexpr int seconds = 60;
constexpr int packetMs = 20;

struct Cost {
    double encodeMs = 0; // of processor time for each second of speech
    double decodeMs = 0;
    double kbitPerSecond = 0; // of payload
};

double cpuMs()
{
    return 1000 * double(std::clock()) / CLOCKS_PER_SEC;
}

Cost costOf(const audio::AudioFormat& format)
{
    const std::vector<std::int16_t> said = test::speech(format.sampleRate, seconds * 1000);
    const std::size_t frame = format.samplesOf(packetMs);
    const auto encoder = audio::makeEncoder(format.kind);
    const auto decoder = audio::makeDecoder(format.kind);
    std::vector<std::vector<std::byte>> packets;
    std::array<std::byte, audio::mostPayloadOctets> room;
    std::size_t octets = 0;

    const double before = cpuMs();
    for (std::size_t at = 0; at + frame <= said.size(); at += frame) {
        const std::size_t size = encoder->encode(std::span(said).subspan(at, frame), room);
        packets.emplace_back(room.begin(), room.begin() + static_cast<std::ptrdiff_t>(size));
        octets += size;
    }
    const double between = cpuMs();
    std::vector<std::int16_t> heard(frame);
    for (const std::vector<std::byte>& packet : packets) {
        if (packet.empty()) {
            decoder->conceal(heard); // a pause of DTX
        } else {
            decoder->decode(packet, heard);
        }
    }
    return {(between - before) / seconds, (cpuMs() - between) / seconds,
            double(octets) * 8 / 1000 / seconds};
}

} // namespace

int main()
{
    const Cost base = costOf(audio::formatOf(audio::CodecKind::Pcma));
    std::printf("%-6s %12s %12s %10s %14s\n", "codec", "encode ms/s", "decode ms/s", "kbit/s",
                "times PCMA");
    for (const audio::AudioFormat& format : audio::audioFormats()) {
        const Cost cost = costOf(format);
        std::printf("%-6.*s %12.3f %12.3f %10.1f %14.1f\n", static_cast<int>(format.name.size()),
                    format.name.data(), cost.encodeMs, cost.decodeMs, cost.kbitPerSecond,
                    (cost.encodeMs + cost.decodeMs) / (base.encodeMs + base.decodeMs));
    }
    return 0;
}
