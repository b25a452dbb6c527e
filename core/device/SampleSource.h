// SampleSource: what a speaker plays. Thread: the device thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <span>

namespace hs::device {

// 16-bit mono samples at a rate that stays the same while a stream plays them.
class SampleSource {
public:
    virtual ~SampleSource() = default;
    virtual int rate() const = 0; // Hz
    // How many were filled. Fewer than asked for: nothing more at the moment, silence is played.
    virtual std::size_t read(std::span<std::int16_t> samples) = 0;
};

} // namespace hs::device
