#include "call/RecordingName.h"

#include <QDateTime>

namespace hs::call {

namespace {
constexpr qsizetype longestNumber = 40;

QString safe(const QString& number)
{
    QString result;
    for (const QChar c : number.left(longestNumber)) {
        const char16_t u = c.unicode();
        const bool fits = (u >= u'0' && u <= u'9') || (u >= u'a' && u <= u'z')
            || (u >= u'A' && u <= u'Z') || u == u'+' || u == u'-';
        result += fits ? c : QChar(u'-');
    }
    return result.isEmpty() ? QStringLiteral("unknown") : result;
}
} // namespace

QString recordingName(const model::Call& call, const QString& id)
{
    const QDateTime ring = QDateTime::fromMSecsSinceEpoch(call.startedAt);
    return QStringLiteral("%1_%2_%3_%4.wav")
        .arg(ring.toString(QStringLiteral("yyyyMMdd_HHmmss")), model::toWord(call.direction),
             safe(call.number), id);
}

} // namespace hs::call
