#include "engine/StandardPaths.h"

#include <QDir>
#include <QFile>

#include <array>
#include <pwd.h>
#include <unistd.h>

namespace hs::engine {

namespace {
QString homeOf(const QProcessEnvironment& environment)
{
    const QString home = environment.value(QStringLiteral("HOME"));
    if (QDir::isAbsolutePath(home)) {
        return QDir::cleanPath(home);
    }
    // A service is often started without one.
    passwd entry{};
    passwd* found = nullptr;
    std::array<char, 4096> buffer{};
    if (::getpwuid_r(::getuid(), &entry, buffer.data(), buffer.size(), &found) == 0 && found
        && found->pw_dir) {
        return QDir::cleanPath(QFile::decodeName(found->pw_dir));
    }
    return QStringLiteral("/");
}
} // namespace

StandardPaths::StandardPaths(const QProcessEnvironment& environment)
    : m_home(homeOf(environment))
{
    const auto base = [&](const char* variable, const char* inHome) {
        // "All paths must be absolute. If [not], the path [is] invalid and ignored."
        const QString value = environment.value(QLatin1String(variable));
        return QDir::isAbsolutePath(value) ? QDir::cleanPath(value)
                                           : QDir(m_home).filePath(QLatin1String(inHome));
    };
    m_config = base("XDG_CONFIG_HOME", ".config");
    m_data = base("XDG_DATA_HOME", ".local/share");
    m_state = base("XDG_STATE_HOME", ".local/state");
}

QString StandardPaths::folder(const QString& base)
{
    return QDir(base).filePath(QStringLiteral("hookswitch"));
}

} // namespace hs::engine
