#include "base/Random.h"
#include "base/Text.h"

#include <QSet>
#include <QTest>

using namespace hs::base;

class TextTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parseU32_data();
    void parseU32();
    void printableMasksWhatForgesLines();
    void printableCuts();
    void randomTokens();
};

void TextTest::parseU32_data()
{
    QTest::addColumn<qint64>("value"); // -1: refused
    QTest::newRow("0") << qint64(0);
    QTest::newRow("0009") << qint64(9);
    QTest::newRow("4294967295") << qint64(4294967295);
    QTest::newRow("4294967296") << qint64(-1);
    QTest::newRow("99999999999999999999999999") << qint64(-1);
    QTest::newRow("-1") << qint64(-1);
    QTest::newRow("+1") << qint64(-1);
    QTest::newRow("1 ") << qint64(-1);
    QTest::newRow("five") << qint64(-1);
    QTest::newRow("") << qint64(-1);
}

void TextTest::parseU32()
{
    QFETCH(qint64, value);
    const auto parsed = hs::base::parseU32(QByteArrayView(QTest::currentDataTag()));
    QCOMPARE(parsed ? qint64(*parsed) : qint64(-1), value);
}

void TextTest::printableMasksWhatForgesLines()
{
    QCOMPARE(printable(QByteArrayView("a\r\n[ERROR] b\x1b[31m")),
             QStringLiteral("a\\x0d\\x0a[ERROR] b\\x1b[31m"));
    QVERIFY(!printable(QString(QChar(0x202e))).contains(QChar(0x202e)));
    QCOMPARE(printable(QString::fromUtf8("王小明 😀")), QString::fromUtf8("王小明 😀"));
    QVERIFY(printable(QByteArrayView("\xff\xfe")).contains(QChar(0xfffd)));
}

void TextTest::printableCuts()
{
    const QString cut = printable(QString(100000, u'x'), 10);
    QCOMPARE(cut.size(), 11);
}

void TextTest::randomTokens()
{
    Random random;
    QSet<QByteArray> seen;
    for (int i = 0; i < 1000; ++i) {
        seen.insert(random.token(10));
    }
    QCOMPARE(seen.size(), 1000);
    Random a(5);
    Random b(5);
    QCOMPARE(a.token(20), b.token(20));
}

QTEST_GUILESS_MAIN(TextTest)
#include "tst_text.moc"
