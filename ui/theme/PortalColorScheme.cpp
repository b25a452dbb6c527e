#include "ui/theme/PortalColorScheme.h"

#include <QDBusMessage>
#include <QDBusPendingCallWatcher>
#include <QDBusPendingReply>

namespace hs::ui {

namespace {
const auto path = QStringLiteral("/org/freedesktop/portal/desktop");
const auto interface = QStringLiteral("org.freedesktop.portal.Settings");
const auto appearance = QStringLiteral("org.freedesktop.appearance");
const auto colorScheme = QStringLiteral("color-scheme");
} // namespace

PortalColorScheme::PortalColorScheme(const QDBusConnection& bus, const QString& service,
                                     QObject* parent)
    : QObject(parent)
    , m_bus(bus)
    , m_service(service)
{
    if (!m_bus.isConnected()) {
        return;
    }
    m_bus.connect(m_service, path, interface, QStringLiteral("SettingChanged"), this,
                  SLOT(settingChanged(QString, QString, QDBusVariant)));
    ask();
}

void PortalColorScheme::ask()
{
    // Read, not ReadOne: portals older than 1.17 have only this.
    QDBusMessage call =
        QDBusMessage::createMethodCall(m_service, path, interface, QStringLiteral("Read"));
    call << appearance << colorScheme;
    auto* watcher = new QDBusPendingCallWatcher(m_bus.asyncCall(call), this);
    connect(watcher, &QDBusPendingCallWatcher::finished, this,
            [this](QDBusPendingCallWatcher* finished) {
                const QDBusPendingReply<QDBusVariant> reply = *finished;
                finished->deleteLater();
                if (reply.isValid()) {
                    set(reply.value().variant());
                }
            });
}

void PortalColorScheme::settingChanged(const QString& group, const QString& key,
                                       const QDBusVariant& value)
{
    if (group == appearance && key == colorScheme) {
        set(value.variant());
    }
}

void PortalColorScheme::set(const QVariant& value)
{
    // Read wraps its answer in a second variant.
    QVariant inner = value;
    while (inner.canConvert<QDBusVariant>()) {
        inner = inner.value<QDBusVariant>().variant();
    }
    const uint number = inner.toUInt();
    // The portal's specification: unknown values are to be treated as 0, no preference.
    const Preference preference = number == 1 ? Preference::Dark
        : number == 2                         ? Preference::Light
                                              : Preference::None;
    if (m_preference != preference) {
        m_preference = preference;
        Q_EMIT changed();
    }
}

} // namespace hs::ui
