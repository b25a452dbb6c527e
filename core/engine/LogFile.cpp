#include "engine/LogFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hs::engine {

using base::Result;

LogFile::LogFile(const QString& path, qint64 mostBytes, int kept)
    : m_path(path)
    , m_name(QFile::encodeName(path))
    , m_mostBytes(mostBytes)
    , m_kept(kept)
{
}

LogFile::~LogFile()
{
    close();
}

void LogFile::append(const QByteArray& line)
{
    m_buffer += line;
    ++m_buffered;
}

Result<void> LogFile::flush()
{
    if (m_buffer.isEmpty()) {
        return {};
    }
    Result<void> done = open();
    if (done) {
        done = writeBuffer();
    }
    if (!done) {
        close();
    }
    discard(); // what is left of it
    return done;
}

void LogFile::discard()
{
    m_lost += m_buffered;
    m_buffer.clear();
    m_buffered = 0;
}

Result<void> LogFile::writeBuffer()
{
    qsizetype at = 0;
    while (at < m_buffer.size()) {
        // As many whole lines as there is room for, but at least one.
        const qint64 room = m_isRegular ? m_mostBytes - m_size : m_buffer.size();
        qsizetype end = m_buffer.size();
        if (end - at > room) {
            end = m_buffer.lastIndexOf('\n', at + std::max<qint64>(room, 1) - 1) + 1;
            if (end <= at && m_size > 0) {
                rotate();
                if (const auto opened = open(); !opened) {
                    return opened;
                }
                continue;
            }
            end = end <= at ? m_buffer.indexOf('\n', at) + 1 : end;
        }
        const ssize_t written =
            ::write(m_descriptor, m_buffer.constData() + at, static_cast<std::size_t>(end - at));
        if (written < 0 && errno == EINTR) {
            continue;
        }
        if (written <= 0) {
            return error("can't be written", errno);
        }
        at += written;
        m_size += written;
        m_midLine = m_buffer.at(at - 1) != '\n';
        m_buffered -= static_cast<quint64>(
            std::count(m_buffer.begin() + (at - written), m_buffer.begin() + at, '\n'));
    }
    return {};
}

Result<void> LogFile::open()
{
    if (m_descriptor >= 0 && isInPlace()) {
        return {};
    }
    close();
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    m_descriptor = ::open(m_name.constData(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
    struct stat status { };
    if (m_descriptor < 0 || ::fstat(m_descriptor, &status) != 0) {
        return error("can't be opened", errno);
    }
    m_isRegular = S_ISREG(status.st_mode);
    m_size = m_isRegular ? status.st_size : 0;
    if (std::exchange(m_midLine, false)) {
        m_buffer.prepend('\n');
        ++m_buffered;
    }
    return {};
}

bool LogFile::isInPlace() const
{
    struct stat opened { };
    struct stat named { };
    return ::fstat(m_descriptor, &opened) == 0 && ::stat(m_name.constData(), &named) == 0
        && opened.st_dev == named.st_dev && opened.st_ino == named.st_ino;
}

void LogFile::rotate()
{
    close();
    m_midLine = false;
    const auto name = [this](int number) -> QByteArray {
        return m_name + '.' + QByteArray::number(number);
    };
    for (int number = m_kept - 1; number >= 1; --number) {
        std::rename(name(number).constData(), name(number + 1).constData());
    }
    if (m_kept < 1 || std::rename(m_name.constData(), name(1).constData()) != 0) {
        // Where it can't be moved away it must still not grow without bound.
        [[maybe_unused]] const int done = ::truncate(m_name.constData(), 0);
    }
}

void LogFile::close()
{
    if (m_descriptor >= 0) {
        ::close(m_descriptor);
    }
    m_descriptor = -1;
    m_size = 0;
}

base::Error LogFile::error(const char* what, int number) const
{
    return base::Error{
        QStringLiteral("the log file '%1' %2 (%3); give this user the right to write to it and "
                       "its folder, free some space on its disk, or name another with the key "
                       "'log_file'")
            .arg(m_path, QLatin1String(what), QString::fromLocal8Bit(std::strerror(number)))};
}

} // namespace hs::engine
