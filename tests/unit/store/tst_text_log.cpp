#include "store/TextLog.h"

#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using model::TextMessage;
using store::Database;
using store::TextLog;

class TextLogTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void keepsEveryField();
    void givesTheNewestFirst();
    void limitIsBounded();
    void onlyTheNewestAreKept();
    void cutsWhatIsTooLong_data();
    void cutsWhatIsTooLong();
    void anyCharacterSurvives();
    void sameTextTwiceIsTwoRows();
    void tellsOfABrokenDatabase();

private:
    TextLog log() { return TextLog(*m_database); }
    QStringList texts(int limit);

    std::unique_ptr<QTemporaryDir> m_folder;
    std::unique_ptr<Database> m_database;
};

namespace {
TextMessage message(const QString& text)
{
    return {0,
            1767323045000,
            QStringLiteral("office"),
            QStringLiteral("200"),
            QString::fromUtf8("王小明"),
            QStringLiteral("sip:200@example.com"),
            text};
}
} // namespace

void TextLogTest::init()
{
    m_database.reset();
    m_folder = std::make_unique<QTemporaryDir>();
    m_database = std::move(Database::open(m_folder->filePath(QStringLiteral("calls.db")),
                                          Database::Access::ReadWrite))
                     .value();
}

QStringList TextLogTest::texts(int limit)
{
    QStringList texts;
    const auto read = log().newest(limit);
    for (const TextMessage& one : *read) {
        texts << one.text;
    }
    return texts;
}

void TextLogTest::keepsEveryField()
{
    TextMessage sent = message(QStringLiteral("hello\nthere"));
    sent.rowId = *log().add(sent);
    QVERIFY(sent.rowId > 0);
    QVERIFY(log().newest(10)->first() == sent);
    // Of an unknown sender, without words.
    QVERIFY(log().add({}));
    const TextMessage empty = log().newest(10)->first();
    QVERIFY(empty.text.isEmpty() && empty.account.isEmpty() && empty.uri.isEmpty());
}

void TextLogTest::givesTheNewestFirst()
{
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(log().add(message(QString::number(i))));
    }
    QCOMPARE(texts(3).join(u' '), QStringLiteral("5 4 3"));
    QCOMPARE(texts(100).join(u' '), QStringLiteral("5 4 3 2 1"));
}

void TextLogTest::limitIsBounded()
{
    QVERIFY(m_database->begin());
    for (int i = 0; i < TextLog::mostRows + 5; ++i) {
        QVERIFY(log().add(message(QString::number(i))));
    }
    QVERIFY(m_database->commit());
    QCOMPARE(texts(-5).size(), 1);
    QCOMPARE(texts(0).size(), 1);
    QCOMPARE(texts(std::numeric_limits<int>::max()).size(), TextLog::mostRows);
}

void TextLogTest::onlyTheNewestAreKept()
{
    TextLog small(*m_database, 3);
    for (int i = 1; i <= 5; ++i) {
        QVERIFY(small.add(message(QString::number(i))));
    }
    QCOMPARE(texts(100).join(u' '), QStringLiteral("5 4 3"));
}

void TextLogTest::cutsWhatIsTooLong_data()
{
    QTest::addColumn<QString>("text");
    QTest::addColumn<qsizetype>("kept");
    const qsizetype most = TextLog::mostCharacters;
    QTest::newRow("as long as may be") << QString(most, u'a') << most;
    QTest::newRow("one more") << QString(most + 1, u'a') << most;
    QTest::newRow("much more") << QString(1'000'000, u'a') << most;
    const QString face = QString::fromUtf8("😀");
    QTest::newRow("a surrogate pair at the end fits") << QString(most - 2, u'a') + face << most;
    QTest::newRow("no half of a surrogate pair") << QString(most - 1, u'a') + face << most - 1;
}

void TextLogTest::cutsWhatIsTooLong()
{
    QFETCH(QString, text);
    QFETCH(qsizetype, kept);
    TextMessage sent = message(text);
    sent.number = sent.displayName = sent.uri = sent.account = text;
    QVERIFY(log().add(sent));
    const TextMessage read = log().newest(1)->first();
    QCOMPARE(read.text, text.left(kept));
    for (const QString& field : {read.number, read.displayName, read.uri, read.account}) {
        QCOMPARE(field, text.left(TextLog::mostNameCharacters));
    }
}

void TextLogTest::anyCharacterSurvives()
{
    const QString text = QString::fromUtf8("'; DROP TABLE texts; -- \" %1 \\ \t\r\n \u202E 😀");
    QVERIFY(log().add(message(text)));
    QCOMPARE(texts(1).first(), text);
}

void TextLogTest::sameTextTwiceIsTwoRows()
{
    QVERIFY(*log().add(message(QStringLiteral("a"))) != *log().add(message(QStringLiteral("a"))));
    QCOMPARE(texts(10).size(), 2);
}

void TextLogTest::tellsOfABrokenDatabase()
{
    QVERIFY(m_database->exec(QStringLiteral("DROP TABLE texts")));
    QVERIFY(log().add({}).error().text.contains(m_database->path()));
    QVERIFY(log().newest(1).error().text.contains(m_database->path()));
}

QTEST_GUILESS_MAIN(TextLogTest)
#include "tst_text_log.moc"
