// LingeringClose: closes TCP connections as RFC 6455 7.1.1 shows it: our half is shut, what the
// peer still sends is read and thrown away until it closes too, or limits::lingerTime is over.
// Without this, bytes that nobody read make the kernel send a reset, and the peer may never see the
// close frame or the HTTP answer before it (1009 for a message that is still on its way). Thread:
// the event loop's. Holds at most limits::lingering connections; more are closed at once.
#pragma once

#include "base/Scheduler.h"

#include <QObject>

#include <list>
#include <memory>

class QSocketNotifier;
class QTcpSocket;

namespace hs::control {

class LingeringClose final : public QObject {
    Q_OBJECT
public:
    explicit LingeringClose(base::Scheduler& scheduler, QObject* parent = nullptr);
    ~LingeringClose() override;

    // From the moment that Qt begins to close the socket, by whoever's wish.
    void watch(QTcpSocket& socket);
    std::size_t size() const { return m_open.size(); }

private:
    // A second descriptor of the connection: Qt closing its own does not end it.
    struct Open {
        int descriptor = -1;
        const QTcpSocket* socket = nullptr; // while Qt still writes; compared only
        std::unique_ptr<QSocketNotifier> readable;
        base::Timer deadline;
    };
    using Iterator = std::list<Open>::iterator;

    void keep(const QTcpSocket& socket);
    void shutOurHalf(const QTcpSocket& socket);
    void discard(Iterator open);
    void end(Iterator open);

    base::Scheduler& m_scheduler;
    std::list<Open> m_open;
};

} // namespace hs::control
