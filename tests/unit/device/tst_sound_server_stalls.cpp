#include "device/QtAudioDevice.h"
#include "unit/device/Operator.h"
#include "unit/device/PulseServer.h"

#include <QLocalServer>
#include <QLocalSocket>
#include <QPointer>
#include <QSet>
#include <QTest>
#include <QtEndian>

#include <memory>
#include <optional>
#include <vector>

using namespace hs;
using namespace Qt::Literals::StringLiterals;

namespace {

constexpr int soon = 20000;

// What goes one way through a connection, in whole frames. Each is 20 octets, the length of what
// comes behind them first, then a channel; in the last channel are commands: 'L', which one, 'L',
// its number, by which the reply is known.
class Frames {
public:
    enum Command : quint32 { Reply = 2, CreateRecordStream = 5 };
    struct Frame {
        QByteArray octets;
        std::optional<quint32> command;
        quint32 number = 0;
    };

    void add(const QByteArray& octets) { m_octets += octets; }
    std::optional<Frame> next()
    {
        const qsizetype size = m_octets.size() < 20 ? 20 : 20 + qsizetype(at(0));
        if (m_octets.size() < size) {
            return std::nullopt;
        }
        Frame frame;
        if (at(4) == 0xffffffff && size >= 30) {
            frame.command = at(21);
            frame.number = at(26);
        }
        frame.octets = m_octets.left(size);
        m_octets.remove(0, size);
        return frame;
    }

private:
    quint32 at(qsizetype offset) const
    {
        return qFromBigEndian<quint32>(m_octets.constData() + offset);
    }
    QByteArray m_octets;
};

// Stands between the sound server and its clients. What the server says on any but the first
// connection, with which we watch over it, can be held back; or only its replies to who wants to
// record.
class Valve {
public:
    explicit Valve(const QString& server)
        : m_server(server)
    {
        QObject::connect(&m_listener, &QLocalServer::newConnection, &m_listener,
                         [this] { take(); });
    }
    bool listen(const QString& path) { return m_listener.listen(path); }
    void close() { m_isClosed = true; }
    void open()
    {
        m_isClosed = false;
        for (const auto& pair : m_pairs) {
            pass(*pair);
        }
    }
    void setAnswersRecording(bool answers)
    {
        m_answersRecording = answers;
        m_recordingsAsked = 0;
    }
    int recordingsAsked() const { return m_recordingsAsked; }

private:
    struct Pair {
        QPointer<QLocalSocket> client;
        QPointer<QLocalSocket> server;
        Frames asked;
        Frames answered;
        QSet<quint32> unanswered;
    };

    void take()
    {
        QLocalSocket* client = m_listener.nextPendingConnection();
        auto* server = new QLocalSocket(client);
        const bool isFirst = m_pairs.empty();
        server->connectToServer(m_server);
        server->waitForConnected();
        m_pairs.push_back(std::make_unique<Pair>());
        Pair& pair = *m_pairs.back();
        pair.client = client;
        pair.server = server;
        QObject::connect(client, &QLocalSocket::readyRead, server, [this, &pair] { ask(pair); });
        QObject::connect(server, &QLocalSocket::readyRead, client, [this, &pair, isFirst] {
            if (isFirst || !m_isClosed) {
                pass(pair);
            }
        });
        ask(pair);
    }
    void ask(Pair& pair)
    {
        pair.asked.add(pair.client->readAll());
        while (const auto frame = pair.asked.next()) {
            if (frame->command == Frames::CreateRecordStream) {
                ++m_recordingsAsked;
                if (!m_answersRecording) {
                    pair.unanswered.insert(frame->number);
                }
            }
            pair.server->write(frame->octets);
        }
    }
    static void pass(Pair& pair)
    {
        if (!pair.client || !pair.server) {
            return;
        }
        pair.answered.add(pair.server->readAll());
        while (const auto frame = pair.answered.next()) {
            if (frame->command != Frames::Reply || !pair.unanswered.remove(frame->number)) {
                pair.client->write(frame->octets);
            }
        }
    }

