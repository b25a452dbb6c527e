// The real window on a real engine: an operator dials, answers and hangs up; the far end is another
// engine, over SIP and RTP on loopback.
#include "LoopbackEngine.h"
#include "audio/FileAudioDevice.h"
#include "engine/LocalEngineFacade.h"
#include "support/Soon.h"
#include "ui/models/CallCells.h"
#include "ui/models/LogCells.h"
#include "ui/widgets/Table.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/Panes.h"

#include <QAbstractButton>
#include <QAbstractItemModelTester>
#include <QAction>
#include <QDir>
#include <QLineEdit>
#include <QTemporaryDir>
#include <QTest>
#include <QTimer>
#include <QtEndian>

using namespace hs;
using model::CallState;

namespace {
// Someone with a telephone: an engine without a window.
class FarEnd {
public:
    explicit FarEnd(const engine::EngineCore::Options& options)
        : m_engine(options)
        , m_recordings(options.settings.recordings)
    {
        const auto started = m_engine.start();
        if (!started) {
            qFatal("%s", qPrintable(started.error().text));
        }
        m_address = started->sip;
    }

    QString uri() const
    {
        return QStringLiteral("sip:1000@") + QString::fromLatin1(m_address.toString());
    }

    void dial(const base::Endpoint& console)
    {
        onCalls([&](call::CallManager& calls) {
            const auto dialled =
                calls.dial({QStringLiteral("sip:desk@") + QString::fromLatin1(console.toString()),
                            model::Actor::machine()});
            if (!dialled) {
                qFatal("%s", qPrintable(dialled.error().text));
            }
        });
    }
    void hangUp()
    {
        onCalls([](call::CallManager& calls) {
            const QList<model::Call> all = calls.calls();
            for (const model::Call& call : all) {
                static_cast<void>(calls.hangUp(call.id, model::Actor::machine()));
            }
        });
    }
    QList<CallState> states()
    {
        QList<CallState> result;
        onCalls([&](call::CallManager& calls) {
            const QList<model::Call> all = calls.calls();
            for (const model::Call& call : all) {
                result << call.state;
            }
        });
        return result;
    }

    // In the recording's left channel, so far.
    int loudestHeard() const
    {
        QDir folder(m_recordings);
        int result = 0;
        for (const QString& name : folder.entryList({QStringLiteral("*.wav")})) {
            QFile file(folder.filePath(name));
            if (!file.open(QIODevice::ReadOnly) || !file.seek(wavHeaderBytes)) {
                continue;
            }
            const QByteArray bytes = file.readAll();
            for (qsizetype i = 0; i + 3 < bytes.size(); i += 4) {
                result = std::max(result, int(qFromLittleEndian<qint16>(bytes.constData() + i)));
            }
        }
        return result;
    }

private:
    static constexpr qint64 wavHeaderBytes = 44;

    template <class Run>
    void onCalls(const Run& run)
    {
        std::promise<void> done;
        m_engine.post([&](engine::EngineCore& core) {
            run(*core.calls());
            done.set_value();
        });
        done.get_future().wait();
    }

    engine::Engine m_engine;
    QString m_recordings;
    base::Endpoint m_address;
};
} // namespace

class LiveEngineTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void operatorDialsAndHangsUp();
    void operatorAnswersAndHangsUp();
    void operatorSpeaksAndHears();
    void farEndHangsUp();
    void callThatNobodyAnswersIsMissed();
    void callToNowhereFailsInTheWindow();
    void machineAnswersAfterOneClick();
    void logOfEarlierCallsIsThereAtTheStart();
    void consoleBesideAnotherEngineGoesOnOnceItEnds();

