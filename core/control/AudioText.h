// Audio as text: hexadecimal and base64 (RFC 4648), by tables. Decoding is strict: nothing but the
// alphabet. Samples are 16-bit, little-endian on the wire. Thread: pure functions.
#pragma once

#include "base/Result.h"

#include <QString>
#include <QStringView>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <vector>

namespace hs::control {

void appendHex(QString& to, std::span<const std::byte> bytes); // lower case
void appendBase64(QString& to, std::span<const std::byte> bytes); // RFC 4648 4, with padding

// An even number of nothing but hexadecimal digits.
bool isHex(QStringView text);

// Errors are sentences for the client. Padding may be left out in base64.
base::Result<std::vector<std::byte>> decodeHex(QStringView text);
base::Result<std::vector<std::byte>> decodeBase64(QStringView text);

// Refuses an odd last byte.
base::Result<std::vector<std::int16_t>> samplesOf(std::span<const std::byte> littleEndian);
// 16-bit samples in native byte order, as bytes, to little-endian. The same bytes on most machines.
std::vector<std::byte> toLittleEndian(std::span<const std::byte> nativeSamples);

} // namespace hs::control
