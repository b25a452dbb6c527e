// PortalColorScheme: what the desktop says about light and dark: the setting color-scheme of
// org.freedesktop.appearance, from the desktop portal over D-Bus (Qt 6.4 has no way to ask).
// Never blocks: it knows nothing until the portal has answered, and goes on knowing nothing where
// there is no bus or no portal. Thread: GUI.
#pragma once

#include <QDBusConnection>
#include <QDBusVariant>
#include <QObject>

#include <optional>

namespace hs::ui {

class PortalColorScheme : public QObject {
    Q_OBJECT
public:
    enum class Preference { None, Dark, Light }; // the portal's 0, 1, 2
    Q_ENUM(Preference)

    // `service` is empty on a connection that has a single peer.
    explicit PortalColorScheme(
        const QDBusConnection& bus = QDBusConnection::sessionBus(),
        const QString& service = QStringLiteral("org.freedesktop.portal.Desktop"),
        QObject* parent = nullptr);

    std::optional<Preference> preference() const { return m_preference; }

Q_SIGNALS:
    void changed();

private Q_SLOTS:
    void settingChanged(const QString& group, const QString& key, const QDBusVariant& value);

private:
    void ask();
    void set(const QVariant& value);

    QDBusConnection m_bus;
    QString m_service;
    std::optional<Preference> m_preference;
};

} // namespace hs::ui
