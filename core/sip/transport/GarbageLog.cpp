#include "sip/transport/GarbageLog.h"

#include "base/LogCategories.h"
#include "base/Text.h"

namespace hs::sip {

namespace {
constexpr std::size_t mostSources = 1024;
constexpr base::Duration pause = std::chrono::seconds(1);
} // namespace

GarbageLog::GarbageLog(const base::Clock& clock)
    : m_clock(clock)
{
}

std::optional<int> GarbageLog::admit(const base::IpAddress& source)
{
    const base::TimePoint now = m_clock.now();
    auto it = m_entries.find(source);
    if (it == m_entries.end()) {
        if (m_entries.size() >= mostSources) {
            forgetTheQuiet(now);
        }
        if (m_entries.size() >= mostSources) {
            return std::nullopt; // a flood of forged sources; the lines there are tell of it
        }
        m_entries.emplace(source, Entry{now, 0});
        return 0;
    }
    if (now - it->second.lastLine < pause) {
        ++it->second.leftOut;
        return std::nullopt;
    }
    it->second.lastLine = now;
    return std::exchange(it->second.leftOut, 0);
}

void GarbageLog::tell(const base::Endpoint& source, QByteArrayView bytes, const QByteArray& why)
{
    const std::optional<int> leftOut = admit(source.address());
    if (!leftOut) {
        return;
    }
    const QString more =
        *leftOut > 0 ? QStringLiteral(" (and %1 more from there)").arg(*leftOut) : QString();
    qCWarning(base::lcSip).noquote()
        << QStringLiteral("%1 sent %2 bytes that are no proper SIP: %3%4; they begin \"%5\"")
               .arg(QString::fromLatin1(source.toString()))
               .arg(bytes.size())
               .arg(QString::fromUtf8(why), more,
                    base::printable(bytes.first(qMin<qsizetype>(bytes.size(), 60))));
}

void GarbageLog::forgetTheQuiet(base::TimePoint now)
{
    std::erase_if(m_entries,
                  [now](const auto& entry) { return now - entry.second.lastLine >= pause; });
}

} // namespace hs::sip
