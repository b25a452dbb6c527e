#include "call/DialTarget.h"

#include <QTest>

using namespace hs;

// What links and people give to be dialled.
class DialTargetTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void becomesAUri_data();
    void becomesAUri();
    void isRefused_data();
    void isRefused();
};

void DialTargetTest::becomesAUri_data()
{
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QString>("number");
    const auto row = [](const char* text, const char* uri, const char* number) {
        QTest::newRow(text) << QByteArray(uri) << QString::fromUtf8(number);
    };
    row("0912-341-234", "sip:0912341234@pbx.example:5070", "0912341234");
    row("+49 (30) 12/34.56", "sip:+4930123456@pbx.example:5070", "+4930123456");
    row("*21#", "sip:*21%23@pbx.example:5070", "*21#");
    // RFC 3966
    row("tel:+49-30-123456", "sip:+4930123456@pbx.example:5070", "+4930123456");
    row("TEL:+4930123456", "sip:+4930123456@pbx.example:5070", "+4930123456");
    row("tel:7042;phone-context=example.com", "sip:7042@pbx.example:5070", "7042");
    row("tel:863-1234;phone-context=+1-914-555", "sip:8631234@pbx.example:5070", "8631234");
    row("tel:%2B49%2030%20123", "sip:+4930123@pbx.example:5070", "+4930123");
    row("tel:+49 30 123", "sip:+4930123@pbx.example:5070", "+4930123");
    row("tel:*21%23", "sip:*21%23@pbx.example:5070", "*21#");
    row("tel://+4930123", "sip:+4930123@pbx.example:5070", "+4930123");
    row("tel:200?subject=x", "sip:200@pbx.example:5070", "200");
    row("callto:+4930123", "sip:+4930123@pbx.example:5070", "+4930123");
    row("callto://+4930123/", "sip:+4930123@pbx.example:5070", "+4930123");
    row("callto:200?call", "sip:200@pbx.example:5070", "200");
    row("callto:anna@example.com", "sip:anna@example.com", "anna");
    row("callto://anna%40example.com", "sip:anna@example.com", "anna");
    // RFC 3261 section 19.1.5: headers and what steers the request is not taken
    row("sip:200@x.example?Route=%3Csip:evil%3E&body=x", "sip:200@x.example", "200");
    row("sip:200@x.example;maddr=192.0.2.66;method=REGISTER;ttl=1;lr", "sip:200@x.example", "200");
    row("sip:200@x.example;user=phone;gr=a;x=1", "sip:200@x.example;user=phone;gr=a", "200");
    row("sip:200:secret@x.example", "sip:200@x.example", "200");
    row("sip://200@x.example", "sip:200@x.example", "200");
    row("sip:%32%30%30@x.example", "sip:%32%30%30@x.example", "200");
    row("SIP:200@x.example:5070", "sip:200@x.example:5070", "200");
    row("sip:200@x.example;transport=UDP", "sip:200@x.example;transport=UDP", "200");
    row("sip:200@x.example;transport=tcp", "sip:200@x.example;transport=tcp", "200");
    row("sip:200@x.example;transport=tls", "sip:200@x.example;transport=tls", "200");
    row("sips:200@x.example", "sips:200@x.example", "200");
    row("sips:200@x.example;transport=tcp", "sips:200@x.example;transport=tcp", "200");
    row("sip:[2001:db8::1]:5070", "sip:[2001:db8::1]:5070", "2001:db8::1");
    row("anna@example.com", "sip:anna@example.com", "anna");
}

void DialTargetTest::becomesAUri()
{
    QFETCH(QByteArray, uri);
    QFETCH(QString, number);
    const auto target = call::parseDialTarget(QString::fromUtf8(QTest::currentDataTag()),
                                              base::HostPort{"pbx.example", 5070});
    QVERIFY2(target, qPrintable(target ? QString() : target.error().text));
    QCOMPARE(target->uri.toBytes(), uri);
    QCOMPARE(target->number, number);
}

void DialTargetTest::isRefused_data()
{
    QTest::addColumn<QString>("why");
    const auto row = [](const char* text, const char* why) {
        QTest::newRow(text) << QString::fromLatin1(why);
    };
    row("", "it is empty");
    row("xyz", "'xyz' can't be dialled: a number has digits");
    row("tel:", "can't be dialled");
    row("tel:xyz", "a number has digits");
    row("tel:200%0D%0AEvil:1", "a number has digits");
    row("tel:200%3Bx", "a number has digits");
    row("callto:anna", "a number has digits");
    row("callto:a%0D%0Ab@example.com", "it is no SIP URI");
    row("sip:", "it is no SIP URI");
    row("sip:200 @x.example", "it is no SIP URI");
    row("sip:200@x.example\r\nEvil: 1", "it is no SIP URI");
    row("sip:200@x.example;transport=sctp", "none of udp, tcp and tls");
    row("sip:200@x.example;transport", "none of udp, tcp and tls");
    row("sips:200@x.example;transport=udp", "sips: goes over TLS");
    row("mailto:a@example.com", "can't be dialled");
    row("javascript:alert(1)", "can't be dialled");
    QTest::newRow(QByteArray(257, '1').constData()) << QStringLiteral("longer than 256");
}

void DialTargetTest::isRefused()
{
    QFETCH(QString, why);
    const auto target = call::parseDialTarget(QString::fromUtf8(QTest::currentDataTag()),
                                              base::HostPort{"pbx.example", 5070});
    QVERIFY(!target);
    QVERIFY2(target.error().text.contains(why), qPrintable(target.error().text));
}

QTEST_GUILESS_MAIN(DialTargetTest)
#include "tst_dial_target.moc"
