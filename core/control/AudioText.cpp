#include "control/AudioText.h"

#include <QtEndian>

#include <algorithm>
#include <array>

namespace hs::control {

namespace {
constexpr std::array<char, 65> base64Digits{
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/"};
constexpr std::uint8_t notADigit = 0xff;

// Both digits of each byte, as UTF-16.
constexpr auto hexPairs = [] {
    constexpr std::array<char, 17> digits{"0123456789abcdef"};
    std::array<std::array<char16_t, 2>, 256> pairs{};
    for (std::size_t i = 0; i < 256; ++i) {
        pairs[i] = {static_cast<char16_t>(digits[i >> 4]), static_cast<char16_t>(digits[i & 15])};
    }
    return pairs;
}();

constexpr auto hexValues = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(notADigit);
    for (std::uint8_t i = 0; i < 10; ++i) {
        values['0' + i] = i;
    }
    for (std::uint8_t i = 0; i < 6; ++i) {
        values[std::size_t('a') + i] = values[std::size_t('A') + i] =
            static_cast<std::uint8_t>(10 + i);
    }
    return values;
}();

constexpr auto base64Values = [] {
    std::array<std::uint8_t, 256> values{};
    values.fill(notADigit);
    for (std::uint8_t i = 0; i < 64; ++i) {
        values[static_cast<std::size_t>(base64Digits[i])] = i;
    }
    return values;
}();

std::uint8_t valueOf(const std::array<std::uint8_t, 256>& values, QChar c)
{
    return c.unicode() < 256 ? values[c.unicode()] : notADigit;
}
} // namespace

void appendHex(QString& to, std::span<const std::byte> bytes)
{
    const qsizetype start = to.size();
    to.resize(start + 2 * static_cast<qsizetype>(bytes.size()));
    QChar* out = to.data() + start;
    for (const std::byte each : bytes) {
        const auto& pair = hexPairs[std::to_integer<std::size_t>(each)];
        *out++ = pair[0];
        *out++ = pair[1];
    }
}

void appendBase64(QString& to, std::span<const std::byte> bytes)
{
    const std::size_t groups = (bytes.size() + 2) / 3;
    const qsizetype start = to.size();
    to.resize(start + 4 * static_cast<qsizetype>(groups));
    QChar* out = to.data() + start;
    for (std::size_t i = 0; i < bytes.size(); i += 3) {
        const std::size_t present = std::min<std::size_t>(3, bytes.size() - i);
        std::uint32_t group = 0;
        for (std::size_t k = 0; k < 3; ++k) {
            group = group << 8 | (k < present ? std::to_integer<std::uint32_t>(bytes[i + k]) : 0U);
        }
        for (unsigned k = 0; k < 4; ++k) {
            const char digit = k <= present ? base64Digits[group >> (18 - 6 * k) & 63] : '=';
            *out++ = QLatin1Char(digit);
        }
    }
}

bool isHex(QStringView text)
{
    return text.size() % 2 == 0 && std::all_of(text.begin(), text.end(), [](QChar c) {
               return valueOf(hexValues, c) != notADigit;
           });
}

base::Result<std::vector<std::byte>> decodeHex(QStringView text)
{
    if (!isHex(text)) {
        return base::Error{QStringLiteral("the audio is not hexadecimal")};
    }
    std::vector<std::byte> bytes;
    bytes.reserve(static_cast<std::size_t>(text.size()) / 2);
    for (qsizetype i = 0; i < text.size(); i += 2) {
        bytes.push_back(
            std::byte(valueOf(hexValues, text[i]) << 4 | valueOf(hexValues, text[i + 1])));
    }
    return bytes;
}

base::Result<std::vector<std::byte>> decodeBase64(QStringView text)
{
    // Padding makes the length a multiple of four; where it is left out the length says as much.
    qsizetype length = text.size();
    if (length % 4 == 0) {
        for (int i = 0; i < 2 && length > 0 && text[length - 1] == u'='; ++i) {
            --length;
        }
    }
    const base::Error refusal{QStringLiteral("the audio is not base64")};
    if (length % 4 == 1) {
        return refusal;
    }
    std::vector<std::byte> bytes;
    bytes.reserve(static_cast<std::size_t>(length) * 3 / 4);
    std::uint32_t group = 0;
    unsigned bits = 0;
    for (const QChar c : text.first(length)) {
        const std::uint8_t value = valueOf(base64Values, c);
        if (value == notADigit) {
            return refusal;
        }
        group = group << 6 | value;
        bits += 6;
        if (bits >= 8) {
            bits -= 8;
            bytes.push_back(std::byte(group >> bits & 0xff));
        }
    }
    return bytes;
}

base::Result<std::vector<std::int16_t>> samplesOf(std::span<const std::byte> littleEndian)
{
    if (littleEndian.size() % 2 != 0) {
        return base::Error{QStringLiteral("the audio has half a sample at its end: 16-bit samples "
                                          "have an even number of bytes")};
    }
    std::vector<std::int16_t> samples(littleEndian.size() / 2);
    qFromLittleEndian<std::int16_t>(littleEndian.data(), static_cast<qsizetype>(samples.size()),
                                    samples.data());
    return samples;
}

std::vector<std::byte> toLittleEndian(std::span<const std::byte> nativeSamples)
{
    std::vector<std::byte> bytes(nativeSamples.size());
    qToLittleEndian<std::int16_t>(nativeSamples.data(),
                                  static_cast<qsizetype>(nativeSamples.size() / 2), bytes.data());
    return bytes;
}

} // namespace hs::control
