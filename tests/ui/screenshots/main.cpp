// hs_screenshots OUTDIR [CATALOGUE.qm]: pictures of the console in every size, theme and situation
// that matters, to look at. Works on any platform plugin.
#include "SampleAccounts.h"
#include "support/FakeEngine.h"
#include "ui/theme/SymbolicIcon.h"
#include "ui/widgets/Table.h"
#include "ui/windows/MainWindow.h"
#include "ui/windows/Panes.h"

#include <QAbstractButton>
#include <QAction>
#include <QApplication>
#include <QDialog>
#include <QDialogButtonBox>
#include <QDir>
#include <QPainter>
#include <QPushButton>
#include <QTranslator>

#include <cstdio>

using namespace hs;
using namespace hs::test;

namespace {

// One console with its engine, taken a picture of.
class Scene {
public:
    Scene(ui::Theme& theme, const QString& folder)
        : m_folder(folder)
        , m_theme(theme)
    {
    }

    FakeEngine engine;

    void open(const QSize& size, ui::Theme::Choice theme)
    {
        m_theme.setChoice(theme);
        ui::ConsoleOptions options;
        options.themeGiven = true;
        options.now = [] { return noon; };
        m_window = std::make_unique<ui::MainWindow>(engine, m_theme, options);
        m_window->resize(size);
        m_window->show();
        settle();
        m_window->findChild<QAction*>(QStringLiteral("resetLayout"))->trigger();
        settle();
    }

    void busy()
    {
        engine.status().set(runningStatus());
        engine.clients().changed(someClients());
        engine.calls().changed(busyHour());
        settle();
    }

    ui::MainWindow& window() { return *m_window; }

    void shoot(const QString& name)
    {
        settle();
        m_window->grab().save(m_folder + QLatin1Char('/') + name + QStringLiteral(".png"));
    }

    void shootDialog(const char* dialog, const QString& suffix)
    {
        settle();
        m_window->findChild<QDialog*>(QLatin1String(dialog))
            ->grab()
            .save(m_folder + QLatin1Char('/') + QLatin1String(dialog) + QLatin1Char('-') + suffix
                  + QStringLiteral(".png"));
    }

    static void settle()
    {
        for (int i = 0; i < 20; ++i) {
            QCoreApplication::processEvents();
        }
    }

private:
    QString m_folder;
    ui::Theme& m_theme;
    std::unique_ptr<ui::MainWindow> m_window;
};

void icons(const QString& folder)
{
    const QStringList names = QDir(QStringLiteral(":/icons")).entryList();
    QImage sheet(900, 60 * ((int(names.size()) + 5) / 6), QImage::Format_RGB32);
    sheet.fill(Qt::white);
    QPainter painter(&sheet);
    for (int i = 0; i < names.size(); ++i) {
        const QPoint at(10 + i % 6 * 150, 8 + i / 6 * 60);
        const QString name = names[i].chopped(4);
        painter.drawPixmap(at, ui::symbolicPixmap(name, Qt::black, 32, 1));
        painter.drawPixmap(at + QPoint(40, 10), ui::symbolicPixmap(name, Qt::black, 14, 1));
        painter.drawText(at + QPoint(0, 46), name);
    }
    painter.end();
    sheet.save(folder + QStringLiteral("/icons.png"));
}

void busyScenes(ui::Theme& theme, const QString& folder)
{
    const struct {
        QSize size;
        const char* name;
    } sizes[] = {{{1280, 800}, "1280"}, {{1920, 1080}, "1920"}, {{1024, 700}, "1024"}};
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        for (const auto& [size, name] : sizes) {
            Scene scene(theme, folder);
            scene.engine.log().entries = busyLog(300);
            scene.engine.log().missedTotal = 3;
            scene.engine.recordings().recordings = someRecordings(30);
            scene.open(size, choice);
            scene.busy();
            const QString suffix =
                QLatin1String(name) + QLatin1Char('-') + ui::Theme::toWord(choice);
            scene.window().findChild<ui::Table*>(QStringLiteral("sessions"))->selectRowAt(5);
            scene.shoot(QStringLiteral("busy-") + suffix);
            auto* panes = scene.window().findChild<ui::Panes*>();
            panes->show(ui::Panes::Pane::Recordings);
            scene.engine.playback().play(scene.engine.recordings().recordings.at(1).path);
            scene.engine.playback().advanceTo(21000);
            auto* table = scene.window().findChild<ui::Table*>(QStringLiteral("recordings"));
            table->selectRowAt(1);
            table->setFocus();
            scene.shoot(QStringLiteral("recordings-") + suffix);
            panes->show(ui::Panes::Pane::Programs);
            scene.shoot(QStringLiteral("programs-") + suffix);
            if (size.width() == 1280) {
                scene.window().findChild<QAction*>(QStringLiteral("compact"))->trigger();
                scene.shoot(QStringLiteral("compact-") + suffix);
            }
        }
    }
}

