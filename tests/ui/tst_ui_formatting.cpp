#include "SampleCalls.h"
#include "ui/DialText.h"
#include "ui/Formatting.h"

#include <QLocale>
#include <QTest>

using hs::ui::Formatting;

class FormattingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void duration_data();
    void duration();
    void spokenDuration();
    void timeOfTodayIsShort();
    void bytesAndLoss();
    void plainDropsWhatCannotBeSeen();
    void toolTipIsNeverMarkup();
    void cleanedDialText_data();
    void cleanedDialText();
    void isDialNumber();
};

void FormattingTest::duration_data()
{
    QTest::addColumn<qint64>("ms");
    QTest::newRow("0:00") << qint64(999);
    QTest::newRow("0:04") << qint64(4999);
    QTest::newRow("12:31") << qint64(751000);
    QTest::newRow("59:59") << qint64(3599999);
    QTest::newRow("1:02:03") << qint64(3723000);
    QTest::newRow("100:00:00") << qint64(360000000);
}

void FormattingTest::duration()
{
    QFETCH(qint64, ms);
    QCOMPARE(Formatting::duration(ms), QLatin1String(QTest::currentDataTag()));
    QCOMPARE(Formatting::duration(-5000), QStringLiteral("0:00"));
}

void FormattingTest::spokenDuration()
{
    QCOMPARE(Formatting::spokenDuration(0), QStringLiteral("0 seconds"));
    QCOMPARE(Formatting::spokenDuration(1000), QStringLiteral("1 second"));
    QCOMPARE(Formatting::spokenDuration(751000), QStringLiteral("12 minutes 31 seconds"));
    QCOMPARE(Formatting::spokenDuration(3660000), QStringLiteral("1 hour 1 minute"));
}

void FormattingTest::timeOfTodayIsShort()
{
    const qint64 now = hs::test::noon;
    QCOMPARE(Formatting::time(now, now), QStringLiteral("14:02:11"));
    const QString yesterday = Formatting::time(now - 86400000, now);
    QVERIFY2(yesterday.endsWith(QStringLiteral(" 14:02:11")), qPrintable(yesterday));
    QVERIFY(yesterday.size() > 12);
    QCOMPARE(Formatting::time(0, now), QString());
}

void FormattingTest::bytesAndLoss()
{
    QCOMPARE(Formatting::bytes(2100000), QStringLiteral("2.1 MB"));
    QCOMPARE(Formatting::bytes(-1), QStringLiteral("0 bytes"));
    QCOMPARE(Formatting::loss(3), QStringLiteral("0.3 %"));
    QCOMPARE(Formatting::loss(1000), QStringLiteral("100.0 %"));
}

void FormattingTest::plainDropsWhatCannotBeSeen()
{
    QCOMPARE(Formatting::plain(QStringLiteral("a\r\nb\tc\u202ed\u0000e")),
             QStringLiteral("a b cde"));
    QCOMPARE(Formatting::plain(QString::fromUtf8("王小明")), QString::fromUtf8("王小明"));
    const QString cut = Formatting::plain(QString(100000, QLatin1Char('x')), 10);
    QCOMPARE(cut.size(), 11);
    // Never half of a character.
    const QString faces = Formatting::plain(QString::fromUtf8("😀😀😀😀😀😀"), 5);
    QVERIFY(!faces.at(faces.size() - 2).isHighSurrogate());
}

void FormattingTest::toolTipIsNeverMarkup()
{
    const QString tip = Formatting::toolTip(QStringLiteral("<img src='file:///etc/passwd'>\nb"));
    QVERIFY2(tip.contains(QStringLiteral("&lt;img")), qPrintable(tip));
    QVERIFY(tip.contains(QStringLiteral("<br>")));
}

void FormattingTest::cleanedDialText_data()
{
    QTest::addColumn<QString>("typed");
    QTest::addColumn<QString>("dialled");
    const auto row = [](const char* name, const char* typed, const char* dialled) {
        QTest::newRow(name) << QString::fromUtf8(typed) << QString::fromUtf8(dialled);
    };
    row("blanks and dashes", " 0912 341-234 ", "0912341234");
    row("parentheses, dots, slashes", "(02) 2388.0110/5", "02238801105");
    row("full-width digits", "０９１２－３４１", "0912341");
    row("dashes of a word processor", "0912–341—234", "0912341234");
    row("no-break blank",
        "0912\xc2\xa0"
        "341",
        "0912341");
    row("line ends of a table", "0912341234\r\n", "0912341234");
    row("hidden direction mark", "\xe2\x80\xaa+886912\xe2\x80\xac", "+886912");
    row("tel URI", "tel:+886-2-2388;ext=1", "+88622388");
    row("service code", "*21#", "*21#");
    row("SIP URI stays", "sip:anna-maria@host.example", "sip:anna-maria@host.example");
    row("name stays", "anna maria", "anna maria");
    row("plus inside is no number", "12+34", "12+34");
    row("nothing", " \n ", "");
}

void FormattingTest::cleanedDialText()
{
    QFETCH(QString, typed);
    QFETCH(QString, dialled);
    QCOMPARE(hs::ui::cleanedDialText(typed), dialled);
}

void FormattingTest::isDialNumber()
{
    QVERIFY(hs::ui::isDialNumber(QStringLiteral("+8869")));
    QVERIFY(!hs::ui::isDialNumber(QStringLiteral("+")));
    QVERIFY(!hs::ui::isDialNumber(QString()));
    QVERIFY(!hs::ui::isDialNumber(QStringLiteral("１２")));
}

QTEST_GUILESS_MAIN(FormattingTest)
#include "tst_ui_formatting.moc"
