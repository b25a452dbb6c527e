#include "sip/message/NameAddr.h"

#include <QTest>

using namespace hs::sip;

class NameAddrTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parts_data();
    void parts();
    void refused_data();
    void refused();
    void printed_data();
    void printed();
    void tags();
};

void NameAddrTest::parts_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QByteArray>("displayName");
    QTest::addColumn<QByteArray>("uri");
    QTest::addColumn<QByteArray>("params");
    const auto row = [](const char* rule, const QByteArray& text, const QByteArray& name,
                        const QByteArray& uri, const QByteArray& params = {}) {
        QTest::newRow(rule) << text << name << uri << params;
    };
    row("name-addr", "<sip:a@b>", "", "sip:a@b");
    row("name-addr, parameters of both", "<sip:a@b;x>;y;tag=1", "", "sip:a@b;x", ";y;tag=1");
    row("20 addr-spec: parameters are the header's", "sip:a@b;x;tag=1", "", "sip:a@b", ";x;tag=1");
    row("addr-spec, blanks", " sip:a@b ;  tag  = 1", "", "sip:a@b", ";tag=1");
    row("quoted name", "\"Bob B\" <sip:b@c>", "Bob B", "sip:b@c");
    row("quoted name, no blank", "\"Bob\"<sip:b@c>", "Bob", "sip:b@c");
    row("empty name", "\"\" <sip:b@c>", "", "sip:b@c");
    row("quoted-pairs", "\"J \\\\\\\"\" <sip:b@c>", "J \\\"", "sip:b@c");
    row("separators in quotes", "\"a<b>;,\" <sip:b@c>", "a<b>;,", "sip:b@c");
    row("token name", "caller<sip:b@c>", "caller", "sip:b@c");
    row("tokens", "A. Bell  <sip:b@c>", "A. Bell", "sip:b@c");
    row("UTF-8 without quotes", "J\xc3\xb6rg M <sip:b@c>", "J\xc3\xb6rg M", "sip:b@c");
    row("UTF-8 in quotes", "\"\xe7\x8e\x8b\" <sip:b@c>", "\xe7\x8e\x8b", "sip:b@c");
    row("no percent escape in a name", "\"%Z%45\" <sip:b@c>", "%Z%45", "sip:b@c");
    row("escaped controls in quotes", QByteArray("\"\\\a\\\0\\\x7f\" <sip:b@c>", 18),
        QByteArray("\a\0\x7f", 3), "sip:b@c");
    row("comma and question mark in <>", "<sip:a,b@c?x=y>", "", "sip:a,b@c?x=y");
    row("SWS around", "  <sip:a@b>  ;  x  ", "", "sip:a@b", ";x");
    row("other scheme", "isbn:2983792873", "", "isbn:2983792873");
    row("other scheme in <>", "<http://www.example.com>;tag=3", "", "http://www.example.com",
        ";tag=3");
    row("quotes in a parameter", "<sip:a@b>;x=\"<;>\"", "", "sip:a@b", ";x=\"<;>\"");
}

void NameAddrTest::parts()
{
    QFETCH(QByteArray, text);
    const std::optional<NameAddr> address = NameAddr::parse(text);
    QVERIFY(address);
    QVERIFY(NameAddr::isValid(text));
    QTEST(address->displayName, "displayName");
    QTEST(address->uri.toBytes(), "uri");
    QByteArray params;
    address->params.appendTo(params);
    QTEST(params, "params");
    QCOMPARE(NameAddr::parse(address->toBytes()), address);
}

void NameAddrTest::refused_data()
{
    QTest::addColumn<QByteArray>("text");
    const auto row = [](const char* rule, const QByteArray& text) { QTest::newRow(rule) << text; };
    row("nothing", "");
    row("blank", "  ");
    row("no URI", "\"Bob\"");
    row("empty <>", "<>");
    row("CVE-2021-33056: </>", "</>");
    row("no scheme", "<bob@example.com>");
    row("no scheme, addr-spec", "bob@example.com");
    row("20 '?' without <>", "sip:a@b?x=y");
    row("20 ',' without <>", "sip:a,b@c");
    row("20 ';' before '@' without <>", "sip:a;x=1@b");
    row("blanks in <>", "< sip:a@b >");
    row("> missing", "<sip:a@b");
    row("< missing", "sip:a@b>");
    row("two <", "<<sip:a@b>>");
    row("text behind >", "<sip:a@b> x");
    row("two addresses", "<sip:a@b>, <sip:c@d>");
    row("open quote", "\"Mr. J. User <sip:a@b>");
    row("CVE-2021-43611: backslash at the end", "\"Bob\\");
    row("quote ends with a quoted-pair", "\"Bob\\\" <sip:a@b>");
    row("text between quotes and <", "\"Bob\" B <sip:a@b>");
    row("comma without quotes", "Bell, Alexander <sip:a@b>");
    row("parentheses without quotes", "Bell (A) <sip:a@b>");
    row("control in quotes, not escaped", QByteArray("\"a\0b\" <sip:a@b>", 15));
    row("control without quotes",
        "a\x01"
        "b <sip:a@b>");
    row("empty parameter", "<sip:a@b>;;x");
    row("semicolon at the end", "<sip:a@b>;");
    row("two tags", "<sip:a@b>;tag=1;Tag=2");
    row("empty tag", "<sip:a@b>;tag=");
    row("wildcard is no address", "*");
}

void NameAddrTest::refused()
{
    QFETCH(QByteArray, text);
    QVERIFY(!NameAddr::parse(text));
    QVERIFY(!NameAddr::isValid(text));
}

void NameAddrTest::printed_data()
{
    QTest::addColumn<QByteArray>("displayName");
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("none") << QByteArray() << QByteArray("<sip:a@b>");
    QTest::newRow("always quoted") << QByteArray("Bob") << QByteArray("\"Bob\" <sip:a@b>");
    QTest::newRow("escaped") << QByteArray("a\"b\\") << QByteArray("\"a\\\"b\\\\\" <sip:a@b>");
    QTest::newRow("no line of its own")
        << QByteArray("a\r\nX: y") << QByteArray("\"a  X: y\" <sip:a@b>");
}

void NameAddrTest::printed()
{
    QFETCH(QByteArray, displayName);
    QTEST((NameAddr{displayName, *Uri::parse("sip:a@b"), {}}.toBytes()), "text");
}

void NameAddrTest::tags()
{
    NameAddr address = *NameAddr::parse("<sip:a@b>;x");
    QVERIFY(address.tag().isEmpty());
    address.setTag("abc");
    QCOMPARE(address.tag(), QByteArray("abc"));
    QCOMPARE(address.toBytes(), QByteArray("<sip:a@b>;x;tag=abc"));
    address.setTag("def");
    QCOMPARE(address.toBytes(), QByteArray("<sip:a@b>;x;tag=def"));
    QCOMPARE(NameAddr::parse("<sip:a@b>;TAG=Q")->tag(), QByteArray("Q"));
}

QTEST_GUILESS_MAIN(NameAddrTest)
#include "tst_name_addr.moc"