void soundScenes(ui::Theme& theme, const QString& folder)
{
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        Scene scene(theme, folder);
        scene.open({1024, 600}, choice);
        scene.busy();
        model::SoundStatus status;
        status.microphones = {{"a", QStringLiteral("Built-in Audio Analogue Stereo")},
                              {"b", QStringLiteral("Jabra Evolve2 40 Mono")}};
        status.speakers = status.microphones;
        status.speaking = status.microphones.at(1);
        status.listening = status.speakers.at(1);
        scene.engine.sound().set(status);
        const QString suffix = ui::Theme::toWord(choice);
        scene.shoot(QStringLiteral("small-") + suffix);
        scene.window().findChild<QAction*>(QStringLiteral("soundAction"))->trigger();
        Q_EMIT scene.engine.sound().levels({model::SoundLevels::Phase::Recording, 9000, 2400});
        scene.shootDialog("soundDialog", suffix);
    }
}

void specialScenes(ui::Theme& theme, const QString& folder)
{
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        const QString suffix = ui::Theme::toWord(choice);
        Scene empty(theme, folder);
        empty.open({1280, 800}, choice);
        model::EngineStatus status = runningStatus();
        status.rtpPortsUsed = status.liveCalls = 0;
        empty.engine.status().set(status);
        empty.shoot(QStringLiteral("empty-") + suffix);
        empty.engine.calls().changed({ringingCall(1, QStringLiteral("0912341234"), 3000)});
        empty.shoot(QStringLiteral("ringing-") + suffix);
        model::Call mine =
            activeCall(1, QStringLiteral("0912341234"), model::Actor::consoleOperator(), 12000);
        mine.hasHeadset = mine.muted = true;
        mine.media.packetsReceived = 0;
        status.autoAnswerAfter = 5;
        empty.engine.status().set(status);
        empty.engine.calls().changed({mine});
        empty.engine.calls().refused(0,
                                     QStringLiteral("'0912' is no number that the server knows"));
        empty.shoot(QStringLiteral("muted-") + suffix);

        Scene banners(theme, folder);
        banners.engine.log().entries = busyLog(40);
        banners.open({1280, 800}, choice);
        status = {};
        status.notices = everyNotice();
        banners.engine.status().set(status);
        banners.shoot(QStringLiteral("banners-") + suffix);
        status = runningStatus();
        status.notices = everyNotice().mid(2, 1);
        banners.engine.status().set(status);
        banners.window().resize(1024, 700);
        banners.shoot(QStringLiteral("banner-1024-") + suffix);
    }
}