private:
    void openConsole();
    void closeConsole();
    QAbstractItemModel& sessions() { return *table("sessions").model(); }
    QAbstractItemModel& log() { return *table("log").model(); }
    ui::Table& table(const char* name)
    {
        return *m_window->findChild<ui::Table*>(QLatin1String(name));
    }
    QAction& action(const char* name)
    {
        return *m_window->findChild<QAction*>(QLatin1String(name));
    }
    QString session(ui::CallColumn column)
    {
        return sessions().index(0, int(column)).data().toString();
    }
    QString logged(ui::LogColumn column) { return log().index(0, int(column)).data().toString(); }
    void key(Qt::Key key) { QTest::keyClick(m_window->focusWidget(), key); }
    void type(const QString& text) { QTest::keyClicks(m_window->focusWidget(), text); }

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<FarEnd> m_far;
    std::unique_ptr<engine::LocalEngineFacade> m_engine;
    std::unique_ptr<ui::Theme> m_theme;
    std::unique_ptr<ui::MainWindow> m_window;
    audio::FileAudioDevice* m_device = nullptr; // the engine's
    base::Endpoint m_address;
};

void LiveEngineTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QVERIFY(QDir(m_folder->path()).mkpath(QStringLiteral("far")));
    engine::EngineCore::Options far =
        test::loopbackEngine(m_folder->filePath(QStringLiteral("far")), 41000);
    far.settings.greeting = QStringLiteral(HS_SOURCE_DIR "/resources/sounds/greeting.wav");
    far.settings.autoAnswerAfter = std::chrono::seconds(0);
    m_far = std::make_unique<FarEnd>(far);
    openConsole();
}

void LiveEngineTest::openConsole()
{
    engine::EngineCore::Options options = test::loopbackEngine(m_folder->path(), 42000);
    options.tolerant = true;
    auto device = std::make_unique<audio::FileAudioDevice>(std::vector<std::int16_t>(800, 9000));
    m_device = device.get();
    m_engine = std::make_unique<engine::LocalEngineFacade>(options, std::move(device));
    m_theme = std::make_unique<ui::Theme>(ui::Theme::Choice::Light, nullptr);
    m_window = std::make_unique<ui::MainWindow>(*m_engine, *m_theme, ui::ConsoleOptions());
    new QAbstractItemModelTester(
        &sessions(), QAbstractItemModelTester::FailureReportingMode::QtTest, m_window.get());
    new QAbstractItemModelTester(&log(), QAbstractItemModelTester::FailureReportingMode::QtTest,
                                 m_window.get());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    const auto started = m_engine->start();
    QVERIFY(started.ok());
    m_address = started->sip;
}

void LiveEngineTest::closeConsole()
{
    m_window.reset();
    m_engine->stop();
    m_engine.reset();
}

void LiveEngineTest::cleanup()
{
    closeConsole();
    m_far.reset();
}

void LiveEngineTest::operatorDialsAndHangsUp()
{
    type(m_far->uri());
    key(Qt::Key_Return);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Active"));
    QCOMPARE(m_far->states(), QList{CallState::Active});
    SOON_VERIFY(action("hangUp").isEnabled());
    key(Qt::Key_F4);
    SOON_COMPARE(m_far->states(), QList<CallState>());
    SOON_COMPARE(logged(ui::LogColumn::Ended), QStringLiteral("you hung up"));
    QCOMPARE(logged(ui::LogColumn::Kind), QStringLiteral("out"));
}

void LiveEngineTest::operatorAnswersAndHangsUp()
{
    m_far->dial(m_address);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Ringing"));
    SOON_COMPARE(m_far->states(), QList{CallState::RingingOut});
    key(Qt::Key_F3);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Active"));
    SOON_COMPARE(m_far->states(), QList{CallState::Active});
    QCOMPARE(session(ui::CallColumn::HasIt), QStringLiteral("You"));
    SOON_VERIFY(action("hangUp").isEnabled());
    action("hangUp").trigger();
    SOON_COMPARE(m_far->states(), QList<CallState>());
    SOON_COMPARE(logged(ui::LogColumn::Ended), QStringLiteral("you hung up"));
    QCOMPARE(logged(ui::LogColumn::By), QStringLiteral("You"));
    // It was recorded, and the list of recordings has it, once somebody looks.
    m_window->findChild<ui::Panes*>()->show(ui::Panes::Pane::Recordings);
    SOON_COMPARE(table("recordings").model()->rowCount(), 1);
    QCOMPARE(QDir(m_folder->filePath(QStringLiteral("recordings")))
                 .entryList({QStringLiteral("*_in_*.wav")})
                 .size(),
             1);
}

