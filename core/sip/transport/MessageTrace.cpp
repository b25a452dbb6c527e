#include "sip/transport/MessageTrace.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
constexpr qsizetype most = 4000;

void withhold(QByteArray& text, QByteArrayView parameter)
{
    for (qsizetype at = text.indexOf(parameter); at >= 0; at = text.indexOf(parameter, at)) {
        at += parameter.size();
        const qsizetype end = text.indexOf('"', at);
        text.replace(at, (end < 0 ? text.size() : end) - at, "...");
    }
}
} // namespace

QString traceOf(QByteArrayView message)
{
    QByteArray text = message.first(std::min(message.size(), most)).toByteArray();
    withhold(text, "response=\"");
    withhold(text, "rspauth=\"");
    return base::printable(QByteArrayView(text), int(most));
}

} // namespace hs::sip
