#include "WavFile.h"
#include "audio/G711.h"
#include "base/QtSocketFactory.h"
#include "media/MediaEngine.h"
#include "rtp/RtpPacket.h"
#include "support/Soon.h"

#include <QTemporaryDir>
#include <QTest>
#include <QTimer>

using namespace hs;
using namespace std::chrono_literals;

// The engine with its threads, on real sockets and the real clock. No figures here, only that all
// arrives; the figures are a bench's.
class MediaThreadsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void callsAcrossTheThreads();
    void engineEndsWithCallsAlive();
    void manyShortCalls();
    void portsComeBack();
};

namespace {

const base::IpAddress loopback = base::IpAddress::loopbackV4();

class Peer {
public:
    Peer(base::SocketFactory& sockets, media::MediaEngine& engine, model::CallId id,
         const QString& recording)
        : m_socket(std::move(sockets.bindPolled({loopback, 0})).value())
        , session(std::move(engine.open({id, loopback})).value())
    {
        media::MediaParameters parameters;
        parameters.remoteRtp = m_socket->localEndpoint();
        session->setParameters(parameters);
        session->setListeners(1, 1);
        if (!recording.isEmpty()) {
            session->startRecording({recording, true});
        }
        session->start();
        m_header.ssrc = static_cast<std::uint32_t>(id);
    }
    void step()
    {
        std::array<std::byte, 160> payload;
        for (std::byte& code : payload) {
            code = static_cast<std::byte>(m_said.size() * 7 + m_said.size() / 251);
            m_said.push_back(code);
        }
        std::array<std::byte, 172> datagram{};
        rtp::writeRtp(datagram, m_header, payload);
        ++m_header.sequence;
        m_header.timestamp += 160;
        const base::OutgoingDatagram out{datagram, session->localRtp(), {}};
        m_socket->send({&out, 1});
        std::array<std::byte, 2048> buffer{};
        base::IncomingDatagram slot{buffer};
        while (m_socket->receive({&slot, 1}) == 1) {
            const auto packet = rtp::RtpPacketView::parse(slot.bytes());
            inOrder = inOrder && packet
                && (heard == 0 || packet->header().sequence == std::uint16_t(m_lastHeard + 1));
            m_lastHeard = packet ? packet->header().sequence : m_lastHeard;
            ++heard;
        }
    }
    const std::vector<std::byte>& said() const { return m_said; }

private:
    std::unique_ptr<base::DatagramSocket> m_socket;
    rtp::RtpHeader m_header{8, false, 1, 1, 77};
    std::vector<std::byte> m_said;
    std::uint16_t m_lastHeard = 0;

public:
    std::unique_ptr<media::MediaSession> session;
    int heard = 0;
    bool inOrder = true;
};

class Ear final : public media::AudioTap {
public:
    void onFrames(std::span<const media::TapFrame> frames) override
    {
        for (const media::TapFrame& frame : frames) {
            if (frame.kind == media::TapFrame::Kind::Pcm) {
                ++pcm[frame.call];
            } else {
                packets[frame.call].insert(packets[frame.call].end(), frame.bytes.begin(),
                                           frame.bytes.end());
            }
        }
    }
    std::map<model::CallId, std::vector<std::byte>> packets;
    std::map<model::CallId, int> pcm;
};

struct Bench {
    base::SystemClock clock;
    base::QtSocketFactory sockets;
    QTemporaryDir dir;
    std::unique_ptr<media::MediaEngine> engine = std::make_unique<media::MediaEngine>(
        clock, sockets, media::PortRange{24000, 24999}, media::MediaEngine::Options{});
    Ear ear;
    std::vector<std::unique_ptr<Peer>> peers;
    QTimer timer;

    Bench()
    {
        engine->start();
        engine->addTap(ear);
        timer.setTimerType(Qt::PreciseTimer);
        timer.setInterval(20);
        QObject::connect(&timer, &QTimer::timeout, &timer, [this] {
            for (const auto& peer : peers) {
                peer->step();
            }
        });
        timer.start();
    }
    QString path(int call) const { return dir.filePath(QString::number(call) + u".wav"_qs); }
    void call(int id)
    {
        peers.push_back(
            std::make_unique<Peer>(sockets, *engine, static_cast<model::CallId>(id), path(id)));
    }
};

} // namespace

