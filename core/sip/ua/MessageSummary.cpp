#include "sip/ua/MessageSummary.h"

#include "base/Text.h"
#include "sip/message/Grammar.h"
#include "sip/message/LineReader.h"

#include <limits>

namespace hs::sip {

namespace {
constexpr qsizetype mostBytes = 16 * 1024;
constexpr qsizetype longestAccount = 512;

// Digits from `at` on; `at` moves behind them. Nothing if there are none.
std::optional<std::int32_t> number(QByteArrayView text, qsizetype& at)
{
    at = grammar::skipBlanks(text, at);
    const qsizetype start = at;
    std::int64_t value = 0;
    constexpr std::int64_t largest = std::numeric_limits<std::int32_t>::max();
    for (; at < text.size() && grammar::isDigit(text[at]); ++at) {
        value = std::min(largest, value * 10 + (text[at] - '0'));
    }
    return at > start ? std::optional(static_cast<std::int32_t>(value)) : std::nullopt;
}

bool skip(QByteArrayView text, qsizetype& at, char c)
{
    at = grammar::skipBlanks(text, at);
    if (at >= text.size() || text[at] != c) {
        return false;
    }
    ++at;
    return true;
}

std::optional<MessageSummary::Counts> counts(QByteArrayView text)
{
    MessageSummary::Counts result;
    qsizetype at = 0;
    const std::optional<std::int32_t> fresh = number(text, at);
    if (!fresh) {
        return std::nullopt;
    }
    result.fresh = *fresh;
    if (skip(text, at, '/')) {
        result.old = number(text, at).value_or(0);
    }
    if (skip(text, at, '(')) {
        result.urgentFresh = number(text, at).value_or(0);
        if (skip(text, at, '/')) {
            result.urgentOld = number(text, at).value_or(0);
        }
    }
    return result;
}
} // namespace

std::optional<MessageSummary> MessageSummary::parse(QByteArrayView body)
{
    MessageSummary summary;
    std::optional<bool> waiting;
    LineReader lines(body.first(std::min(body.size(), mostBytes)));
    for (QByteArrayView line; lines.next(line);) {
        const qsizetype colon = line.indexOf(':');
        if (colon < 0) {
            continue;
        }
        const QByteArrayView name = base::trimmed(line.first(colon));
        const QByteArrayView value = base::trimmed(line.sliced(colon + 1));
        if (base::equalsIgnoreCase(name, "Messages-Waiting")) {
            waiting = base::equalsIgnoreCase(value, "yes");
        } else if (base::equalsIgnoreCase(name, "Message-Account")) {
            summary.account = value.first(std::min(value.size(), longestAccount)).toByteArray();
        } else if (base::equalsIgnoreCase(name, "Voice-Message") && !summary.voice) {
            summary.voice = counts(value);
        }
    }
    if (!waiting && !summary.voice) {
        return std::nullopt;
    }
    summary.isWaiting = waiting.value_or(summary.voice && summary.voice->fresh > 0);
    return summary;
}

} // namespace hs::sip
