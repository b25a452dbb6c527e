// Bytes from hexadecimal text, and back, for tests of wire formats.
#pragma once

#include <QByteArray>

#include <cstddef>
#include <span>
#include <vector>

namespace hs::test {

// "80 00 1234": blanks don't count.
inline std::vector<std::byte> bytes(const QByteArray& hex)
{
    const QByteArray raw = QByteArray::fromHex(hex);
    const auto view =
        std::as_bytes(std::span(raw.constData(), static_cast<std::size_t>(raw.size())));
    return {view.begin(), view.end()};
}

inline QByteArray hex(std::span<const std::byte> bytes)
{
    return QByteArray(reinterpret_cast<const char*>(bytes.data()),
                      static_cast<qsizetype>(bytes.size()))
        .toHex();
}

} // namespace hs::test
