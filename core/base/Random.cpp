#include "base/Random.h"

#include <QRandomGenerator>

namespace hs::base {

Random::Random() = default;

Random::Random(std::uint64_t seed)
    : m_repeatable(true)
    , m_engine(seed)
{
}

std::uint32_t Random::u32()
{
    return m_repeatable ? static_cast<std::uint32_t>(m_engine() >> 32)
                        : QRandomGenerator::system()->generate();
}

std::uint32_t Random::below(std::uint32_t below)
{
    return static_cast<std::uint32_t>((std::uint64_t(u32()) * below) >> 32);
}

QByteArray Random::token(int characters)
{
    static constexpr char alphabet[] = "0123456789abcdefghjkmnpqrstvwxyz";
    QByteArray result(characters, Qt::Uninitialized);
    for (char& c : result) {
        c = alphabet[u32() >> 27];
    }
    return result;
}

} // namespace hs::base
