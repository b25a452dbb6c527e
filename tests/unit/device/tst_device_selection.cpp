#include "device/DeviceSelection.h"

#include <QTest>

using namespace hs;
using namespace Qt::Literals::StringLiterals;
using Cause = model::SoundChange::Cause;
using model::SoundUse;

// What an operator is told of devices that come and go.
class DeviceSelectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void theFirstSelectionIsNoNews();
    void aChoiceIsNoNews();
    void theChosenOneGoesAndReturns();
    void anEarlierChoiceReturns();
    void onlyAnotherChoiceIsOne();
    void theDefaultMoves();
    void allGoneIsTheBannersToSay();
    void theRingLosesAndFindsADevice();
    void remembersWhatWasChosenBefore();

private:
    static device::DeviceLists lists(const QStringList& names, const QString& preferred = u"card"_s)
    {
        device::DeviceLists lists;
        lists.existing.emplace();
        for (const QString& name : names) {
            lists.listed.append({name.toLatin1(), u"The "_s + name, false});
            lists.existing->append(name.toLatin1());
        }
        lists.preferred = preferred.toLatin1();
        return lists;
    }
    QList<model::SoundChange> plug(const QStringList& microphones, const QStringList& speakers)
    {
        m_selection.update(lists(microphones), lists(speakers));
        return m_selection.takeChanges();
    }
    void choose(const QString& speaker)
    {
        m_settings.listen.choose({speaker.toLatin1(), u"The "_s + speaker});
        m_selection.setSettings(m_settings);
    }

    model::SoundSettings m_settings;
    device::DeviceSelection m_selection;
    const QStringList m_both{u"card"_s, u"headset"_s};
    const QStringList m_card{u"card"_s};
};

using Changes = QList<model::SoundChange>;

void DeviceSelectionTest::init()
{
    m_settings = {};
    m_selection = {};
}

void DeviceSelectionTest::theFirstSelectionIsNoNews()
{
    QCOMPARE(plug(m_both, m_both), Changes());
    QCOMPARE(m_selection.status().listening, (model::SoundDevice{"card"_ba, u"The card"_s}));
    QCOMPARE(m_selection.status().speakers.size(), 2);
    QCOMPARE(plug(m_both, m_both), Changes());
}

void DeviceSelectionTest::aChoiceIsNoNews()
{
    plug(m_both, m_both);
    choose(u"headset"_s);
    QCOMPARE(plug(m_both, m_both), Changes());
    QCOMPARE(m_selection.status().listening.id, "headset"_ba);
    m_settings.speakerPercent = 50; // no other device: news are news
    m_selection.setSettings(m_settings);
    QCOMPARE(plug(m_both, m_card).size(), 1);
}

void DeviceSelectionTest::theChosenOneGoesAndReturns()
{
    choose(u"headset"_s);
    plug(m_both, m_both);
    QCOMPARE(plug(m_both, m_card),
             Changes({{SoundUse::Listen, Cause::FellBack, u"The headset"_s, u"The card"_s}}));
    QCOMPARE(plug(m_both, m_card), Changes());
    QCOMPARE(plug(m_both, m_both),
             Changes({{SoundUse::Listen, Cause::Returned, u"The card"_s, u"The headset"_s}}));
}

void DeviceSelectionTest::anEarlierChoiceReturns()
{
    const QStringList all{u"card"_s, u"old"_s, u"headset"_s};
    choose(u"old"_s);
    choose(u"headset"_s);
    plug(m_both, all);
    QCOMPARE(plug(m_both, m_card).size(), 1);
    QCOMPARE(plug(m_both, {u"card"_s, u"old"_s}),
             Changes({{SoundUse::Listen, Cause::Returned, u"The card"_s, u"The old"_s}}));
    QCOMPARE(plug(m_both, all),
             Changes({{SoundUse::Listen, Cause::Returned, u"The old"_s, u"The headset"_s}}));
    QCOMPARE(plug(m_both, {u"card"_s, u"old"_s}),
             Changes({{SoundUse::Listen, Cause::FellBack, u"The headset"_s, u"The old"_s}}));
}

// What could not be opened is tried again when another choice was made, not when a slider moves.
void DeviceSelectionTest::onlyAnotherChoiceIsOne()
{
    m_settings.speakerPercent = 50;
    m_settings.ringFile = u"/ring.wav"_s;
    m_settings.cancelsEcho = false;
    QVERIFY(!m_selection.setSettings(m_settings));
    m_settings.ringsOnDefault = false;
    QVERIFY(m_selection.setSettings(m_settings));
    QVERIFY(!m_selection.setSettings(m_settings));
    m_settings.speak.choose({"headset"_ba, {}});
    QVERIFY(m_selection.setSettings(m_settings));
}

void DeviceSelectionTest::theDefaultMoves()
{
    plug(m_both, m_both);
    m_selection.update(lists(m_both, u"headset"_s), lists(m_both));
    QCOMPARE(m_selection.takeChanges(),
             Changes({{SoundUse::Speak, Cause::DefaultMoved, u"The card"_s, u"The headset"_s}}));
}

void DeviceSelectionTest::allGoneIsTheBannersToSay()
{
    choose(u"headset"_s);
    plug(m_both, m_both);
    QCOMPARE(plug({}, {}), Changes());
    QCOMPARE(m_selection.status().listening.id, ""_ba);
    QCOMPARE(plug(m_both, m_both), Changes()); // as if nothing had been
    QCOMPARE(plug({}, {}), Changes());
    QCOMPARE(plug(m_both, m_card),
             Changes({{SoundUse::Listen, Cause::FellBack, u"The headset"_s, u"The card"_s}}));
}

void DeviceSelectionTest::theRingLosesAndFindsADevice()
{
    m_settings.ringDevices = {{"headset"_ba, u"The headset"_s}};
    m_selection.setSettings(m_settings);
    plug(m_both, m_both);
    QCOMPARE(m_selection.status().ringing.size(), 2);
    QCOMPARE(
        plug(m_both, m_card),
        Changes({{SoundUse::Ring, Cause::FellBack, u"The headset, The card"_s, u"The card"_s}}));
    QCOMPARE(
        plug(m_both, m_both),
        Changes({{SoundUse::Ring, Cause::Returned, u"The card"_s, u"The headset, The card"_s}}));
}

void DeviceSelectionTest::remembersWhatWasChosenBefore()
{
    model::SoundChoice choice;
    for (const char* id : {"a", "b", "c", "a", "d", "e", "f", "g"}) {
        choice.choose({id, {}});
    }
    QVERIFY(!choice.followsDefault);
    QStringList ids;
    for (const model::SoundDevice& device : std::as_const(choice.remembered)) {
        ids << QString::fromLatin1(device.id);
    }
    QCOMPARE(ids, QStringList({u"g"_s, u"f"_s, u"e"_s, u"d"_s, u"a"_s}));
    choice.choose({});
    QVERIFY(choice.followsDefault);
    QCOMPARE(choice.remembered.size(), 5);
}

QTEST_GUILESS_MAIN(DeviceSelectionTest)
#include "tst_device_selection.moc"
