#include "control/ControlServer.h"

namespace hs::control {

ControlServer::ControlServer(call::CallControl& control, media::AudioPorts& ports,
                             const ControlSettings& settings, base::Scheduler& scheduler,
                             QObject* parent)
    : QObject(parent)
    , m_settings(settings)
    , m_text(control, ports, settings, scheduler)
    , m_front(AccessPolicy(settings), scheduler)
{
    m_front.addService(QByteArrayLiteral("/"), m_text);
    connect(&m_text, &TextServer::clientsChanged, this, [this] {
        Q_EMIT clientsChanged();
        if (m_shuttingDown && m_text.clientCount() == 0) {
            m_shuttingDown = false;
            Q_EMIT stopped();
        }
    });
}

ControlServer::~ControlServer() = default;

base::Result<void> ControlServer::listen()
{
    if (base::Result<void> allowed = m_settings.check(); !allowed) {
        return allowed;
    }
    return m_front.listen(m_settings.listen);
}

void ControlServer::shutdown()
{
    m_front.close();
    if (m_text.clientCount() == 0) {
        QMetaObject::invokeMethod(this, &ControlServer::stopped, Qt::QueuedConnection);
        return;
    }
    m_shuttingDown = true;
    m_text.disconnectAll();
}

} // namespace hs::control
