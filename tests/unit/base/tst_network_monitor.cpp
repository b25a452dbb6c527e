// In a network of the test's own (network_namespaces(7)), with a link that has no other end.
#include "base/NetworkMonitor.h"
#include "support/Soon.h"

#include <QFile>
#include <QProcess>
#include <QTest>

#include <sched.h>
#include <unistd.h>

using namespace hs;

namespace {
bool write(const char* path, const QByteArray& text)
{
    QFile file(QString::fromLatin1(path));
    return file.open(QIODevice::WriteOnly | QIODevice::Unbuffered)
        && file.write(text) == text.size();
}

// While there is one thread only; the programs that it starts are in there as well.
bool enterOwnNetwork()
{
    const QByteArray user = QByteArray::number(::getuid());
    const QByteArray group = QByteArray::number(::getgid());
    return ::unshare(CLONE_NEWUSER | CLONE_NEWNET) == 0 && write("/proc/self/setgroups", "deny")
        && write("/proc/self/uid_map", "0 " + user + " 1")
        && write("/proc/self/gid_map", "0 " + group + " 1");
}
} // namespace

class NetworkMonitorTest : public QObject {
    Q_OBJECT
public:
    explicit NetworkMonitorTest(bool isAlone)
        : m_isAlone(isAlone)
    {
    }

private Q_SLOTS:
    void initTestCase();
    void init();
    void cleanup();
    void newAddressIsTold_data();
    void newAddressIsTold();
    void prolongedAddressIsNot();
    void sameDefaultRouteIsNot_data();
    void sameDefaultRouteIsNot();
    void anotherDefaultRouteIsTold_data();
    void anotherDefaultRouteIsTold();
    void goneDefaultRouteIsTold();

private:
    static void families()
    {
        QTest::addColumn<QString>("family");
        QTest::newRow("IPv4") << QStringLiteral("-4");
        QTest::newRow("IPv6") << QStringLiteral("-6");
    }
    static bool isUsable() // of IPv6
    {
        QProcess list;
        list.start(QStringLiteral("ip"),
                   QStringLiteral("-6 addr show dev near scope global tentative").split(u' '));
        return list.waitForFinished() && list.readAll().isEmpty();
    }
    static QString gateway(const QString& family, int number)
    {
        return (family == QStringLiteral("-4") ? QStringLiteral("10.9.0.%1")
                                               : QStringLiteral("2001:db8::%1"))
            .arg(number);
    }
    void watch()
    {
        m_monitor = std::make_unique<base::NetworkMonitor>([this] { ++m_told; });
        m_told = 0;
    }
    // All that the kernel says of that is read when it returns: a change after it is the last.
    void ip(const QString& words)
    {
        QCOMPARE(QProcess::execute(QStringLiteral("ip"), words.split(u' ')), 0);
        QCoreApplication::processEvents();
    }

    bool m_isAlone = false;
    std::unique_ptr<base::NetworkMonitor> m_monitor;
    int m_told = 0;
};

void NetworkMonitorTest::initTestCase()
{
    QVERIFY2(m_isAlone, "this system makes no network of its own for a user");
}

void NetworkMonitorTest::init()
{
    for (const char* words :
         {"link add near type veth peer name far", "link set far up", "link set near up",
          "addr add 10.9.0.1/24 dev near", "-6 addr add 2001:db8::1/64 dev near nodad"}) {
        ip(QLatin1String(words));
    }
    SOON_VERIFY(isUsable());
}

void NetworkMonitorTest::cleanup()
{
    m_monitor.reset();
    ip(QStringLiteral("link del near"));
}

void NetworkMonitorTest::newAddressIsTold_data()
{
    families();
}

void NetworkMonitorTest::newAddressIsTold()
{
    QFETCH(QString, family);
    watch();
    const bool isV4 = family == QStringLiteral("-4");
    ip(isV4 ? QStringLiteral("addr add 10.9.0.2/24 dev near")
            : QStringLiteral("-6 addr add 2001:db8::2/64 dev near nodad"));
    SOON_VERIFY(m_told > 0); // the kernel takes its time with one of IPv6
}

void NetworkMonitorTest::prolongedAddressIsNot()
{
    watch();
    ip(QStringLiteral("-6 addr change 2001:db8::1/64 dev near valid_lft 600 preferred_lft 500"));
    QCOMPARE(m_told, 0);
}

void NetworkMonitorTest::sameDefaultRouteIsNot_data()
{
    families();
}

void NetworkMonitorTest::sameDefaultRouteIsNot()
{
    QFETCH(QString, family);
    const QString route = family + QStringLiteral(" route %1 default via ") + gateway(family, 9)
        + QStringLiteral(" dev near metric 100");
    ip(route.arg(QStringLiteral("add")));
    watch();
    ip(route.arg(QStringLiteral("replace")));
    QCOMPARE(m_told, 0);
}

void NetworkMonitorTest::anotherDefaultRouteIsTold_data()
{
    families();
}

void NetworkMonitorTest::anotherDefaultRouteIsTold()
{
    QFETCH(QString, family);
    const QString route = family + QStringLiteral(" route %1 default via %2 dev near metric 100");
    watch();
    ip(route.arg(QStringLiteral("add"), gateway(family, 9)));
    QCOMPARE(m_told, 1);
    ip(route.arg(QStringLiteral("replace"), gateway(family, 8)));
    QCOMPARE(m_told, 2);
    ip(route.arg(QStringLiteral("replace"), gateway(family, 9))); // and back
    QCOMPARE(m_told, 3);
}

void NetworkMonitorTest::goneDefaultRouteIsTold()
{
    ip(QStringLiteral("route add default via 10.9.0.9 dev near"));
    watch();
    ip(QStringLiteral("route del default via 10.9.0.9 dev near"));
    QCOMPARE(m_told, 1);
}

int main(int argc, char** argv)
{
    NetworkMonitorTest test(enterOwnNetwork());
    QCoreApplication application(argc, argv);
    return QTest::qExec(&test, argc, argv);
}
#include "tst_network_monitor.moc"
