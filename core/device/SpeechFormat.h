// SpeechFormat: how a device is opened for speech, and its samples as 16-bit mono and back. Mono at
// the device's own rate where it allows that, and the sound server spreads it over whatever the
// device has (eight channels on a gaming headset, for one); else the device's own channels,
// averaged when heard and all filled when played. Thread: pure functions.
#pragma once

#include <QAudioDevice>
#include <QAudioFormat>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

namespace hs::device {

// Of the resamplers beside a device, as telephones have it: a longer filter would be heard as
// delay rather than as quality.
constexpr int speechQuality = 3;

// Of a device whose own format is `own`: what it takes of what can be used; none if nothing.
std::optional<QAudioFormat> speechFormat(const QAudioFormat& own,
                                         const std::function<bool(const QAudioFormat&)>& takes);
// 16-bit or float; none if the device can do neither.
std::optional<QAudioFormat> speechFormat(const QAudioDevice& device);

// Appends one sample for each whole frame in `bytes`.
void toMono(std::span<const std::byte> bytes, const QAudioFormat& format,
            std::vector<std::int16_t>& mono);

// Replaces `bytes`.
void fromMono(std::span<const std::int16_t> mono, const QAudioFormat& format,
              std::vector<std::byte>& bytes);

} // namespace hs::device