// Two conferences, one with the operator, and two calls that are selected to be joined.
void conferenceScenes(ui::Theme& theme, const QString& folder)
{
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        for (const QSize size : {QSize(1024, 700), QSize(1280, 800), QSize(1920, 1080)}) {
            Scene scene(theme, folder);
            scene.engine.log().entries = busyLog(40);
            scene.open(size, choice);
            scene.busy();
            QList<model::Call> calls = busyHour();
            for (const int mine : {0, 2, 3}) {
                calls[mine].conference = 1;
                calls[mine].hasHeadset = !calls[mine].heldByUs;
            }
            model::Call other = calls[1];
            calls[1].conference = other.conference = 2;
            other.id = 8;
            other.number = QStringLiteral("0955123123");
            other.owner = model::Actor::consoleOperator();
            calls << other;
            scene.engine.calls().changed(calls);
            const QString suffix =
                QString::number(size.width()) + QLatin1Char('-') + ui::Theme::toWord(choice);
            auto* sessions = scene.window().findChild<ui::Table*>(QStringLiteral("sessions"));
            sessions->selectRowAt(0);
            sessions->setFocus();
            scene.shoot(QStringLiteral("conference-") + suffix);
            sessions->selectionModel()->select(sessions->model()->index(1, 0),
                                               QItemSelectionModel::Select
                                                   | QItemSelectionModel::Rows);
            scene.shoot(QStringLiteral("joining-") + suffix);
        }
    }
}

// Accounts with all that hangs on them, and calls that have their troubles.
void accountScenes(ui::Theme& theme, const QString& folder)
{
    for (const auto choice : {ui::Theme::Choice::Light, ui::Theme::Choice::Dark}) {
        for (const QSize size : {QSize(1024, 700), QSize(1440, 900)}) {
            Scene scene(theme, folder);
            scene.engine.log().entries = busyLog(40);
            scene.engine.accounts().set(someAccounts(), someStates());
            scene.open(size, choice);
            scene.busy();
            scene.engine.accounts().lampsChanged(someLamps());
            scene.engine.calls().changed(troubledHour());
            scene.engine.accounts().messageReceived(
                someText(QStringLiteral("The courier is at the <b>gate</b>, can you let him in?")));
            const QString suffix =
                QString::number(size.width()) + QLatin1Char('-') + ui::Theme::toWord(choice);
            auto* sessions = scene.window().findChild<ui::Table*>(QStringLiteral("sessions"));
            sessions->selectRowAt(0);
            scene.shoot(QStringLiteral("accounts-") + suffix);
            sessions->selectRowAt(1);
            scene.window().findChild<QAction*>(QStringLiteral("transfer"))->trigger();
            scene.window().findChild<ui::Panes*>()->show(ui::Panes::Pane::Messages);
            scene.window().findChild<ui::Table*>(QStringLiteral("messages"))->selectRowAt(0);
            scene.shoot(QStringLiteral("transfer-") + suffix);
            scene.window().findChild<QAction*>(QStringLiteral("keypad"))->trigger();
            scene.shootDialog("digitPad", suffix);
            scene.window().findChild<QAction*>(QStringLiteral("accountsAction"))->trigger();
            scene.window().findChild<ui::Table*>(QStringLiteral("accounts"))->selectRowAt(1);
            scene.shootDialog("accountsDialog", suffix);
            scene.window().findChild<QAbstractButton*>(QStringLiteral("addAccount"))->click();
            auto* form = scene.window().findChild<QDialog*>(QStringLiteral("accountForm"));
            form->findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->click();
            scene.shootDialog("accountForm", suffix);
        }
    }
}

} // namespace

int main(int argc, char** argv)
{
    QApplication app(argc, argv);
    const QStringList arguments = QApplication::arguments();
    if (arguments.size() < 2 || !QDir().mkpath(arguments[1])) {
        std::fputs("usage: hs_screenshots OUTDIR [CATALOGUE.qm]\n", stderr);
        return 2;
    }
    QTranslator translator;
    if (arguments.size() > 2 && translator.load(arguments[2])) {
        QApplication::installTranslator(&translator);
    }
    ui::Theme theme(ui::Theme::Choice::Light, nullptr);
    icons(arguments[1]);
    busyScenes(theme, arguments[1]);
    soundScenes(theme, arguments[1]);
    specialScenes(theme, arguments[1]);
    accountScenes(theme, arguments[1]);
    conferenceScenes(theme, arguments[1]);
    return 0;
}
