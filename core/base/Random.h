// Random: tokens and numbers that nobody can guess (tags, branches, Call-IDs, SSRCs). A test gives a
// seed and gets the same ones each time. Thread: one object belongs to one thread.
#pragma once

#include <QByteArray>

#include <cstdint>
#include <random>

namespace hs::base {

class Random {
public:
    Random(); // from the system's entropy
    explicit Random(std::uint64_t seed); // repeatable, for tests

    std::uint32_t u32();
    std::uint16_t u16() { return static_cast<std::uint16_t>(u32()); }
    // 0 .. below-1
    std::uint32_t below(std::uint32_t below);
    // Letters and digits that a SIP token, a URI and a file name can all hold; 5 bits each.
    QByteArray token(int characters);

private:
    bool m_repeatable = false;
    std::mt19937_64 m_engine;
};

} // namespace hs::base
