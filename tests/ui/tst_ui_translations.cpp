// The Traditional Chinese catalogue: complete, with the place marks of the originals, and spoken by
// the window. (That no text is missing from it, translations.cmake asks lupdate.)
#include "Console.h"
#include "ui/CallWords.h"
#include "ui/Formatting.h"
#include "ui/widgets/Table.h"

#include <QAction>
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
    void oneAndMany();

private:
    struct Message {
        QString source;
        QString translation;
        bool finished = true;
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
    QXmlStreamReader xml(&file);
    while (!xml.atEnd()) {
        if (xml.readNext() != QXmlStreamReader::StartElement) {
            continue;
        }
        if (xml.name() == QLatin1String("source")) {
            found << Message{xml.readElementText(), {}, true};
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
    const auto* sessions = console.find<ui::Table>("sessions");
    QCOMPARE(sessions->model()->index(0, 1).data().toString(), QStringLiteral("通話中"));
    QCOMPARE(sessions->model()->headerData(1, Qt::Horizontal).toString(), QStringLiteral("狀態"));
    QCOMPARE(console.find<QLabel>("panelTitle")->text(), QStringLiteral("進行中的通話"));
    QCoreApplication::removeTranslator(&translator);
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
