// The Traditional Chinese catalogue: complete, with the place marks of the originals, and spoken by
// the window. (That no text is missing from it, translations.cmake asks lupdate.)
#include "Console.h"
#include "ui/AccountWords.h"
#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/NoticeWords.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QDirIterator>
#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QTranslator>
#include <QXmlStreamReader>

using namespace hs;
using namespace hs::test;

class TranslationsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyTextIsTranslated();
    void placeMarksStay();
    void windowSpeaksIt();
    void coreSaysWhatIsListed_data();
    void coreSaysWhatIsListed();
    void accountsSayWhyInIt();
    void oneAndMany();

private:
    struct Message {
        QString source;
        QString translation;
        bool finished = true;
        QString context;
    };
    static QList<Message> messages();
    static QStringList marks(const QString& text);
};

QList<TranslationsTest::Message> TranslationsTest::messages()
{
    QFile file(QStringLiteral(HS_SOURCE_DIR "/translations/hookswitch_zh_TW.ts"));
    if (!file.open(QIODevice::ReadOnly)) {
        return {};
    }
    QList<Message> found;
    QString context;
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("name")) {
            context = xml.readElementText();
        } else if (xml.name() == QLatin1String("source")) {
            found << Message{xml.readElementText(), {}, true, context};
        } else if (xml.name() == QLatin1String("translation")) {
            found.last().finished = !xml.attributes().hasAttribute(QStringLiteral("type"));
            found.last().translation =
                xml.readElementText(QXmlStreamReader::IncludeChildElements).trimmed();
        }
    }
    return found;
}

QStringList TranslationsTest::marks(const QString& text)
{
    static const QRegularExpression mark(
        QStringLiteral("%[1-9n]|--[a-z-]+|sip:|ws://|\\b[a-z]+_[a-z]+\\b"));
    QStringList found;
    auto matches = mark.globalMatch(text);
    while (matches.hasNext()) {
        found << matches.next().captured();
    }
    found.sort();
    return found;
}

void TranslationsTest::everyTextIsTranslated()
{
    const QList<Message> all = messages();
    QVERIFY(all.size() > 250);
    for (const Message& message : all) {
        QVERIFY2(message.finished && !message.translation.isEmpty(), qPrintable(message.source));
    }
}

void TranslationsTest::placeMarksStay()
{
    for (const Message& message : messages()) {
        QCOMPARE(marks(message.translation), marks(message.source));
        // A menu's letter is written behind the word, as is usual in Chinese.
        QCOMPARE(message.translation.contains(QStringLiteral("(&")),
                 message.source.contains(QLatin1Char('&')));
    }
}

void TranslationsTest::windowSpeaksIt()
{
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(HS_ZH_TW)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    Console console;
    console.engine.status().set(runningStatus());
    QVERIFY(console.open());
    Q_EMIT console.engine.calls().changed(busyHour());
    QCOMPARE(console.find<QAction>("answer")->text(), QStringLiteral("接聽下一通"));
    QCOMPARE(console.panes().title(Console::Pane::Log), QStringLiteral("通話紀錄"));
    model::EngineStatus silent = runningStatus();
    silent.notices = {{model::NoticeKind::NoSoundDevice,
                       {},
                       QStringLiteral("There is no sound: no sound server (PulseAudio or "
                                      "PipeWire) is running.")}};
    console.engine.status().set(silent);
    QVERIFY(console.find<QLabel>("bannerTitle")->text().startsWith(QStringLiteral("沒有聲音")));
    silent.notices[0].detail = QStringLiteral("The microphone \"USB %1 x\" can't be opened.");
    console.engine.status().set(silent);
    QCOMPARE(ui::NoticeWords::title(silent.notices[0]),
             QStringLiteral("無法開啟麥克風「USB %1 x」。"));
    const auto* sessions = console.find<ui::Table>("sessions");
    QCOMPARE(sessions->model()->index(0, 1).data().toString(), QStringLiteral("通話中"));
    QCOMPARE(sessions->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("狀態"));
    QCOMPARE(console.find<QLabel>("panelTitle")->text(), QStringLiteral("進行中的通話"));
    QCoreApplication::removeTranslator(&translator);
}

