#include "device/DeviceFaults.h"

namespace hs::device {

namespace {
constexpr int leftAloneFor = 15; // times what it took
constexpr int mostStillborn = 2; // once may be chance
} // namespace

void DeviceFaults::forget()
{
    m_refused.clear();
    m_failed.clear();
    m_stillborn.clear();
}

void DeviceFaults::devicesAre(const SoundServer::Devices& devices)
{
    if (devices != m_among) {
        m_among = devices;
        forget();
    }
}

void DeviceFaults::failed(const QByteArray& id, const QString& why, Time began, Time now)
{
    m_failed.insert(id, {why, now + leftAloneFor * (now - began)});
}

QString DeviceFaults::whyLeftAlone(const QByteArray& id, Time now) const
{
    const auto failure = m_failed.constFind(id);
    return failure == m_failed.cend() || now >= failure->until ? QString() : failure->why;
}

bool DeviceFaults::wasStillborn(const QByteArray& id)
{
    return ++m_stillborn[id] >= mostStillborn;
}

bool DeviceFaults::isStill(const QByteArray& id) const
{
    return m_stillborn.value(id) >= mostStillborn;
}

} // namespace hs::device
