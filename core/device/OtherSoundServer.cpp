#include "device/SoundServer.h"

namespace hs::device {

// For a Qt Multimedia that speaks to the system without PulseAudio: nothing to watch.
struct SoundServer::Connection { };

SoundServer::SoundServer(QObject* parent)
    : QObject(parent)
{
    m_view.state = State::Ready;
    m_view.since = std::chrono::steady_clock::now();
    m_view.answeredAt = m_view.since;
}

SoundServer::~SoundServer() = default;

SoundServer::View SoundServer::view() const
{
    const std::lock_guard lock(m_mutex);
    return m_view;
}

void SoundServer::setState(State state)
{
    m_view.state = state;
}

void SoundServer::refresh()
{
    {
        const std::lock_guard lock(m_mutex);
        m_view.answeredAt = std::chrono::steady_clock::now();
        m_view.questionAt = m_view.answeredAt;
    }
    Q_EMIT changed();
}

void SoundServer::retry() { }

} // namespace hs::device
