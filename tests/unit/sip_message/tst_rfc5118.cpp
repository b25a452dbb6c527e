// The cases of RFC 5118 (IPv6 torture tests) that concern the parser.
#include "Datagrams.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class Rfc5118Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void expected_data();
    void expected();
    void portOrNot();
    void received();
    void mappedAddress();
};

void Rfc5118Test::expected_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::addColumn<QByteArray>("outcome");
    const auto row = [](const char* section, const QByteArray& bytes, const char* outcome) {
        QTest::newRow(section) << bytes << QByteArray(outcome);
    };
    row("4.1 valid",
        optionsWith("Via: SIP/2.0/UDP [2001:db8::9:1];branch=z9hG4bKas3-111\n"
                    "From: <sip:user@example.com>;tag=81x2\nTo: sip:user@example.com\n"
                    "Contact: <sip:caller@[2001:db8::1]>\n",
                    "OPTIONS sip:[2001:db8::10] SIP/2.0"),
        "accept");
    row("4.2 no brackets", optionsWith("", "OPTIONS sip:2001:db8::10 SIP/2.0"), "defect:400");
    row("4.3 port within the brackets", optionsWith("", "OPTIONS sip:[2001:db8::10:5070] SIP/2.0"),
        "accept");
    row("4.4 port behind the brackets", optionsWith("", "OPTIONS sip:[2001:db8::10]:5070 SIP/2.0"),
        "accept");
    row("4.7 several addresses",
        optionsWith(
            "Via: SIP/2.0/UDP [2001:db8::9:1]:6050;branch=z9hG4bKas3-111\n"
            "Via: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bKjhja8781hjuaij65144\n"
            "Via: SIP/2.0/TCP [2001:db8::9:255];branch=z9hG4bK451jj;received=192.0.2.200\n"),
        "accept");
    row("4.10 three colons", optionsWith("", "OPTIONS sip:user@[2001:db8:::192.0.2.1] SIP/2.0"),
        "accept");
}

void Rfc5118Test::expected()
{
    QFETCH(QByteArray, bytes);
    QTEST(outcomeOf(parseDatagram(bytes)), "outcome");
}

void Rfc5118Test::portOrNot()
{
    const Uri within =
        *acceptedRequest(optionsWith("", "OPTIONS sip:[2001:db8::10:5070] SIP/2.0")).uri();
    QCOMPARE(within.host, QByteArray("2001:db8::10:5070"));
    QCOMPARE(within.port, quint16(0));
    const Uri behind =
        *acceptedRequest(optionsWith("", "OPTIONS sip:[2001:db8::10]:5070 SIP/2.0")).uri();
    QCOMPARE(behind.host, QByteArray("2001:db8::10"));
    QCOMPARE(behind.port, quint16(5070));
}

void Rfc5118Test::received()
{
    // 4.5: with and without brackets; only without them is it grammatical.
    for (const QByteArray value : {"[2001:db8::9:255]", "2001:db8::9:255"}) {
        const Request request = acceptedRequest(optionsWith(
            "Via: SIP/2.0/UDP [2001:db8::9:1];received=" + value + ";branch=z9hG4bKas3-111\n"));
        QCOMPARE(request.topVia()->received(), QByteArray("2001:db8::9:255"));
        QCOMPARE(request.topVia()->branch(), QByteArray("z9hG4bKas3-111"));
    }
}

void Rfc5118Test::mappedAddress()
{
    // 4.9
    const Request request =
        acceptedRequest(optionsWith("Contact: \"T. desk phone\" <sip:ted@[::ffff:192.0.2.2]>\n"));
    QCOMPARE(request.contacts().first().uri.host, QByteArray("::ffff:192.0.2.2"));
}

QTEST_GUILESS_MAIN(Rfc5118Test)
#include "tst_rfc5118.moc"
