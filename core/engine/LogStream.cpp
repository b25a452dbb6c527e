#include "engine/LogStream.h"

#include "engine/LogLine.h"

#include <QDateTime>

#include <algorithm>
#include <cerrno>
#include <climits>
#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hs::engine {

namespace {
constexpr qsizetype mostWaiting = 64 * 1024;
constexpr int patienceMs = 50;
// Of a write after the system said that there is room: a full disk, an odd device.
constexpr int mostRefusals = 3;
} // namespace

LogStream::LogStream(int descriptor)
    : m_descriptor(descriptor)
{
    struct stat status { };
    if (::fstat(descriptor, &status) != 0) {
        return;
    }
    if (S_ISREG(status.st_mode)) {
        m_kind = Kind::File;
    } else if (S_ISSOCK(status.st_mode)) {
        m_kind = Kind::Socket;
    } else {
        // A new open file description, so that O_NONBLOCK is ours alone.
        const QByteArray name = "/proc/self/fd/" + QByteArray::number(descriptor);
        const int own = ::open(name.constData(), O_WRONLY | O_NONBLOCK | O_NOCTTY | O_CLOEXEC);
        m_owned = own >= 0;
        m_kind = m_owned ? Kind::NonBlocking : Kind::MayBlock;
        m_descriptor = m_owned ? own : descriptor;
    }
}

LogStream::~LogStream()
{
    if (m_owned) {
        ::close(m_descriptor);
    }
}

void LogStream::write(const QByteArray& line, Weight weight)
{
    if (m_kind == Kind::Gone) {
        return;
    }
    if (!push()) {
        if (weight == Weight::MustArrive && m_waiting.size() + line.size() <= mostWaiting) {
            m_waiting += line;
        } else {
            ++m_leftOut;
        }
        return;
    }
    noteLeftOut();
    m_waiting += line;
    push();
}

void LogStream::proceed()
{
    if (push()) {
        noteLeftOut();
        push();
    }
}

void LogStream::noteLeftOut()
{
    if (m_leftOut == 0) {
        return;
    }
    LogLine note;
    note.level = model::LogLevel::Warning;
    note.at = QDateTime::currentMSecsSinceEpoch();
    note.message = QStringLiteral("%1 lines are missing here, because nobody read them; the log "
                                  "file has them")
                       .arg(m_leftOut);
    note.file = __FILE__;
    note.line = __LINE__;
    m_waiting += note.formatted();
    m_leftOut = 0;
}

bool LogStream::push()
{
    int refusals = 0;
    while (!m_waiting.isEmpty() && m_kind != Kind::Gone) {
        // A pipe takes up to PIPE_BUF as a whole or not at all; so lines stay whole.
        qsizetype size = std::min<qsizetype>(m_waiting.size(), PIPE_BUF);
        if (const qsizetype end = m_waiting.lastIndexOf('\n', size - 1); end >= 0) {
            size = end + 1;
        }
        const qint64 written = writeSome(size);
        if (written > 0) {
            m_waiting.remove(0, written);
            m_stalled = false;
            refusals = 0;
        } else if (written < 0) {
            m_kind = Kind::Gone;
        } else if (++refusals > mostRefusals || !waitForRoom()) {
            m_stalled = true;
            return false;
        }
    }
    if (m_kind == Kind::Gone) {
        m_waiting.clear();
        m_leftOut = 0;
    }
    return true;
}

// How much was written; 0: there is no room; -1: there never will be.
qint64 LogStream::writeSome(qsizetype size)
{
    if (m_kind == Kind::MayBlock) {
        pollfd room{m_descriptor, POLLOUT, 0};
        if (::poll(&room, 1, 0) == 0) {
            return 0;
        }
    }
    const auto length = static_cast<std::size_t>(size);
    const ssize_t written = m_kind == Kind::Socket
        ? ::send(m_descriptor, m_waiting.constData(), length, MSG_DONTWAIT | MSG_NOSIGNAL)
        : ::write(m_descriptor, m_waiting.constData(), length);
    if (written >= 0) {
        return written;
    }
    return errno == EAGAIN || errno == EWOULDBLOCK || errno == EINTR || errno == ENOSPC ? 0 : -1;
}

bool LogStream::waitForRoom()
{
    pollfd room{m_descriptor, POLLOUT, 0};
    return ::poll(&room, 1, m_stalled ? 0 : patienceMs) > 0;
}

} // namespace hs::engine
