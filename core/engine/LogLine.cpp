#include "engine/LogLine.h"

#include "base/Text.h"

#include <QDateTime>

#include <array>

namespace hs::engine {

QByteArray LogLine::formatted() const
{
    constexpr std::array levels{"DEBUG", "INFO", "WARNING", "ERROR"};
    constexpr int mostCharacters = 4000;
    const QByteArray name =
        file.isEmpty() ? QByteArrayLiteral("unknown") : file.sliced(file.lastIndexOf('/') + 1);
    const QString time =
        QDateTime::fromMSecsSinceEpoch(at).toString(QStringLiteral("yyyy-MM-dd HH:mm:ss,zzz"));
    return '[' + QByteArray(levels[static_cast<std::size_t>(level)]) + "] - " + time.toLatin1()
        + " - " + base::printable(message, mostCharacters).toUtf8() + " - "
        + base::printable(QByteArrayView(name), 100).toUtf8() + ':' + QByteArray::number(line)
        + '\n';
}

} // namespace hs::engine
