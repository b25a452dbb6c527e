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
    void fallsBack_data();
    void fallsBack();
    void ringsOn_data();
    void ringsOn();
};

void DeviceChoiceTest::chooses_data()
{
    QTest::addColumn<Listed>("listed");
    QTest::addColumn<Names>("existing");
    QTest::addColumn<QByteArray>("preferred");
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("settled");
    const Listed two{{"card"_ba, u"card"_s, false}, {"headset"_ba, u"headset"_s, false}};
    const Names both{"card"_ba, "headset"_ba};
    QTest::newRow("the server's default") << two << both << "headset"_ba
                                          << "headset"_ba << true;
    QTest::newRow("against Qt's flag")
        << Listed{{"card"_ba, u"card"_s, true}, {"headset"_ba, u"headset"_s, false}} << both
        << "headset"_ba
        << "headset"_ba << true;
    QTest::newRow("no default: Qt's")
        << Listed{{"card"_ba, u"card"_s, false}, {"headset"_ba, u"headset"_s, true}} << both
        << ""_ba
        << "headset"_ba << true;
    QTest::newRow("no default at all: the first") << two << both << ""_ba
                                                  << "card"_ba << true;
    QTest::newRow("the default is a monitor, which is no microphone")
        << two << both << "card.monitor"_ba
        << "card"_ba << true;
    QTest::newRow("Qt does not list the new default yet")
        << Listed{{"card"_ba, u"card"_s, true}} << both << "headset"_ba
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
    const device::DeviceChoice choice = device::chooseDefault({listed, existing, preferred});
    QTEST(choice.id, "id");
    QTEST(choice.settled, "settled");
}

void DeviceChoiceTest::withoutAServerToAsk()
{
    const Listed listed{{"a"_ba, u"a"_s, false}, {"b"_ba, u"b"_s, true}, {"c"_ba, u"c"_s, true}};
    QCOMPARE(device::chooseDefault({listed, std::nullopt, {}}),
             (device::DeviceChoice{"b"_ba, true}));
    QCOMPARE(device::chooseDefault({}), (device::DeviceChoice{{}, true}));
}

void DeviceChoiceTest::fallsBack_data()
{
    QTest::addColumn<Names>("listed");
    QTest::addColumn<Names>("existing");
    QTest::addColumn<Names>("remembered"); // empty: the default is followed
    QTest::addColumn<QByteArray>("id");
    QTest::addColumn<bool>("settled");
    const Names all{"card"_ba, "headset"_ba, "usb"_ba};
    QTest::newRow("the system's default") << all << all << Names{} << "card"_ba << true;
    QTest::newRow("the chosen one") << all << all << Names{"usb"_ba} << "usb"_ba << true;
    QTest::newRow("the chosen one is gone, the one before it is there")
        << Names{"card"_ba, "headset"_ba} << Names{"card"_ba, "headset"_ba}
        << Names{"usb"_ba, "headset"_ba} << "headset"_ba << true;
    QTest::newRow("all chosen ones are gone: the default")
        << Names{"card"_ba} << Names{"card"_ba} << Names{"usb"_ba, "headset"_ba} << "card"_ba
        << true;
    QTest::newRow("gone, and Qt still lists it")
        << all << Names{"card"_ba, "headset"_ba} << Names{"usb"_ba} << "card"_ba << true;
    QTest::newRow("back, and Qt does not list it yet")
        << Names{"card"_ba} << all << Names{"usb"_ba} << "card"_ba << false;
    QTest::newRow("back, behind one that is there meanwhile")
        << Names{"card"_ba, "headset"_ba} << all << Names{"usb"_ba, "headset"_ba} << "headset"_ba
        << false;
    QTest::newRow("nothing anywhere") << Names{} << Names{} << Names{"usb"_ba} << ""_ba << true;
}

namespace {
device::DeviceLists lists(const Names& listed, const Names& existing)
{
    device::DeviceLists lists;
    for (const QByteArray& id : listed) {
        lists.listed.append({id, QString::fromLatin1(id), false});
    }
    lists.existing = existing;
    lists.preferred = "card"_ba;
    return lists;
}

QList<model::SoundDevice> devices(const Names& ids)
{
    QList<model::SoundDevice> devices;
    for (const QByteArray& id : ids) {
        devices.append({id, QString::fromLatin1(id)});
    }
    return devices;
}
} // namespace

void DeviceChoiceTest::fallsBack()
{
    QFETCH(Names, listed);
    QFETCH(Names, existing);
    QFETCH(Names, remembered);
    const model::SoundChoice wish{remembered.isEmpty(), devices(remembered)};
    const device::DeviceChoice choice = device::chooseDevice(lists(listed, existing), wish);
    QTEST(choice.id, "id");
    QTEST(choice.settled, "settled");
}

void DeviceChoiceTest::ringsOn_data()
{
    QTest::addColumn<Names>("listed");
    QTest::addColumn<bool>("onDefault");
    QTest::addColumn<Names>("chosen");
    QTest::addColumn<Names>("ids");
    const Names all{"card"_ba, "headset"_ba, "usb"_ba};
    QTest::newRow("on the default") << all << true << Names{} << Names{"card"_ba};
    QTest::newRow("on two") << all << false << Names{"usb"_ba, "headset"_ba}
                            << Names{"usb"_ba, "headset"_ba};
    QTest::newRow("on the default too")
        << all << true << Names{"usb"_ba} << Names{"usb"_ba, "card"_ba};
    QTest::newRow("none twice") << all << true << Names{"card"_ba} << Names{"card"_ba};
    QTest::newRow("one of two is gone")
        << Names{"card"_ba, "usb"_ba} << false << Names{"usb"_ba, "headset"_ba} << Names{"usb"_ba};
    QTest::newRow("all are gone: somebody must hear it")
        << Names{"card"_ba} << false << Names{"usb"_ba, "headset"_ba} << Names{"card"_ba};
    QTest::newRow("nothing is chosen: somebody must hear it")
        << all << false << Names{} << Names{"card"_ba};
}

void DeviceChoiceTest::ringsOn()
{
    QFETCH(Names, listed);
    QFETCH(Names, chosen);
    QFETCH(bool, onDefault);
    model::SoundSettings settings;
    settings.ringsOnDefault = onDefault;
    settings.ringDevices = devices(chosen);
    const device::RingChoice choice = device::chooseRing(lists(listed, listed), settings);
    QTEST(choice.ids, "ids");
    QVERIFY(choice.settled);
}

QTEST_GUILESS_MAIN(DeviceChoiceTest)
#include "tst_device_choice.moc"
