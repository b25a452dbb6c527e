#include "ui/widgets/RingDevices.h"

#include <QSignalSpy>
#include <QTest>

using namespace hs;

class RingDevicesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void callsRingSomewhereAlways();
    void whatIsTooManyCanNotBeTicked();

private:
    static QList<model::SoundDevice> speakers(int count)
    {
        QList<model::SoundDevice> all;
        for (int i = 0; i < count; ++i) {
            all.append({QByteArray::number(i), QStringLiteral("Speaker %1").arg(i)});
        }
        return all;
    }
    static bool isTicked(const ui::RingDevices& list, int row)
    {
        return list.item(row)->checkState() == Qt::Checked;
    }
};

// Where none is ticked they ring on the system's default: that is what is shown.
void RingDevicesTest::callsRingSomewhereAlways()
{
    ui::RingDevices list;
    model::SoundSettings settings;
    settings.ringsOnDefault = false;
    list.show(speakers(2), settings);
    QVERIFY(isTicked(list, 0) && list.onDefault());
    settings.ringDevices = speakers(1);
    list.show(speakers(2), settings);
    QVERIFY(!isTicked(list, 0) && isTicked(list, 1));
    const QSignalSpy told(&list, &ui::RingDevices::ticked);
    list.item(1)->setCheckState(Qt::Unchecked); // the last one
    QVERIFY(list.onDefault() && list.devices().isEmpty());
    QCOMPARE(told.size(), 1);
    list.item(0)->setCheckState(Qt::Unchecked); // there is nothing else
    QVERIFY(list.onDefault());
}

void RingDevicesTest::whatIsTooManyCanNotBeTicked()
{
    constexpr int most = int(model::SoundSettings::mostRingDevices);
    ui::RingDevices list;
    model::SoundSettings settings;
    settings.ringDevices = speakers(most - 1);
    list.show(speakers(most + 1), settings);
    list.item(most)->setCheckState(Qt::Checked);
    QCOMPARE(list.devices().size(), most);
    QListWidgetItem* tooMany = list.item(most + 1);
    QVERIFY(!tooMany->flags().testFlag(Qt::ItemIsEnabled));
    QVERIFY2(tooMany->toolTip().contains(QStringLiteral("8 devices")),
             qPrintable(tooMany->toolTip()));
    QVERIFY(list.item(0)->flags().testFlag(Qt::ItemIsEnabled)); // the default does not count
    QVERIFY(list.item(1)->flags().testFlag(Qt::ItemIsEnabled)); // can be unticked
    list.item(1)->setCheckState(Qt::Unchecked);
    QVERIFY(tooMany->flags().testFlag(Qt::ItemIsEnabled));
    QVERIFY(!tooMany->toolTip().contains(QStringLiteral("8 devices")));
    tooMany->setCheckState(Qt::Checked);
    QCOMPARE(list.devices().last(), speakers(most + 1).last());
}

QTEST_MAIN(RingDevicesTest)
#include "tst_ui_ring_devices.moc"