    QString m_server;
    QLocalServer m_listener;
    std::vector<std::unique_ptr<Pair>> m_pairs;
    int m_recordingsAsked = 0;
    bool m_isClosed = false;
    bool m_answersRecording = true;
};

} // namespace

// The server takes the opening of a stream and does not answer that, while it answers all else:
// PipeWire does so with a device that agrees to no format.
class SoundServerStallsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void aStreamThatDoesNotOpenIsGivenUp();
    void theOnlyMicrophoneIsNotTriedAllTheTime();

private:
    bool isOpen(const QString& kind)
    {
        return m_pulse.pactl({u"list"_s, kind}).contains("Telephone call");
    }

    test::PulseServer m_pulse;
    Valve m_valve{m_pulse.socketPath()};
    test::Operator m_told;
    std::unique_ptr<device::QtAudioDevice> m_device;
    std::unique_ptr<test::SinkEar> m_ear;
};

void SoundServerStallsTest::initTestCase()
{
    QVERIFY2(m_pulse.start(), qPrintable(m_pulse.problem()));
    const QString path = m_pulse.socketPath() + u"-valve"_s;
    QVERIFY(m_valve.listen(path));
    qputenv("PULSE_SERVER", "unix:" + path.toUtf8());
    m_device = std::make_unique<device::QtAudioDevice>(QString());
    m_device->setListener(m_told.listener());
    m_device->setSettings(test::unprocessed());
    test::TestCall call(440);
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(call.captured() > 0, soon);
    m_device->closeHeadset();
    qputenv("PULSE_SERVER", "unix:" + m_pulse.socketPath().toUtf8()); // of pactl and parec
    m_ear = std::make_unique<test::SinkEar>(u"ear"_s);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"source-outputs"_s), soon);
}

void SoundServerStallsTest::aStreamThatDoesNotOpenIsGivenUp()
{
    test::TestCall call(440);
    m_valve.close();
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(m_told.problem().contains(u"can't be opened"_s), soon);
    QTRY_VERIFY_WITH_TIMEOUT(isOpen(u"source-outputs"_s), soon); // as the server has it
    m_device->closeHeadset();
    QTRY_COMPARE_WITH_TIMEOUT(call.rings().use_count(), 1L, soon); // the device thread is alive
    m_valve.open();
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"source-outputs"_s), soon);
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"sink-inputs"_s), soon);
    m_device->openHeadset(call.rings());
    QTRY_COMPARE_WITH_TIMEOUT(m_ear->hears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_told.problem(), QString(), soon);
    m_device->closeHeadset();
    QTRY_VERIFY_WITH_TIMEOUT(!isOpen(u"source-outputs"_s), soon);
}

// Nothing else is heard or said meanwhile.
void SoundServerStallsTest::theOnlyMicrophoneIsNotTriedAllTheTime()
{
    test::TestCall call(440);
    m_valve.setAnswersRecording(false);
    m_device->openHeadset(call.rings());
    QTRY_VERIFY_WITH_TIMEOUT(m_told.problem().contains(u"The microphone"_s), soon);
    const std::size_t before = call.played();
    QTRY_VERIFY_WITH_TIMEOUT(call.played() > before + 8 * audio::HeadsetRings::sampleRate, soon);
    QCOMPARE(m_valve.recordingsAsked(), 1);
    QTRY_COMPARE_WITH_TIMEOUT(m_ear->hears(), 440.0, soon);
    QVERIFY(m_told.problem().contains(u"The microphone"_s));
    m_valve.setAnswersRecording(true);
    model::SoundSettings settings = test::unprocessed();
    settings.speak.choose({"mic"_ba, {}});
    m_device->setSettings(settings);
    QTRY_COMPARE_WITH_TIMEOUT(call.microphoneHears(), 440.0, soon);
    QTRY_COMPARE_WITH_TIMEOUT(m_told.problem(), QString(), soon);
}

QTEST_GUILESS_MAIN(SoundServerStallsTest)
#include "tst_sound_server_stalls.moc"
