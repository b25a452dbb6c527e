#include "MediaRig.h"
#include "PcapFile.h"
#include "WavFile.h"

#include <QTest>

#include <csignal>
#include <sys/resource.h>

using namespace hs;
using namespace hs::test;

class MediaRecordingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void capturedSpeechIsFoundWhole();
    void bothSidesFromTheStart();
    void inboundIsMonoAndLeft();
    void holdIsSilenceOnOurSide();
    void startsAndStopsInMidCall();
    void secondRecordingEndsTheFirst();
    void lossIsConcealedAndOrderPutRight();
    void pauseIsSilence();
    void playableAtAnyMoment();
    void isOnTimeThoughNobodyTalks();
    void closedCallLeavesACompleteFile();
    void endingTheEngineClosesAll();
    void failureIsToldAndTheCallGoesOn_data();
    void failureIsToldAndTheCallGoesOn();
    void fullDiskIsTold();
    void fullFeedIsMadeUpFor();
};

namespace {

const std::int16_t silence = audio::decodeAlaw(audio::alawSilence);

media::RecordingConfig stereo(const QString& path)
{
    return {path, true};
}

// Where `part` begins in `all`; -1: nowhere.
std::ptrdiff_t find(const std::vector<std::int16_t>& all, const std::vector<std::int16_t>& part)
{
    const auto at = std::search(all.begin(), all.end(), part.begin(), part.end());
    return at == all.end() ? -1 : at - all.begin();
}

void talk(MediaRig& rig, int packets)
{
    for (int i = 0; i < packets; ++i) {
        rig.peer.send();
        rig.advance(20ms);
    }
}

} // namespace

void MediaRecordingTest::capturedSpeechIsFoundWhole()
{
    // Debian's package sip-tester: 236 packets of 30 ms of PCMA, with their timing.
    const auto capture = readPcap(u"/usr/share/sip-tester/g711a.pcap"_qs);
    QVERIFY2(capture, "the package sip-tester is missing");
    QCOMPARE(capture->size(), std::size_t(236));
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(100ms);
    std::vector<std::byte> said;
    const base::TimePoint begin = rig.now();
    for (const CapturedDatagram& datagram : *capture) {
        while (rig.now() < begin + datagram.at) {
            rig.advance(1ms);
        }
        rig.peer.sendRaw(datagram.bytes);
        const auto packet = rtp::RtpPacketView::parse(datagram.bytes);
        said.insert(said.end(), packet->payload().begin(), packet->payload().end());
    }
    rig.advance(30ms);
    session.reset();
    rig.advance(20ms);
    QCOMPARE(rig.engine.openRecordings(), 0);
    const WavFile file(rig.path("call.wav"));
    QCOMPARE(file.channels, 2);
    QCOMPARE(file.rate, 8000);
    QCOMPARE(said.size(), std::size_t(236 * 240));
    const std::ptrdiff_t at = find(file.left, decoded(said));
    QVERIFY(at >= 640 && at <= 1000); // 100 ms after the start, as it was
    QVERIFY(std::all_of(file.left.begin(), file.left.begin() + at, [](auto s) { return s == 0; }));
    QCOMPARE(file.left.size(), file.right.size());
}

void MediaRecordingTest::bothSidesFromTheStart()
{
    MediaRig rig;
    auto session = rig.open();
    session->setParameters(rig.parametersFor(rig.peer));
    rig.peer.sendTo(session->localRtp());
    session->startRecording(stereo(rig.path("call.wav")));
    talk(rig, 50); // early media is not recorded
    const std::size_t early = rig.peer.said.size();
    session->start();
    QVERIFY(session->play(ramp(8000)).ok());
    talk(rig, 100);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    const std::vector<std::byte> heard(rig.peer.said.begin() + static_cast<std::ptrdiff_t>(early),
                                       rig.peer.said.end());
    QVERIFY(find(file.left, decoded(heard)) >= 0);
    QVERIFY(find(file.left, decoded(heard)) <= 160);
    // What we say lies where it was sent: the first sample at zero.
    QCOMPARE(find(file.right, throughAlaw(ramp(8000))), 0);
    QVERIFY(std::all_of(file.right.begin() + 8000, file.right.end() - 160,
                        [](auto sample) { return sample == silence; }));
    QVERIFY(file.left.size() >= 16000 && file.left.size() <= 16320);
}

void MediaRecordingTest::inboundIsMonoAndLeft()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording({rig.path("call.wav"), false});
    QVERIFY(session->play(ramp(8000)).ok());
    talk(rig, 50);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    QCOMPARE(file.channels, 1);
    QVERIFY(find(file.left, decoded(rig.peer.said)) >= 0);
    QVERIFY(file.left.size() <= 8320);
}

