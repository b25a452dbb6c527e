// QuietMoment: where sound can be left out and nobody hears it jump: a piece that is below -40 dB,
// or about as soft as the softest one of late, as a room with a fan or a line with noise is never
// below that. Nothing loud is ever called quiet. Thread: a value.
#pragma once

#include <cstdint>
#include <span>

namespace hs::device {

class QuietMoment {
public:
    // From here on: the softest one of late is forgotten.
    void begin() { m_softest = nothing; }
    // Whether this piece, the next one, is quiet. Pieces are of about the same length.
    bool isQuiet(std::span<const std::int16_t> piece);

private:
    static constexpr int nothing = 32768;

    int m_softest = nothing; // peak
};

} // namespace hs::device
