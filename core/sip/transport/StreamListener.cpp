#include "sip/transport/StreamListener.h"

#include "base/LogCategories.h"

#include <QNetworkProxy>

namespace hs::sip {

StreamListener::StreamListener(base::Scheduler& scheduler, Accept accept)
    : m_scheduler(scheduler)
    , m_accept(std::move(accept))
{
    setProxy(QNetworkProxy::NoProxy);
    connect(this, &QTcpServer::acceptError, this, [this] {
        // Qt stopped accepting, or the event loop would spin; descriptors come back as calls end.
        qCWarning(base::lcSip).noquote()
            << "cannot accept a SIP connection:" << errorString() << "- trying again in a second";
        m_resume = m_scheduler.after(std::chrono::seconds(1), [this] { resumeAccepting(); });
    });
}

base::Result<void> StreamListener::bind(const base::Endpoint& endpoint)
{
    if (!listen(endpoint.address().toQt(), endpoint.port())) {
        return base::Error{QStringLiteral("TCP %1: %2")
                               .arg(QString::fromLatin1(endpoint.toString()), errorString())};
    }
    return {};
}

base::Endpoint StreamListener::local() const
{
    return {base::IpAddress::fromQt(serverAddress()), serverPort()};
}

} // namespace hs::sip