void MediaRecordingTest::holdIsSilenceOnOurSide()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(1s);
    media::MediaParameters parameters = rig.parametersFor(rig.peer);
    parameters.send = false;
    session->setParameters(parameters);
    rig.advance(1s);
    parameters.send = true;
    session->setParameters(parameters);
    rig.advance(1s);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    const auto unsent = std::count(file.right.begin(), file.right.end(), 0);
    QVERIFY(unsent >= 7840 && unsent <= 8160);
    QCOMPARE(file.right[4000], silence);
    QCOMPARE(file.right[12000], std::int16_t(0));
    QCOMPARE(file.right[20000], silence);
}

void MediaRecordingTest::startsAndStopsInMidCall()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    talk(rig, 50);
    session->startRecording(stereo(rig.path("call.wav")));
    const auto from = static_cast<std::ptrdiff_t>(rig.peer.said.size());
    talk(rig, 100);
    session->stopRecording();
    const std::vector<std::byte> said(rig.peer.said.begin() + from, rig.peer.said.end());
    talk(rig, 50);
    QCOMPARE(rig.engine.openRecordings(), 0);
    const WavFile file(rig.path("call.wav"));
    const std::ptrdiff_t at = find(file.left, decoded(said));
    QVERIFY(at >= 0 && at <= 160);
    QVERIFY(file.left.size() <= 16320);
}

void MediaRecordingTest::secondRecordingEndsTheFirst()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("one.wav")));
    talk(rig, 50);
    session->startRecording(stereo(rig.path("two.wav")));
    talk(rig, 50);
    session.reset();
    rig.advance(20ms);
    const auto said = decoded(rig.peer.said);
    QCOMPARE(find(WavFile(rig.path("one.wav")).left, {said.begin(), said.begin() + 7840}) >= 0,
             true);
    QCOMPARE(find(WavFile(rig.path("two.wav")).left, {said.begin() + 8160, said.end()}) >= 0, true);
}

void MediaRecordingTest::lossIsConcealedAndOrderPutRight()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(20ms);
    const base::IpAddress own = session->localRtp().address();
    rig.network.setPath(own, {.delay = 20ms, .reorderPermille = 200, .reorderDelay = 300ms});
    talk(rig, 200);
    rig.network.setPath(own, {});
    rig.advance(500ms);
    const auto whole = decoded(rig.peer.said);
    rig.peer.lose();
    rig.peer.said.clear();
    rig.advance(20ms);
    talk(rig, 20);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    QVERIFY(find(file.left, whole) >= 0); // through all the disorder
    QVERIFY(find(file.left, decoded(rig.peer.said)) >= 0);
}

// RFC 3389: the number of comfort noise is none that was lost.
void MediaRecordingTest::pauseIsSilence()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(20ms);
    talk(rig, 50);
    rig.peer.header.payloadType = 13;
    rig.peer.send({std::byte(40)});
    rig.peer.skip(159 + 9 * 160);
    rig.advance(200ms);
    rig.peer.header.payloadType = 8;
    talk(rig, 50);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    const auto said = decoded(rig.peer.said);
    const std::ptrdiff_t at = find(file.left, {said.begin() + 8001, said.end()});
    QVERIFY(at >= 1600);
    QVERIFY(std::all_of(file.left.begin() + at - 1600, file.left.begin() + at,
                        [](auto sample) { return sample == 0; }));
}

void MediaRecordingTest::playableAtAnyMoment()
{
    // What kill -9 would leave behind, looked at in each of many moments: at most a second lacks.
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    for (int i = 0; i < 300; ++i) {
        talk(rig, 1);
        const WavFile file(rig.path("call.wav"));
        QCOMPARE(file.channels, 2);
        const std::int64_t lacks = (i + 1) * 160 - static_cast<std::int64_t>(file.left.size());
        QVERIFY2(lacks <= 8000, qPrintable(QString::number(lacks)));
    }
    const auto said = decoded(rig.peer.said);
    const WavFile file(rig.path("call.wav"));
    QVERIFY(find(file.left, {said.begin(), said.begin() + 5 * 8000}) >= 0);
}

void MediaRecordingTest::isOnTimeThoughNobodyTalks()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(10s);
    session.reset();
    rig.advance(20ms);
    const WavFile file(rig.path("call.wav"));
    QVERIFY(file.left.size() >= 79'800 && file.left.size() <= 80'320);
    QVERIFY(std::all_of(file.left.begin(), file.left.end(), [](auto s) { return s == 0; }));
}

void MediaRecordingTest::closedCallLeavesACompleteFile()
{
    MediaRig rig;
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    talk(rig, 37);
    QCOMPARE(rig.engine.openRecordings(), 1);
    session.reset();
    rig.advance(5ms);
    QCOMPARE(rig.engine.openRecordings(), 0);
    QVERIFY(find(WavFile(rig.path("call.wav")).left, decoded(rig.peer.said)) >= 0);
}