void MediaThreadsTest::callsAcrossTheThreads()
{
    Bench bench;
    for (int id = 1; id <= 5; ++id) {
        bench.call(id);
    }
    QTRY_VERIFY_WITH_TIMEOUT(
        std::ranges::all_of(bench.peers, [](const auto& peer) { return peer->heard >= 100; }),
        30'000);
    bench.timer.stop();
    const auto arrived = [&] {
        return std::ranges::all_of(bench.peers, [&](const auto& peer) {
            return bench.ear.packets[peer->session->call()].size() >= peer->said().size();
        });
    };
    SOON_VERIFY(arrived());
    for (const auto& peer : bench.peers) {
        QVERIFY(peer->inOrder);
        QVERIFY(bench.ear.packets[peer->session->call()] == peer->said());
        QVERIFY(bench.ear.pcm[peer->session->call()] >= 95);
        SOON_VERIFY(peer->session->stats().packetsReceived * 160 == peer->said().size());
        QCOMPARE(peer->session->stats().packetsLost, 0U);
    }
    std::vector<std::vector<std::byte>> said;
    for (const auto& peer : bench.peers) {
        said.push_back(peer->said());
    }
    bench.peers.clear();
    QVERIFY(bench.engine->closeRecordings(10s));
    for (int id = 1; id <= 5; ++id) {
        const auto& codes = said[static_cast<std::size_t>(id - 1)];
        std::vector<std::int16_t> samples(codes.size());
        audio::decodeAlaw(codes, samples);
        const test::WavFile file(bench.path(id));
        QVERIFY(std::search(file.left.begin(), file.left.end(), samples.begin(), samples.end())
                != file.left.end());
    }
}

void MediaThreadsTest::engineEndsWithCallsAlive()
{
    Bench bench;
    for (int id = 1; id <= 3; ++id) {
        bench.call(id);
    }
    SOON_VERIFY(bench.peers[2]->heard >= 10);
    bench.engine.reset();
    // What is left of the sessions does nothing, and the files are closed.
    bench.peers[0]->session->setMuted(true);
    QCOMPARE(bench.peers[0]->session->queuedMs(), 0);
    QVERIFY(bench.peers[0]->session->play(std::vector<std::int16_t>(100)).ok());
    for (int id = 1; id <= 3; ++id) {
        QVERIFY(test::WavFile(bench.path(id)).left.size() >= 10 * 160);
    }
}

void MediaThreadsTest::manyShortCalls()
{
    Bench bench;
    for (int id = 1; id <= 200; ++id) {
        bench.call(id);
        bench.peers.back()->session->play(std::vector<std::int16_t>(1600, 5)).ok();
        if (id % 7 != 0) {
            bench.peers.erase(bench.peers.begin());
        }
        QCoreApplication::processEvents();
    }
    bench.peers.clear();
    QVERIFY(bench.engine->closeRecordings(10s));
    SOON_COMPARE(bench.engine->usedSlots(), 0);
}

void MediaThreadsTest::portsComeBack()
{
    Bench bench;
    auto session = std::move(bench.engine->open({1, loopback})).value();
    const std::uint16_t port = session->localRtp().port();
    QVERIFY(!bench.sockets.bindPolled({loopback, port}).ok());
    QCOMPARE(bench.engine->usedSlots(), 1);
    session.reset();
    SOON_COMPARE(bench.engine->usedSlots(), 0);
    QVERIFY(bench.sockets.bindPolled({loopback, port}).ok());
    // Without calls the media thread sleeps, and wakes for the next one.
    bench.call(2);
    SOON_VERIFY(bench.peers[0]->heard >= 5);
}

QTEST_GUILESS_MAIN(MediaThreadsTest)
#include "tst_media_threads.moc"
