#include "ui/Formatting.h"

#include <QDateTime>
#include <QLocale>

#include <algorithm>

namespace hs::ui {

namespace {
struct Hms {
    qint64 hours;
    int minutes;
    int seconds;
};

Hms split(qint64 ms)
{
    const qint64 all = std::max<qint64>(0, ms) / 1000;
    return {all / 3600, int(all / 60 % 60), int(all % 60)};
}
} // namespace

QString Formatting::duration(qint64 ms)
{
    const Hms t = split(ms);
    if (t.hours > 0) {
        return QStringLiteral("%1:%2:%3")
            .arg(t.hours)
            .arg(t.minutes, 2, 10, QLatin1Char('0'))
            .arg(t.seconds, 2, 10, QLatin1Char('0'));
    }
    return QStringLiteral("%1:%2").arg(t.minutes).arg(t.seconds, 2, 10, QLatin1Char('0'));
}

QString Formatting::spokenDuration(qint64 ms)
{
    const Hms t = split(ms);
    QStringList parts;
    if (t.hours > 0) {
        parts << (t.hours == 1 ? tr("1 hour") : tr("%n hours", nullptr, int(t.hours)));
    }
    if (t.minutes > 0) {
        parts << (t.minutes == 1 ? tr("1 minute") : tr("%n minutes", nullptr, t.minutes));
    }
    if (t.seconds > 0 || parts.isEmpty()) {
        parts << (t.seconds == 1 ? tr("1 second") : tr("%n seconds", nullptr, t.seconds));
    }
    return parts.join(QLatin1Char(' '));
}

QString Formatting::time(qint64 utcMs, qint64 now)
{
    if (utcMs == 0) {
        return {};
    }
    const QDateTime local = QDateTime::fromMSecsSinceEpoch(utcMs);
    const QString clock = local.toString(QStringLiteral("HH:mm:ss"));
    if (local.date() == QDateTime::fromMSecsSinceEpoch(now).date()) {
        return clock;
    }
    return QLocale().toString(local.date(), QLocale::ShortFormat) + QLatin1Char(' ') + clock;
}

QString Formatting::bytes(qint64 bytes)
{
    return QLocale().formattedDataSize(std::max<qint64>(0, bytes), 1, QLocale::DataSizeSIFormat);
}

QString Formatting::loss(quint32 permille)
{
    //: A share in per cent, with a blank before the sign where the language has one.
    return tr("%1 %").arg(QLocale().toString(permille / 10.0, 'f', 1));
}

QString Formatting::plain(const QString& foreign, int most)
{
    QString text;
    text.reserve(std::min<qsizetype>(foreign.size(), most));
    for (const QChar c : foreign) {
        const auto category = c.category();
        const bool invisible = category == QChar::Other_Control || category == QChar::Other_Format
            || category == QChar::Separator_Line || category == QChar::Separator_Paragraph;
        if (!invisible) {
            text += c;
        } else if (c.isSpace() && !text.endsWith(QLatin1Char(' '))) {
            text += QLatin1Char(' ');
        }
        if (text.size() >= most) {
            // Never in the middle of a surrogate pair.
            if (text.back().isHighSurrogate()) {
                text.chop(1);
            }
            return text + QChar(0x2026);
        }
    }
    return text;
}

QString Formatting::toolTip(const QString& foreign)
{
    QString escaped = foreign.toHtmlEscaped();
    escaped.replace(QLatin1Char('\n'), QLatin1String("<br>"));
    return QLatin1String("<span>") + escaped + QLatin1String("</span>");
}

} // namespace hs::ui
