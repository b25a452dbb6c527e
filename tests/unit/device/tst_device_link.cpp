#include "device/DeviceLink.h"
#include "device/DeviceWorker.h"
#include "unit/device/Operator.h"

#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

// What the device thread and the program share, without either.
class DeviceLinkTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void aLateListenerHearsTheStatus();
    void nobodyHearsTheStatusAfterClosing();
    void commandsRunInTheirOrder();
};

namespace {

model::SoundStatus statusWith(const QByteArray& id)
{
    model::SoundStatus status;
    status.speakers = {{id, u"A speaker"_s}};
    status.listening = status.speakers.first();
    return status;
}

} // namespace

void DeviceLinkTest::aLateListenerHearsTheStatus()
{
    device::DeviceLink link;
    link.tellStatus(statusWith("old"_ba));
    link.tellStatus(statusWith("ear"_ba));
    test::Operator late;
    link.setListener(late.listener());
    QCOMPARE(late.status(), statusWith("ear"_ba));
    test::Operator later;
    link.setListener(later.listener());
    QCOMPARE(later.status(), statusWith("ear"_ba));
    link.setListener({});
}

void DeviceLinkTest::nobodyHearsTheStatusAfterClosing()
{
    device::DeviceLink link;
    link.tellStatus(statusWith("ear"_ba));
    link.close();
    test::Operator late;
    link.setListener(late.listener());
    QCOMPARE(late.status(), model::SoundStatus());
}

// Closing a stream runs the event loop in the middle of a command: "close the headset" must not be
// overtaken by what came later.
void DeviceLinkTest::commandsRunInTheirOrder()
{
    qputenv("PULSE_SERVER", "unix:/nowhere");
    const auto link = std::make_shared<device::DeviceLink>();
    device::DeviceWorker worker(link, QString());
    QStringList ran;
    link->post([&](device::DeviceWorker&) {
        link->post([&](device::DeviceWorker&) { ran << u"third"_s; });
        QCoreApplication::processEvents();
        ran << u"first"_s;
    });
    link->post([&](device::DeviceWorker&) { ran << u"second"_s; });
    link->attach(&worker);
    QTRY_COMPARE(ran, QStringList({u"first"_s, u"second"_s, u"third"_s}));
    link->attach(nullptr);
}

QTEST_GUILESS_MAIN(DeviceLinkTest)
#include "tst_device_link.moc"
