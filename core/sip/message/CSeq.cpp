#include "sip/message/CSeq.h"

#include "base/Text.h"
#include "sip/message/Grammar.h"

namespace hs::sip {

std::optional<CSeq> CSeq::parse(QByteArrayView text)
{
    text = base::trimmed(text);
    qsizetype digits = 0;
    while (digits < text.size() && grammar::isDigit(text[digits])) {
        ++digits;
    }
    const qsizetype methodStart = grammar::skipBlanks(text, digits);
    const std::optional<std::uint32_t> number = base::parseU32(text.first(digits));
    const QByteArrayView method = text.sliced(methodStart);
    if (!number || methodStart == digits || !grammar::isToken(method)) {
        return std::nullopt;
    }
    return CSeq{*number, method.toByteArray()};
}

QByteArray CSeq::toBytes() const
{
    return QByteArray::number(number) + ' ' + method;
}

} // namespace hs::sip
