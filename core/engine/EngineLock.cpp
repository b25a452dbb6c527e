#include "engine/EngineLock.h"

#include "base/Text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <array>
#include <cerrno>
#include <cstring>
#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>
#include <utility>

namespace hs::engine {

using base::Result;

namespace {
QString holder(int descriptor)
{
    std::array<char, 200> text{};
    const ssize_t size = ::pread(descriptor, text.data(), text.size(), 0);
    const QByteArrayView content(text.data(), std::max<ssize_t>(size, 0));
    const qsizetype end = content.indexOf('\n');
    return end > 0 ? base::printable(content.first(end), 100)
                   : QStringLiteral("another program"); // it has not yet written its name
}

EngineLockFailure none(const QString& why)
{
    return {{}, why};
}
} // namespace

QString EngineLock::fileOf(const QString& databasePath)
{
    QFileInfo file(databasePath);
    if (file.isSymLink()) {
        file.setFile(file.symLinkTarget()); // which need not exist yet
    }
    const QFileInfo folder(file.absolutePath());
    return QDir(folder.exists() ? folder.canonicalFilePath() : folder.absoluteFilePath())
        .filePath(file.fileName());
}

Result<EngineLock, EngineLockFailure> EngineLock::acquire(const QString& databasePath,
                                                          const QString& program)
{
    const QString folder = QFileInfo(databasePath).absolutePath();
    if (!QDir().mkpath(folder)) {
        return none(QStringLiteral("the folder '%1' of the call log can't be made; make it for "
                                   "this user, or name another database with the key 'db'")
                        .arg(folder));
    }
    const QString path = fileOf(databasePath) + QStringLiteral(".lock");
    const QByteArray name = QFile::encodeName(path);
    EngineLock lock(::open(name.constData(), O_RDWR | O_CREAT | O_CLOEXEC, 0644));
    if (lock.m_descriptor < 0) {
        return none(QStringLiteral("the lock file '%1' can't be opened (%2); give this user the "
                                   "right to write to it and its folder, or name another "
                                   "database with the key 'db'")
                        .arg(path, QString::fromLocal8Bit(std::strerror(errno))));
    }
    if (::flock(lock.m_descriptor, LOCK_EX | LOCK_NB) != 0) {
        if (errno != EWOULDBLOCK) {
            return none(QStringLiteral("the file '%1' can't be locked: %2")
                            .arg(path, QString::fromLocal8Bit(std::strerror(errno))));
        }
        const QString who = holder(lock.m_descriptor);
        return EngineLockFailure{
            who,
            QStringLiteral("the call log '%1' is in use by %2; end that program, or name "
                           "another database with the key 'db'")
                .arg(databasePath, who)};
    }
    const QByteArray content =
        QStringLiteral("%1, process %2\n").arg(program).arg(::getpid()).toUtf8();
    // A name that can't be written makes the lock no worse.
    if (::ftruncate(lock.m_descriptor, 0) == 0) {
        [[maybe_unused]] const ssize_t written = ::pwrite(
            lock.m_descriptor, content.constData(), static_cast<std::size_t>(content.size()), 0);
    }
    return lock;
}

EngineLock::EngineLock(EngineLock&& other) noexcept
    : m_descriptor(std::exchange(other.m_descriptor, -1))
{
}

EngineLock& EngineLock::operator=(EngineLock&& other) noexcept
{
    std::swap(m_descriptor, other.m_descriptor);
    return *this;
}

EngineLock::~EngineLock()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
}

} // namespace hs::engine
