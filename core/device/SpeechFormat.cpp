#include "device/SpeechFormat.h"

#include "audio/SoundFileReader.h"

#include <algorithm>
#include <cmath>
#include <cstring>

namespace hs::device {

namespace {

constexpr int highestRate = 48000; // more is of no use to speech
constexpr float fullScale = 32768;

float sampleAt(const std::byte* from, QAudioFormat::SampleFormat format)
{
    if (format == QAudioFormat::Float) {
        float sample = 0;
        std::memcpy(&sample, from, sizeof sample);
        return std::isfinite(sample) ? sample : 0;
    }
    std::int16_t sample = 0;
    std::memcpy(&sample, from, sizeof sample);
    return static_cast<float>(sample) / fullScale;
}

void putSample(std::int16_t sample, QAudioFormat::SampleFormat format, std::byte* to)
{
    if (format == QAudioFormat::Float) {
        const float value = static_cast<float>(sample) / fullScale;
        std::memcpy(to, &value, sizeof value);
    } else {
        std::memcpy(to, &sample, sizeof sample);
    }
}

} // namespace

std::optional<QAudioFormat> speechFormat(const QAudioDevice& device)
{
    return speechFormat(device.preferredFormat(), [&device](const QAudioFormat& format) {
        return device.isFormatSupported(format);
    });
}

std::optional<QAudioFormat> speechFormat(const QAudioFormat& own,
                                         const std::function<bool(const QAudioFormat&)>& takes)
{
    for (const int rate : {std::min(own.sampleRate(), highestRate), own.sampleRate()}) {
        for (const int channels : {1, 2, own.channelCount()}) {
            for (const auto sample : {QAudioFormat::Int16, QAudioFormat::Float}) {
                QAudioFormat format;
                format.setSampleRate(rate);
                format.setChannelCount(channels);
                format.setSampleFormat(sample);
                if (format.isValid() && takes(format)) {
                    return format;
                }
            }
        }
    }
    return std::nullopt;
}

void toMono(std::span<const std::byte> bytes, const QAudioFormat& format,
            std::vector<std::int16_t>& mono)
{
    const auto channels = static_cast<std::size_t>(std::max(format.channelCount(), 1));
    const auto width = static_cast<std::size_t>(std::max(format.bytesPerSample(), 1));
    const std::size_t frames = bytes.size() / (channels * width);
    for (std::size_t frame = 0; frame < frames; ++frame) {
        float sum = 0;
        for (std::size_t channel = 0; channel < channels; ++channel) {
            sum += sampleAt(&bytes[(frame * channels + channel) * width], format.sampleFormat());
        }
        mono.push_back(audio::toInt16(sum / static_cast<float>(channels)));
    }
}

void fromMono(std::span<const std::int16_t> mono, const QAudioFormat& format,
              std::vector<std::byte>& bytes)
{
    const auto channels = static_cast<std::size_t>(format.channelCount());
    const auto width = static_cast<std::size_t>(format.bytesPerSample());
    bytes.resize(mono.size() * channels * width);
    for (std::size_t i = 0; i < mono.size() * channels; ++i) {
        putSample(mono[i / channels], format.sampleFormat(), &bytes[i * width]);
    }
}

} // namespace hs::device
