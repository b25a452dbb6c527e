#include "device/DeviceChoice.h"

#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

using Listed = QList<device::ListedDevice>;
using Names = QList<QByteArray>;

class DeviceChoiceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void chooses_data();
    void chooses();
    void withoutAServerToAsk();
};

void DeviceChoiceTest::chooses_data()
{
    QTest::addColumn<Listed>("listed");
    QTest::addColumn<Names>("existing");
    QTest::addColumn<QByteArray>("preferred");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("settled");
    const Listed two{{"card"_ba, false}, {"headset"_ba, false}};
    const Names both{"card"_ba, "headset"_ba};
    QTest::newRow("the server's default") << two << both << "headset"_ba
                                          << "headset"_ba << true;
    QTest::newRow("against Qt's flag")
        << Listed{{"card"_ba, true}, {"headset"_ba, false}} << both << "headset"_ba
        << "headset"_ba << true;
    QTest::newRow("no default: Qt's")
        << Listed{{"card"_ba, false}, {"headset"_ba, true}} << both << ""_ba
        << "headset"_ba << true;
    QTest::newRow("no default at all: the first") << two << both << ""_ba
                                                  << "card"_ba << true;
    QTest::newRow("the default is a monitor, which is no microphone")
        << two << both << "card.monitor"_ba
        << "card"_ba << true;
    QTest::newRow("Qt does not list the new default yet")
        << Listed{{"card"_ba, true}} << both << "headset"_ba
        << "card"_ba << false;
    QTest::newRow("Qt lists what is gone") << two << Names{"card"_ba} << "card"_ba
                                           << "card"_ba << true;
    QTest::newRow("all that Qt lists is gone") << two << Names{} << ""_ba
                                               << ""_ba << true;
    QTest::newRow("the default is gone, and Qt still lists it")
        << two << Names{"card"_ba} << "headset"_ba
        << "card"_ba << true;
    QTest::newRow("nothing anywhere") << Listed{} << Names{} << ""_ba
                                      << ""_ba << true;
    QTest::newRow("nothing in Qt's list yet") << Listed{} << both << "headset"_ba
                                              << ""_ba << false;
}

void DeviceChoiceTest::chooses()
{
    QFETCH(Listed, listed);
    QFETCH(Names, existing);
    QFETCH(QByteArray, preferred);
    const device::DeviceChoice choice = device::chooseDevice(listed, existing, preferred);
    QTEST(choice.id, "id");
    QTEST(choice.settled, "settled");
}

void DeviceChoiceTest::withoutAServerToAsk()
{
    const Listed listed{{"a"_ba, false}, {"b"_ba, true}, {"c"_ba, true}};
    QCOMPARE(device::chooseDevice(listed, std::nullopt, {}), (device::DeviceChoice{"b"_ba, true}));
    QCOMPARE(device::chooseDevice({}, std::nullopt, {}), (device::DeviceChoice{{}, true}));
}

QTEST_GUILESS_MAIN(DeviceChoiceTest)
#include "tst_device_choice.moc"