void LiveEngineTest::operatorSpeaksAndHears()
{
    type(m_far->uri());
    key(Qt::Key_Return);
    SOON_VERIFY(m_device->headsetOpen());
    const auto loudest = [](const std::vector<std::int16_t>& samples) {
        const auto at = std::max_element(samples.begin(), samples.end());
        return at == samples.end() ? 0 : int(*at);
    };
    int heard = 0;
    QTimer sound; // the sound card's clock
    connect(&sound, &QTimer::timeout, this, [&] {
        m_device->advance(20);
        heard = std::max(heard, loudest(m_device->takeHeard()));
    });
    sound.start(20);
    SOON_VERIFY(heard > 1000); // the far end's greeting
    SOON_VERIFY(m_far->loudestHeard() > 8000); // our microphone, in the far end's recording
    key(Qt::Key_F4);
    SOON_VERIFY(!m_device->headsetOpen());
}

void LiveEngineTest::farEndHangsUp()
{
    m_far->dial(m_address);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Ringing"));
    key(Qt::Key_F3);
    SOON_COMPARE(m_far->states(), QList{CallState::Active});
    m_far->hangUp();
    SOON_COMPARE(logged(ui::LogColumn::Ended), QStringLiteral("far end hung up"));
    SOON_VERIFY(!action("hangUp").isEnabled());
}

void LiveEngineTest::callThatNobodyAnswersIsMissed()
{
    m_far->dial(m_address);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Ringing"));
    SOON_COMPARE(m_far->states(), QList{CallState::RingingOut});
    m_far->hangUp(); // CANCEL
    SOON_COMPARE(logged(ui::LogColumn::Kind), QStringLiteral("missed"));
    SOON_COMPARE(m_far->states(), QList<CallState>());
}

void LiveEngineTest::callToNowhereFailsInTheWindow()
{
    type(QStringLiteral("0912341234")); // and no SIP server is set
    key(Qt::Key_Return);
    SOON_VERIFY(log().rowCount() == 0 && sessions().rowCount() == 0);
    type(QStringLiteral("sip:1000@localhost.invalid"));
    key(Qt::Key_Return);
    SOON_COMPARE(log().rowCount(), 1);
    SOON_VERIFY2(logged(ui::LogColumn::Ended).contains(QLatin1String("localhost.invalid")),
                 qPrintable(logged(ui::LogColumn::Ended)));
}

void LiveEngineTest::machineAnswersAfterOneClick()
{
    m_window->findChild<QAbstractButton*>(QStringLiteral("autoAnswer"))->click();
    SOON_VERIFY(m_engine->status().status().autoAnswerAfter == 0);
    m_far->dial(m_address);
    SOON_COMPARE(session(ui::CallColumn::State), QStringLiteral("Active"));
    SOON_COMPARE(session(ui::CallColumn::HasIt), QStringLiteral("Machine"));
    SOON_VERIFY(action("take").isEnabled() || sessions().rowCount() == 1);
    m_far->hangUp();
    SOON_COMPARE(logged(ui::LogColumn::By), QStringLiteral("Machine"));
}

void LiveEngineTest::logOfEarlierCallsIsThereAtTheStart()
{
    operatorDialsAndHangsUp();
    closeConsole();
    openConsole();
    SOON_COMPARE(log().rowCount(), 1);
    SOON_COMPARE(table("recordings").model()->rowCount(), 1);
}

void LiveEngineTest::consoleBesideAnotherEngineGoesOnOnceItEnds()
{
    operatorDialsAndHangsUp();
    closeConsole();
    auto other = std::make_unique<FarEnd>(test::loopbackEngine(m_folder->path(), 43000));
    openConsole();
    SOON_COMPARE(m_engine->status().status().notices.value(0).kind,
                 model::NoticeKind::DatabaseHeldByOther);
    QCOMPARE(log().rowCount(), 0);
    other.reset();
    QTRY_COMPARE_WITH_TIMEOUT(log().rowCount(), 1, 20'000);
    QVERIFY(!m_engine->status().status().sipAddress.isEmpty());
}

QTEST_MAIN(LiveEngineTest)
#include "tst_ui_live_engine.moc"