void MediaRecordingTest::endingTheEngineClosesAll()
{
    MediaRig rig;
    const auto one = rig.call(rig.peer, 1);
    one->startRecording(stereo(rig.path("call.wav")));
    talk(rig, 10);
    QVERIFY(rig.engine.closeRecordings(1s));
    QVERIFY(find(WavFile(rig.path("call.wav")).left, decoded(rig.peer.said)) >= 0);
}

void MediaRecordingTest::failureIsToldAndTheCallGoesOn_data()
{
    QTest::addColumn<QString>("name");
    QTest::newRow("no such folder") << u"nowhere/call.wav"_qs;
    QTest::newRow("a folder of that name") << u"."_qs;
    QTest::newRow("never written over") << u"there.wav"_qs;
}

void MediaRecordingTest::failureIsToldAndTheCallGoesOn()
{
    QFETCH(QString, name);
    MediaRig rig;
    QFile there(rig.path("there.wav"));
    QVERIFY(there.open(QIODevice::WriteOnly));
    Ear ear;
    rig.engine.addTap(ear);
    const auto session = rig.call(rig.peer);
    session->setListeners(1, 0);
    QStringList problems;
    session->setEvents({.recordingFailed = [&](const QString& text) { problems += text; }});
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"recording"_qs));
    session->startRecording(stereo(rig.dir.filePath(name)));
    talk(rig, 20);
    QCOMPARE(problems.size(), 1);
    QVERIFY(problems[0].contains(rig.dir.filePath(name)));
    QCOMPARE(ear.frames.size(), std::size_t(20));
    QCOMPARE(rig.engine.openRecordings(), 0);
    QCOMPARE(there.size(), 0);
}

void MediaRecordingTest::fullDiskIsTold()
{
    MediaRig rig;
    const auto session = rig.call(rig.peer);
    QStringList problems;
    session->setEvents({.recordingFailed = [&](const QString& text) { problems += text; }});
    session->startRecording(stereo(rig.path("call.wav")));
    rig.advance(20ms);
    // From here on the file can't grow: its own limit stands in for the disk's.
    rlimit before{};
    ::getrlimit(RLIMIT_FSIZE, &before);
    const auto ignored = ::signal(SIGXFSZ, SIG_IGN);
    rlimit limit = before;
    limit.rlim_cur = 20'000;
    ::setrlimit(RLIMIT_FSIZE, &limit);
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"call.wav"_qs));
    talk(rig, 100);
    ::setrlimit(RLIMIT_FSIZE, &before);
    ::signal(SIGXFSZ, ignored);
    QCOMPARE(problems.size(), 1);
    QVERIFY(problems[0].contains(u"call.wav"_qs));
    QCOMPARE(rig.engine.openRecordings(), 0);
    const std::size_t heard = rig.peer.heard.size();
    rig.advance(100ms);
    QCOMPARE(rig.peer.heard.size(), heard + 5);
    QVERIFY(WavFile(rig.path("call.wav")).left.size() > 1600); // what there was
}

void MediaRecordingTest::fullFeedIsMadeUpFor()
{
    // More comes at once than the feed holds: silence where packets are missing, everything else in
    // its place, and the end is not lost though it finds the feed full.
    MediaRig rig({}, 1U << 20, 4096);
    auto session = rig.call(rig.peer);
    session->startRecording(stereo(rig.path("call.wav")));
    talk(rig, 50);
    const auto before = static_cast<std::ptrdiff_t>(rig.peer.said.size());
    QTest::ignoreMessage(QtWarningMsg, QRegularExpression(u"missing in recordings"_qs));
    for (int i = 0; i < 50; ++i) {
        rig.peer.send();
    }
    rig.advance(1s);
    const auto from = static_cast<std::ptrdiff_t>(rig.peer.said.size());
    talk(rig, 50);
    for (int i = 0; i < 50; ++i) {
        rig.peer.send();
    }
    const auto to = static_cast<std::ptrdiff_t>(rig.peer.said.size()) - 8000;
    rig.scheduler.runDue();
    session.reset();
    rig.advance(20ms);
    QCOMPARE(rig.engine.openRecordings(), 0);
    const WavFile file(rig.path("call.wav"));
    const auto said = decoded(rig.peer.said);
    QVERIFY(find(file.left, {said.begin(), said.begin() + before}) >= 0);
    QVERIFY(find(file.left, {said.begin() + from, said.begin() + to}) >= 0);
}

QTEST_GUILESS_MAIN(MediaRecordingTest)
#include "tst_media_recording.moc"
