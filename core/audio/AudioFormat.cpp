#include "audio/AudioFormat.h"

#include <algorithm>
#include <array>

namespace hs::audio {

namespace {
constexpr std::array formats{
    AudioFormat{CodecKind::Pcma, "PCMA", 8000, 8000, 1, 8},
    AudioFormat{CodecKind::Pcmu, "PCMU", 8000, 8000, 1, 0},
    AudioFormat{CodecKind::G722, "G722", 16000, 8000, 1, 9},
    AudioFormat{CodecKind::Opus, "opus", 48000, 48000, 2, -1},
};

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
}
} // namespace

std::span<const AudioFormat> audioFormats()
{
    return formats;
}

const AudioFormat& formatOf(CodecKind kind)
{
    return formats[static_cast<std::size_t>(kind)]; // they stand in the order of the kinds
}

std::optional<CodecKind> codecNamed(std::string_view name)
{
    for (const AudioFormat& format : formats) {
        if (std::ranges::equal(format.name, name, {}, lower, lower)) {
            return format.kind;
        }
    }
    return std::nullopt;
}

int packetMsFor(CodecKind kind, int wantedMs)
{
    const int wanted = std::clamp(wantedMs, 10, 60);
    if (kind != CodecKind::Opus || wanted == 60) {
        return wanted;
    }
    return wanted >= 40 ? 40 : wanted >= 20 ? 20 : 10;
}

} // namespace hs::audio
