// Small text operations on wire bytes, where QByteArray has none. Thread: pure functions.
#pragma once

#include <QByteArray>
#include <QByteArrayView>
#include <QString>

#include <cstdint>
#include <optional>

namespace hs::base {

// ASCII only, as the grammars of SIP, SDP and HTTP want it: no locale, no Unicode folding.
bool equalsIgnoreCase(QByteArrayView a, QByteArrayView b);
QByteArray toLower(QByteArrayView text);

// Space and tab at both ends.
QByteArrayView trimmed(QByteArrayView text);

// Digits only, no sign, no blank, and not beyond the largest. Nothing on anything else.
std::optional<std::uint32_t> parseU32(QByteArrayView text);

// What a peer sent, made fit for a log line or a label: invalid UTF-8 and control characters, line
// ends and direction marks among them, become visible escapes; cut at `most` characters.
QString printable(QByteArrayView text, int most = 400);
QString printable(const QByteArray& text, int most = 400);
QString printable(const QString& text, int most = 400);

} // namespace hs::base
