#include "device/DeviceFaults.h"

#include <QTest>

using namespace hs;
using namespace hs::device;
using namespace std::chrono_literals;
using namespace Qt::Literals::StringLiterals;

class DeviceFaultsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theOnlyOneIsLeftAloneForAsLongAsItHarms_data();
    void theOnlyOneIsLeftAloneForAsLongAsItHarms();
    void whatIsWantedAnewIsTriedAtOnce();
    void onceStillbornMayBeChance();
    void otherDevicesAreANewBeginning();

private:
    const DeviceFaults::Time m_now{1h};
};

void DeviceFaultsTest::theOnlyOneIsLeftAloneForAsLongAsItHarms_data()
{
    QTest::addColumn<int>("tookMs");
    QTest::addColumn<int>("leftAloneMs");
    QTest::newRow("the server did not answer") << 2000 << 30000;
    QTest::newRow("it said no at once") << 10 << 150;
}

void DeviceFaultsTest::theOnlyOneIsLeftAloneForAsLongAsItHarms()
{
    QFETCH(const int, tookMs);
    QFETCH(const int, leftAloneMs);
    DeviceFaults faults;
    QCOMPARE(faults.whyLeftAlone("mic", m_now), QString());
    faults.failed("mic", u"It is stuck."_s, m_now - std::chrono::milliseconds(tookMs), m_now);
    QCOMPARE(faults.whyLeftAlone("mic", m_now), u"It is stuck."_s);
    QCOMPARE(faults.whyLeftAlone("ear", m_now), QString());
    const DeviceFaults::Time end = m_now + std::chrono::milliseconds(leftAloneMs);
    QCOMPARE(faults.whyLeftAlone("mic", end - 1ms), u"It is stuck."_s);
    QCOMPARE(faults.whyLeftAlone("mic", end), QString());
    QVERIFY(!faults.isRefused("mic")); // there is no other
}

void DeviceFaultsTest::whatIsWantedAnewIsTriedAtOnce()
{
    DeviceFaults faults;
    faults.failed("mic", u"It is stuck."_s, m_now - 2s, m_now);
    faults.refuse("ear");
    faults.tryAgain();
    QCOMPARE(faults.whyLeftAlone("mic", m_now), QString());
    QVERIFY(faults.isRefused("ear")); // there is another one
}

void DeviceFaultsTest::onceStillbornMayBeChance()
{
    DeviceFaults faults;
    QVERIFY(!faults.anyStillborn());
    QVERIFY(!faults.wasStillborn("ear"));
    QVERIFY(!faults.isStill("ear"));
    QVERIFY(faults.wasStillborn("ear"));
    QVERIFY(faults.isStill("ear"));
    QVERIFY(!faults.isStill("mic"));
    QVERIFY(faults.moved("ear"));
    QVERIFY(!faults.moved("ear"));
    QVERIFY(!faults.isStill("ear"));
    QVERIFY(!faults.anyStillborn());
}

void DeviceFaultsTest::otherDevicesAreANewBeginning()
{
    const SoundServer::Devices devices{"ear", "mic", {"ear"}, {"mic"}};
    DeviceFaults faults;
    faults.devicesAre(devices);
    faults.refuse("right");
    faults.failed("mic", u"It is stuck."_s, m_now - 2s, m_now);
    QVERIFY(!faults.wasStillborn("ear"));
    faults.devicesAre(devices);
    QVERIFY(faults.isRefused("right"));
    QVERIFY(!faults.whyLeftAlone("mic", m_now).isEmpty());
    SoundServer::Devices others = devices;
    others.outputs.append("left");
    faults.devicesAre(others);
    QVERIFY(!faults.isRefused("right"));
    QVERIFY(faults.whyLeftAlone("mic", m_now).isEmpty());
    QVERIFY(!faults.anyStillborn());
}

QTEST_GUILESS_MAIN(DeviceFaultsTest)
#include "tst_device_faults.moc"
