// The Traditional Chinese catalogue: complete, with the place marks of the originals, and spoken by
// the window. (That no text is missing from it, translations.cmake asks lupdate.)
#include "Console.h"
#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/NoticeWords.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QDir>
#include <QFile>
#include <QLabel>
#include <QRegularExpression>
#include <QTabWidget>
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
    void deviceSaysWhatIsListed();
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
    QCOMPARE(console.find<QTabWidget>("tabs")->tabText(0), QStringLiteral("通話紀錄"));
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
void TranslationsTest::deviceSaysWhatIsListed()
{
    QString code;
    QDir folder(QStringLiteral(HS_SOURCE_DIR "/core/device"));
    for (const QString& name : folder.entryList({QStringLiteral("*.cpp")})) {
        QFile file(folder.filePath(name));
        QVERIFY(file.open(QIODevice::ReadOnly));
        code += QString::fromUtf8(file.readAll());
    }
    code.remove(QRegularExpression(QStringLiteral("\"\\s+\""))); // a sentence on two lines
    code.replace(QStringLiteral("\\\""), QStringLiteral("\""));
    int listed = 0;
    for (const Message& message : messages()) {
        if (message.context == QLatin1String("hs::device")) {
            ++listed;
            QVERIFY2(code.contains(message.source), qPrintable(message.source));
        }
    }
    QCOMPARE(listed, 10);
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
