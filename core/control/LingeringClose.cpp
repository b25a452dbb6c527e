#include "control/LingeringClose.h"

#include "control/ControlLimits.h"

#include <QSocketNotifier>
#include <QTcpSocket>

#include <algorithm>
#include <array>
#include <cerrno>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

namespace hs::control {

LingeringClose::LingeringClose(base::Scheduler& scheduler, QObject* parent)
    : QObject(parent)
    , m_scheduler(scheduler)
{
}

LingeringClose::~LingeringClose()
{
    for (const Open& open : m_open) {
        ::close(open.descriptor);
    }
}

void LingeringClose::watch(QTcpSocket& socket)
{
    connect(&socket, &QTcpSocket::stateChanged, this,
            [this, &socket](QAbstractSocket::SocketState state) {
                if (state == QAbstractSocket::ClosingState) {
                    keep(socket);
                } else if (state == QAbstractSocket::UnconnectedState) {
                    shutOurHalf(socket);
                }
            });
}

void LingeringClose::keep(const QTcpSocket& socket)
{
    if (m_open.size() >= limits::lingering) {
        return;
    }
    const int descriptor = ::fcntl(static_cast<int>(socket.socketDescriptor()), F_DUPFD_CLOEXEC, 0);
    if (descriptor < 0) {
        return;
    }
    const Iterator open = m_open.emplace(m_open.end());
    open->descriptor = descriptor;
    open->socket = &socket;
    // Also where Qt never gets to the end of its writing, or deletes the socket without a word.
    open->deadline = m_scheduler.after(2 * limits::lingerTime, [this, open] { end(open); });
}

void LingeringClose::shutOurHalf(const QTcpSocket& socket)
{
    const Iterator open = std::find_if(m_open.begin(), m_open.end(),
                                       [&](const Open& each) { return each.socket == &socket; });
    if (open == m_open.end()) {
        return;
    }
    open->socket = nullptr;
    ::shutdown(open->descriptor, SHUT_WR);
    open->deadline = m_scheduler.after(limits::lingerTime, [this, open] { end(open); });
    open->readable = std::make_unique<QSocketNotifier>(open->descriptor, QSocketNotifier::Read);
    connect(open->readable.get(), &QSocketNotifier::activated, this,
            [this, open] { discard(open); });
}

void LingeringClose::discard(Iterator open)
{
    std::array<char, 16384> nowhere;
    // One read for each wake-up: a peer that goes on sending gets its turn, not all of them.
    const ssize_t size =
        ::recv(open->descriptor, nowhere.data(), nowhere.size(), MSG_DONTWAIT | MSG_TRUNC);
    if (size == 0 || (size < 0 && errno != EAGAIN && errno != EINTR)) {
        end(open);
    }
}

void LingeringClose::end(Iterator open)
{
    // Reached from the notifier's own signal and the timer's own function.
    if (open->readable) {
        open->readable->setEnabled(false);
        open->readable.release()->deleteLater();
    }
    ::close(open->descriptor);
    m_open.erase(open);
}

} // namespace hs::control
