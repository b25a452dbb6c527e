#include "call/DigitWords.h"

#include "base/Text.h"

namespace hs::call {

namespace {
constexpr qsizetype mostDigits = 256;
constexpr int usualMs = 160;
constexpr std::uint32_t longestMs = 10'000;
constexpr QByteArrayView events = "0123456789*#ABCD!"; // in the order of RFC 4733 section 3.2

std::optional<char> digitOf(const QByteArray& text)
{
    const QByteArray upper = text.trimmed().toUpper(); // line ends, too
    if (upper.size() == 1 && events.contains(upper.at(0))) {
        return upper.at(0);
    }
    const auto number = base::parseU32(upper); // some write 10 for *, 11 for #
    return number && *number < std::uint32_t(events.size())
        ? std::optional(events[qsizetype(*number)])
        : std::nullopt;
}
} // namespace

base::Result<QByteArray> readDigits(const QString& text)
{
    QByteArray digits;
    for (const QChar c : text) {
        if (c == u' ' || c == u'-') {
            continue;
        }
        const char latin = c.toLatin1();
        const char upper = latin >= 'a' && latin <= 'd' ? char(latin - 'a' + 'A') : latin;
        if (!events.contains(upper) && latin != 'w' && latin != ',') {
            return base::Error{
                QStringLiteral("'%1' can't be sent as digits: there are 0-9, *, #, A-D, ! for the "
                               "hook flash, and w and , for pauses")
                    .arg(base::printable(text, 80))};
        }
        digits += upper;
    }
    if (digits.isEmpty()) {
        return base::Error{QStringLiteral("there are no digits to send")};
    }
    if (digits.size() > mostDigits) {
        return base::Error{
            QStringLiteral("more than %1 digits can't be sent at once").arg(mostDigits)};
    }
    return digits;
}

bool isPause(char digit)
{
    return digit == 'w' || digit == ',';
}

QByteArray infoDigitBody(char digit, int durationMs)
{
    return QByteArray("Signal=") + digit + "\r\nDuration=" + QByteArray::number(durationMs)
        + "\r\n";
}

std::optional<InfoDigit> readInfoDigit(const sip::Request& info)
{
    const QByteArray type = info.contentType();
    InfoDigit result{0, usualMs};
    std::optional<char> digit;
    if (type == "application/dtmf") {
        digit = digitOf(info.body);
    } else if (type == infoDigitType) {
        for (const QByteArray& line : info.body.split('\n')) {
            const qsizetype equals = line.indexOf('=');
            if (equals < 0) {
                continue;
            }
            const QByteArray name = line.first(equals).trimmed().toLower();
            const QByteArray value = line.sliced(equals + 1).trimmed();
            if (name == "signal") {
                digit = digitOf(value);
            } else if (const auto ms = base::parseU32(value); ms && name == "duration") {
                result.durationMs = int(std::min(*ms, longestMs));
            }
        }
    }
    if (!digit) {
        return std::nullopt;
    }
    result.digit = *digit;
    return result;
}

} // namespace hs::call
