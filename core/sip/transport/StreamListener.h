// StreamListener: a TCP port on which peers connect; hands their descriptors on. Thread: the event
// loop's.
#pragma once

#include "base/Endpoint.h"
#include "base/Scheduler.h"

#include <QTcpServer>

#include <functional>

namespace hs::sip {

class StreamListener final : public QTcpServer {
    Q_OBJECT
public:
    // Whoever takes a descriptor closes it.
    using Accept = std::function<void(qintptr descriptor)>;

    StreamListener(base::Scheduler& scheduler, Accept accept);

    // Port 0: any free one. :: takes IPv6 only.
    base::Result<void> bind(const base::Endpoint& local);
    base::Endpoint local() const;

protected:
    void incomingConnection(qintptr descriptor) override { m_accept(descriptor); }

private:
    base::Scheduler& m_scheduler;
    Accept m_accept;
    base::Timer m_resume;
};

} // namespace hs::sip
