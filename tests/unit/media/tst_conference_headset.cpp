// The operator in a conference of a whole media engine: what becomes of the room, and what is told
// of the microphone.
#include "MediaRig.h"
#include "media/ConferenceSession.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using model::SilenceCause;

class ConferenceHeadsetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void roomGoesWithItsConference_data();
    void roomGoesWithItsConference();
    void deadMicrophoneIsTold();
    void mutedMicrophoneIsTold();
    void levelIsThatOfTheMicrophone();
};

namespace {
// A call that sits in a conference with the operator, and another that does.
struct Talk {
    Talk()
    {
        session->connectHeadset(rings);
        call->joinConference(*session);
    }
    // The microphone, if it works, hears this, and the far end says something.
    void run(int ms, int microphone, bool loudFarEnd = true)
    {
        for (int done = 0; done < ms; done += 20) {
            if (microphone >= 0) {
                rings->capture.write(
                    std::vector<std::int16_t>(960, static_cast<std::int16_t>(microphone)));
            }
            if (loudFarEnd) {
                other.send(std::vector<std::byte>(160, std::byte(0x2a))); // loudest of A-law
            }
            rig.advance(std::chrono::milliseconds(20));
        }
    }
    MediaRig rig;
    RtpPeer other{rig.scheduler, rig.network, endpoint("198.51.100.8", 4000)};
    std::shared_ptr<media::ConferenceSession> session = rig.engine.openConference();
    std::shared_ptr<audio::HeadsetRings> rings = std::make_shared<audio::HeadsetRings>();
    std::unique_ptr<media::MediaSession> call = rig.call(rig.peer, 1);
};
} // namespace

void ConferenceHeadsetTest::roomGoesWithItsConference_data()
{
    QTest::addColumn<bool>("operatorIsIn");
    QTest::newRow("with the operator") << true;
    QTest::newRow("after he has left") << false;
}

void ConferenceHeadsetTest::roomGoesWithItsConference()
{
    QFETCH(const bool, operatorIsIn);
    Talk t;
    t.session->setMuted(true);
    t.run(100, 1000);
    if (!operatorIsIn) {
        t.session->disconnectHeadset();
        t.run(100, 1000);
    }
    const std::weak_ptr room = t.session->room();
    const std::weak_ptr rings = t.rings;
    t.call->leaveConference();
    t.session.reset();
    t.run(100, 1000);
    t.call.reset();
    t.rig.advance(std::chrono::milliseconds(100));
    t.rings.reset();
    QVERIFY(room.expired());
    QVERIFY(rings.expired());
}

void ConferenceHeadsetTest::deadMicrophoneIsTold()
{
    Talk t;
    t.run(2000, 3000, false);
    QVERIFY(t.call->stats().sentSilence != SilenceCause::NoMicrophone);
    t.run(2000, -1, false);
    QCOMPARE(t.call->stats().sentSilence, SilenceCause::NoMicrophone);
    QVERIFY(t.call->stats().sentQuietMs > 1000);
    t.run(2000, 3000, false);
    QVERIFY(t.call->stats().sentSilence != SilenceCause::NoMicrophone);
}

void ConferenceHeadsetTest::mutedMicrophoneIsTold()
{
    Talk t;
    t.session->setMuted(true);
    t.run(2000, 3000, false);
    QCOMPARE(t.call->stats().sentSilence, SilenceCause::Muted);
    t.run(2000, -1, false); // nor is it missed
    QCOMPARE(t.call->stats().sentSilence, SilenceCause::Muted);
}

void ConferenceHeadsetTest::levelIsThatOfTheMicrophone()
{
    Talk t;
    const auto second = t.rig.open(2);
    media::MediaParameters parameters = MediaRig::parametersFor(t.other);
    second->setParameters(parameters);
    t.other.sendTo(second->localRtp());
    second->start();
    second->joinConference(*t.session);
    t.run(2000, 1000);
    const int own = t.call->stats().peakSent;
    QVERIFY2(own >= 990 && own <= 1010, qPrintable(QString::number(own)));
    t.session->setMuted(true);
    t.run(2000, 1000);
    QCOMPARE(int(t.call->stats().peakSent), 0);
    t.session->setMuted(false);
    t.run(2000, -1); // dead, however loud the other is
    QCOMPARE(t.call->stats().sentSilence, SilenceCause::NoMicrophone);
    QVERIFY(t.call->stats().sentQuietMs > 1000);
}

QTEST_GUILESS_MAIN(ConferenceHeadsetTest)
#include "tst_conference_headset.moc"