// The device is of the engine, which knows no languages: what it says is listed in the window's
// code, word by word.
void TranslationsTest::coreSaysWhatIsListed_data()
{
    QTest::addColumn<QString>("context");
    QTest::addColumn<QString>("folder");
    QTest::addColumn<int>("sentences");
    QTest::newRow("sound") << QStringLiteral("hs::device") << QStringLiteral("/core/device") << 13;
    QTest::newRow("servers") << QStringLiteral("hs::sip") << QStringLiteral("/core/sip") << 31;
}

void TranslationsTest::coreSaysWhatIsListed()
{
    QFETCH(QString, context);
    QFETCH(QString, folder);
    QString code;
    QDirIterator files(QStringLiteral(HS_SOURCE_DIR) + folder, {QStringLiteral("*.cpp")},
                       QDir::Files, QDirIterator::Subdirectories);
    while (files.hasNext()) {
        QFile file(files.next());
        QVERIFY(file.open(QIODevice::ReadOnly));
        code += QString::fromUtf8(file.readAll());
    }
    code.remove(QRegularExpression(QStringLiteral("\"\\s+\""))); // a sentence on two lines
    code.replace(QStringLiteral("\\\""), QStringLiteral("\""));
    int listed = 0;
    for (const Message& message : messages()) {
        if (message.context == context) {
            ++listed;
            QVERIFY2(code.contains(u'"' + message.source + u'"'), qPrintable(message.source));
        }
    }
    QTEST(listed, "sentences");
}

void TranslationsTest::accountsSayWhyInIt()
{
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(HS_ZH_TW)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    const auto said = [](const char* problem) {
        model::AccountState account;
        account.state = model::RegistrationState::Failed;
        account.problem = QString::fromUtf8(problem);
        return ui::AccountWords::detail(account, 0);
    };
    QVERIFY2(said("the server refuses user name or password for 'pbx %1'")
                 .startsWith(QStringLiteral("伺服器不接受「pbx %1」的使用者名稱或密碼。")),
             qPrintable(said("the server refuses user name or password for 'pbx %1'")));
    // A reason within a sentence.
    const QString expired = said("connecting to 192.0.2.1:5061 over TLS failed: the certificate "
                                 "expired on 2026-01-02");
    QVERIFY2(expired.startsWith(
                 QStringLiteral("無法以 TLS 連線至 192.0.2.1:5061：憑證已於 2026-01-02 過期。")),
             qPrintable(expired));
    // What is not known is shown as it is.
    QVERIFY(said("nobody has heard of it").startsWith(QStringLiteral("Nobody has heard of it。")));
    QCoreApplication::removeTranslator(&translator);
    QVERIFY(said("the name 'x' does not exist")
                .startsWith(QStringLiteral("The name 'x' does not exist.")));
}

void TranslationsTest::oneAndMany()
{
    QCOMPARE(ui::CallWords::listeners(0), QString());
    QCOMPARE(ui::CallWords::listeners(1), QStringLiteral("1 program listens"));
    QCOMPARE(ui::CallWords::listeners(3), QStringLiteral("3 programs listen"));
    QTranslator translator;
    QVERIFY(translator.load(QStringLiteral(HS_ZH_TW)));
    QVERIFY(QCoreApplication::installTranslator(&translator));
    QCOMPARE(ui::CallWords::listeners(3), QStringLiteral("3 個程式聆聽中"));
    QCOMPARE(ui::Formatting::spokenDuration(61000), QStringLiteral("1 分鐘 1 秒"));
    QCoreApplication::removeTranslator(&translator);
}

QTEST_MAIN(TranslationsTest)
#include "tst_ui_translations.moc"
