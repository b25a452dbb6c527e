// SilentKeyring: a keyring on the session bus that is asked and never answers, as one that waits
// for its owner to unlock it.
#pragma once

#include <QDBusConnection>
#include <QDBusVirtualObject>

namespace hs::test {

class SilentKeyring final : public QDBusVirtualObject {
public:
    int asked = 0;

    bool appear()
    {
        QDBusConnection bus = QDBusConnection::sessionBus();
        return bus.registerVirtualObject(QStringLiteral("/org/freedesktop/secrets"), this,
                                         QDBusConnection::SubPath)
            && bus.registerService(QStringLiteral("org.freedesktop.secrets"));
    }
    QString introspect(const QString&) const override { return {}; }
    bool handleMessage(const QDBusMessage&, const QDBusConnection&) override
    {
        ++asked;
        return true; // taken care of: Qt answers nothing
    }
};

} // namespace hs::test
