#include "support/Soon.h"
#include "ui/theme/PortalColorScheme.h"
#include "ui/theme/Theme.h"

#include <QApplication>
#include <QDBusConnection>
#include <QDBusMessage>
#include <QDBusServer>
#include <QSignalSpy>
#include <QTest>

using namespace hs::ui;
using Preference = PortalColorScheme::Preference;

// The Settings interface of a desktop portal, on a connection of its own.
class Portal : public QObject {
    Q_OBJECT
    Q_CLASSINFO("D-Bus Interface", "org.freedesktop.portal.Settings")
public:
    uint value = 0;

public Q_SLOTS:
    QDBusVariant Read(const QString& group, const QString& key)
    {
        asked << group + QLatin1Char('/') + key;
        // As the portal does: a variant in a variant.
        return QDBusVariant(QVariant::fromValue(QDBusVariant(value)));
    }

Q_SIGNALS:
    void SettingChanged(const QString& group, const QString& key, const QDBusVariant& value);

public:
    QStringList asked;
};

class ThemeTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void words();
    void choiceIsApplied();
    void withoutPortalThePlatformCounts();
    void readsPortal_data();
    void readsPortal();
    void followsPortal();
    void otherSettingsAreNotOurs();
    void noBusIsNoHarm();

private:
    void connectToPortal(uint value);

    std::unique_ptr<QDBusServer> m_server;
    std::unique_ptr<Portal> m_portal;
    std::unique_ptr<PortalColorScheme> m_scheme;
    QPalette m_platform;
};

void ThemeTest::init()
{
    m_platform = QApplication::palette();
}

void ThemeTest::cleanup()
{
    m_scheme.reset();
    QDBusConnection::disconnectFromPeer(QStringLiteral("desktop"));
    m_server.reset();
    m_portal.reset();
    QApplication::setPalette(m_platform);
}

void ThemeTest::connectToPortal(uint value)
{
    m_portal = std::make_unique<Portal>();
    m_portal->value = value;
    m_server = std::make_unique<QDBusServer>(QStringLiteral("unix:tmpdir=/tmp"));
    QVERIFY2(m_server->isConnected(), qPrintable(m_server->lastError().message()));
    connect(m_server.get(), &QDBusServer::newConnection, this, [this](QDBusConnection connection) {
        connection.registerObject(QStringLiteral("/org/freedesktop/portal/desktop"), m_portal.get(),
                                  QDBusConnection::ExportAllSlots
                                      | QDBusConnection::ExportAllSignals);
    });
    const auto bus = QDBusConnection::connectToPeer(m_server->address(), QStringLiteral("desktop"));
    QVERIFY(bus.isConnected());
    SOON_VERIFY(m_server->isConnected());
    QCoreApplication::processEvents();
    m_scheme = std::make_unique<PortalColorScheme>(bus, QString());
}

void ThemeTest::words()
{
    QCOMPARE(Theme::choiceFromWord(QStringLiteral("system")), Theme::Choice::System);
    QCOMPARE(Theme::choiceFromWord(QStringLiteral("light")), Theme::Choice::Light);
    QCOMPARE(Theme::choiceFromWord(QStringLiteral("dark")), Theme::Choice::Dark);
    QVERIFY(!Theme::choiceFromWord(QStringLiteral("Dark")));
    QVERIFY(!Theme::choiceFromWord({}));
    QCOMPARE(Theme::toWord(Theme::Choice::Dark), QStringLiteral("dark"));
}

void ThemeTest::choiceIsApplied()
{
    Theme theme(Theme::Choice::Dark, nullptr);
    QCOMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(schemeOf(QApplication::palette()), Scheme::Dark);
    QSignalSpy changed(&theme, &Theme::schemeChanged);
    theme.setChoice(Theme::Choice::Light);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(schemeOf(QApplication::palette()), Scheme::Light);
    theme.setChoice(Theme::Choice::Light);
    QCOMPARE(changed.size(), 1);
}

void ThemeTest::withoutPortalThePlatformCounts()
{
    QApplication::setPalette(palette(Scheme::Dark));
    Theme dark(Theme::Choice::System, nullptr);
    QCOMPARE(dark.scheme(), Scheme::Dark);
    QApplication::setPalette(palette(Scheme::Light));
    Theme light(Theme::Choice::System, nullptr);
    QCOMPARE(light.scheme(), Scheme::Light);
}

void ThemeTest::readsPortal_data()
{
    QTest::addColumn<uint>("value");
    QTest::addColumn<Preference>("preference");
    QTest::newRow("0 no preference") << 0U << Preference::None;
    QTest::newRow("1 dark") << 1U << Preference::Dark;
    QTest::newRow("2 light") << 2U << Preference::Light;
    QTest::newRow("7 is to be treated as 0") << 7U << Preference::None;
}

void ThemeTest::readsPortal()
{
    QFETCH(uint, value);
    QFETCH(Preference, preference);
    connectToPortal(value);
    QVERIFY(!m_scheme->preference()); // did not wait for the answer
    SOON_VERIFY(m_scheme->preference());
    QCOMPARE(*m_scheme->preference(), preference);
    QCOMPARE(m_portal->asked,
             QStringList{QStringLiteral("org.freedesktop.appearance/color-scheme")});
}

void ThemeTest::followsPortal()
{
    connectToPortal(2);
    Theme theme(Theme::Choice::System, m_scheme.get());
    SOON_VERIFY(m_scheme->preference());
    QCOMPARE(theme.scheme(), Scheme::Light);
    Q_EMIT m_portal->SettingChanged(QStringLiteral("org.freedesktop.appearance"),
                                    QStringLiteral("color-scheme"), QDBusVariant(1U));
    SOON_COMPARE(theme.scheme(), Scheme::Dark);
    QCOMPARE(schemeOf(QApplication::palette()), Scheme::Dark);
    theme.setChoice(Theme::Choice::Light); // the operator's word counts more
    QCOMPARE(theme.scheme(), Scheme::Light);
    theme.setChoice(Theme::Choice::System);
    QCOMPARE(theme.scheme(), Scheme::Dark);
}

void ThemeTest::otherSettingsAreNotOurs()
{
    connectToPortal(2);
    SOON_VERIFY(m_scheme->preference());
    QSignalSpy changed(m_scheme.get(), &PortalColorScheme::changed);
    Q_EMIT m_portal->SettingChanged(QStringLiteral("org.freedesktop.appearance"),
                                    QStringLiteral("accent-color"), QDBusVariant(1U));
    Q_EMIT m_portal->SettingChanged(QStringLiteral("org.gnome.desktop.interface"),
                                    QStringLiteral("color-scheme"), QDBusVariant(1U));
    Q_EMIT m_portal->SettingChanged(QStringLiteral("org.freedesktop.appearance"),
                                    QStringLiteral("color-scheme"), QDBusVariant(0U));
    SOON_COMPARE(changed.size(), 1);
    QCOMPARE(*m_scheme->preference(), Preference::None);
}

void ThemeTest::noBusIsNoHarm()
{
    PortalColorScheme scheme(QDBusConnection(QStringLiteral("no such connection")));
    QVERIFY(!scheme.preference());
    Theme theme(Theme::Choice::System, &scheme);
    QCOMPARE(theme.scheme(), Scheme::Light);
}

QTEST_MAIN(ThemeTest)
#include "tst_ui_theme.moc"
