#include "sip/message/ReplacesHeader.h"

#include "base/Text.h"
#include "sip/message/Params.h"

namespace hs::sip {

std::optional<ReplacesHeader> ReplacesHeader::parse(QByteArrayView value)
{
    const auto parsed = ParameterizedValue::parse(value);
    if (!parsed) {
        return std::nullopt;
    }
    ReplacesHeader result;
    result.callId = parsed->value;
    result.toTag = parsed->params.unquoted("to-tag");
    result.fromTag = parsed->params.unquoted("from-tag");
    result.earlyOnly = parsed->params.has("early-only");
    if (result.callId.isEmpty() || result.toTag.isEmpty() || result.fromTag.isEmpty()) {
        return std::nullopt;
    }
    return result;
}

QByteArray ReplacesHeader::toBytes() const
{
    QByteArray text = callId + ";to-tag=" + toTag + ";from-tag=" + fromTag;
    if (earlyOnly) {
        text += ";early-only";
    }
    return text;
}

QByteArray ReplacesHeader::toUriHeader() const
{
    return "Replaces=" + toBytes().toPercentEncoding();
}

std::optional<ReplacesHeader> ReplacesHeader::fromUriHeaders(QByteArrayView headers)
{
    for (const QByteArray& part : headers.toByteArray().split('&')) {
        const qsizetype equals = part.indexOf('=');
        if (equals > 0 && base::equalsIgnoreCase(part.first(equals), "Replaces")) {
            return parse(grammar::percentDecoded(part.sliced(equals + 1)));
        }
    }
    return std::nullopt;
}

} // namespace hs::sip
