#include "ControlFixture.h"
#include "control/ControlLimits.h"
#include "support/Soon.h"

#include <QProcess>
#include <QSignalSpy>
#include <QTest>

using namespace hs;
using namespace hs::control;
using namespace hs::test;

// Python programs against the real server; the far ends do here what each scenario is about.
class TextClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void dialling();
    void diallingABusyNumber();
    void answering();
    void messageThatIsTooLong();
    void unknownFormOfAudio();
    void token();
    void idleForTenMinutes();
};

namespace {
const QString python = QStringLiteral("/usr/bin/python3");

class Program {
public:
    Program(const char* scenario, const ControlFixture& fixture, const char* query = "")
    {
        const QString url = QStringLiteral("ws://%1/%2")
                                .arg(QString::fromLatin1(fixture.endpoint().toString()),
                                     QString::fromLatin1(query));
        m_process.start(python,
                        {QStringLiteral("-B"), QStringLiteral(HS_TEXT_CLIENT),
                         QString::fromLatin1(scenario), url});
    }

    bool hasEnded() const { return m_process.state() == QProcess::NotRunning; }

    // Empty if it is content.
    QString complaint()
    {
        if (m_process.error() == QProcess::FailedToStart) {
            return python + QStringLiteral(" cannot be run; apt-get install python3");
        }
        if (!waitUntil([this] { return hasEnded(); }, std::chrono::seconds(30))) {
            return QStringLiteral("it does not end");
        }
        const QString words = QString::fromUtf8(m_process.readAllStandardError()).trimmed();
        return m_process.exitCode() == 0 ? QString() : QStringLiteral("the program says: ") + words;
    }

    // Empty once the program got so far.
    QString complaintBefore(const std::function<bool()>& point)
    {
        waitUntil([&] { return point() || hasEnded(); }, std::chrono::seconds(30));
        if (point()) {
            return {};
        }
        const QString words = complaint();
        return words.isEmpty() ? QStringLiteral("it ended too early") : words;
    }

private:
    QProcess m_process;
};
} // namespace

void TextClientTest::dialling()
{
    ControlFixture fixture;
    fixture.calls.nextControlId = QStringLiteral("a:84b4c76e66710@host");
    fixture.calls.onDialled = [&](model::CallId call) {
        fixture.ports.open(call);
        QMetaObject::invokeMethod(
            &fixture.calls,
            [&fixture, call] {
                fixture.calls.ringOut(call);
                fixture.calls.answerByFarEnd(call);
            },
            Qt::QueuedConnection);
    };
    Program program("dial", fixture, "?rtp=pt_hex");
    const auto played = [&] {
        const auto* port = static_cast<FakeAudioPort*>(fixture.ports.find(1));
        return port ? port->played : std::vector<std::int16_t>();
    };
    QCOMPARE(program.complaintBefore([&] { return played().size() == 3 * 160; }), QString());
    for (std::size_t i = 0; i < 480; ++i) {
        QCOMPARE(int(played()[i]), int(i % 160));
    }
    for (int i = 0; i < 5; ++i) {
        fixture.ports.speakPacket(1, 8, QByteArray(160, static_cast<char>(i)));
    }
    QCOMPARE(program.complaint(), QString());
    QCOMPARE(fixture.calls.asked,
             (QStringList{QStringLiteral("dial 0912341234"), QStringLiteral("hangUp 1")}));
    QCOMPARE(fixture.calls.askers.value(0).kind, model::ActorKind::Client);
    SOON_COMPARE(fixture.server.clients().size(), 0);
}

void TextClientTest::diallingABusyNumber()
{
    ControlFixture fixture;
    fixture.calls.onDialled = [&](model::CallId call) {
        fixture.calls.end(call, 486, QStringLiteral("Busy Here"));
    };
    Program program("dial_and_fail", fixture);
    QCOMPARE(program.complaint(), QString());
}

void TextClientTest::answering()
{
    ControlFixture fixture;
    Program program("answer", fixture, "?rtp=off");
    QCOMPARE(program.complaintBefore([&] { return !fixture.server.clients().isEmpty(); }),
             QString());
    const model::CallId call =
        fixture.calls.ringIn(QStringLiteral("*31##7"), QStringLiteral("b:1~2"));
    FakeAudioPort& port = fixture.ports.open(call);
    QCOMPARE(program.complaintBefore([&] { return !fixture.calls.asked.isEmpty(); }), QString());
    fixture.calls.acknowledge(call);
    QCOMPARE(program.complaint(), QString());
    QCOMPARE(fixture.calls.asked,
             (QStringList{QStringLiteral("answer 1"), QStringLiteral("hangUp 1")}));
    QCOMPARE(port.played.size(), std::size_t(160));
}

void TextClientTest::messageThatIsTooLong()
{
    ControlFixture fixture;
    Program program("too_long", fixture);
    QCOMPARE(program.complaint(), QString());
}

void TextClientTest::unknownFormOfAudio()
{
    ControlFixture fixture;
    Program program("refused", fixture, "?rtp=mp3");
    QCOMPARE(program.complaint(), QString());
}

void TextClientTest::token()
{
    ControlSettings settings = ControlFixture::onLoopback();
    settings.token = "s3cret";
    ControlFixture fixture(settings);
    Program program("with_token", fixture);
    QCOMPARE(program.complaint(), QString());
}

void TextClientTest::idleForTenMinutes()
{
    ControlFixture fixture;
    Program program("idle", fixture);
    QCOMPARE(
        program.complaintBefore([&] { return fixture.server.clients().value(0).bytesOut > 0; }),
        QString());
    for (int i = 0; i < 20; ++i) {
        // Its pong counts as well.
        const quint64 before = fixture.server.clients().value(0).bytesIn;
        fixture.scheduler.advance(limits::pingInterval);
        QCOMPARE(program.complaintBefore(
                     [&] { return fixture.server.clients().value(0).bytesIn > before; }),
                 QString());
    }
    fixture.server.shutdown();
    QCOMPARE(program.complaint(), QString());
}

QTEST_GUILESS_MAIN(TextClientTest)
#include "tst_text_client.moc"
