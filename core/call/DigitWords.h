// DigitWords: DTMF digits as text: those that a person or a program asks for, and those in the body
// of an INFO (application/dtmf-relay, application/dtmf). Thread: pure functions.
#pragma once

#include "base/Result.h"
#include "sip/message/Message.h"

#include <QByteArray>
#include <QString>

#include <optional>

namespace hs::call {

// 0-9, *, #, A-D, '!' (flash), and the pauses 'w' (500 ms) and ',' (2 s); blanks and dashes are
// dropped. The error is a sentence.
base::Result<QByteArray> readDigits(const QString& text);
bool isPause(char digit);

inline constexpr char infoDigitType[] = "application/dtmf-relay";
QByteArray infoDigitBody(char digit, int durationMs);
struct InfoDigit {
    char digit = 0;
    int durationMs = 0;
};
std::optional<InfoDigit> readInfoDigit(const sip::Request& info);

} // namespace hs::call
