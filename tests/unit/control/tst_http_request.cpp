#include "control/HttpRequest.h"

#include <QTest>

using namespace hs::control;

class HttpRequestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void wellFormed();
    void malformed_data();
    void malformed();
    void queryValues_data();
    void queryValues();
    void headEndsWithAnEmptyLine();
};

void HttpRequestTest::wellFormed()
{
    const auto request = HttpRequest::parse(
        "GET /?rtp=hex HTTP/1.1\r\nHost: localhost:8080\r\n"
        "Connection: keep-alive, Upgrade\r\nX-Empty:\r\nX-Padded: \t a b \t\r\n\r\n");
    QVERIFY(request.ok());
    QCOMPARE(request->method, QByteArray("GET"));
    QCOMPARE(request->target, QByteArray("/?rtp=hex"));
    QCOMPARE(request->path().toByteArray(), QByteArray("/"));
    QCOMPARE(request->minorVersion, 1);
    QCOMPARE(request->value("host").toByteArray(), QByteArray("localhost:8080"));
    QCOMPARE(request->value("x-padded").toByteArray(), QByteArray("a b"));
    QCOMPARE(request->count("x-empty"), 1);
    QCOMPARE(request->count("x-missing"), 0);
    QVERIFY(request->hasToken("connection", "upgrade"));
    QVERIFY(!request->hasToken("connection", "grade"));
}

void HttpRequestTest::malformed_data()
{
    QTest::addColumn<QByteArray>("head");
    const auto row = [](const char* rule, const QByteArray& head) { QTest::newRow(rule) << head; };
    row("nothing", "");
    row("empty line alone", "\r\n");
    row("RFC 9112 3: no version", "GET /\r\nHost: a\r\n\r\n");
    row("RFC 9112 3: two blanks", "GET  / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 3: method is no token", "G(T / HTTP/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 2.3: other version", "GET / HTTP/2.0\r\nHost: a\r\n\r\n");
    row("RFC 9112 2.3: lower case", "GET / http/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 3.2: absolute form", "GET http://a/ HTTP/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 3.2: asterisk form", "OPTIONS * HTTP/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 3.2: control character", "GET /\x01 HTTP/1.1\r\nHost: a\r\n\r\n");
    row("RFC 9112 3.2: no Host", "GET / HTTP/1.1\r\nA: b\r\n\r\n");
    row("RFC 9112 3.2: two Hosts", "GET / HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n");
    row("RFC 9112 5.1: blank before colon", "GET / HTTP/1.1\r\nHost : a\r\n\r\n");
    row("RFC 9112 5.1: no colon", "GET / HTTP/1.1\r\nHost: a\r\nnothing\r\n\r\n");
    row("RFC 9112 5.1: no name", "GET / HTTP/1.1\r\nHost: a\r\n: x\r\n\r\n");
    row("RFC 9112 5.2: folded line", "GET / HTTP/1.1\r\nHost: a\r\n b\r\n\r\n");
    row("RFC 9112 2.2: bare LF", "GET / HTTP/1.1\nHost: a\r\n\r\n");
    row("RFC 9110 5.5: NUL in a value", QByteArray("GET / HTTP/1.1\r\nHost: a\0b\r\n\r\n", 30));
    row("RFC 9110 5.5: bare CR in a value", "GET / HTTP/1.1\r\nHost: a\rb\r\n\r\n");
    row("HTTP/2 preface", "PRI * HTTP/2.0\r\n\r\n");
    row("TLS hello", "\x16\x03\x01\x02\r\n\r\n");
}

void HttpRequestTest::malformed()
{
    QFETCH(QByteArray, head);
    const auto request = HttpRequest::parse(head);
    QVERIFY(!request.ok());
    QVERIFY(!request.error().text.isEmpty());
}

void HttpRequestTest::queryValues_data()
{
    QTest::addColumn<QByteArray>("target");
    QTest::addColumn<bool>("present");
    QTest::addColumn<QByteArray>("value"); // of "call"
    QTest::newRow("none") << QByteArray("/") << false << QByteArray();
    QTest::newRow("only") << QByteArray("/?call=a") << true << QByteArray("a");
    QTest::newRow("among others") << QByteArray("/?x=1&call=a&y") << true << QByteArray("a");
    QTest::newRow("first of two") << QByteArray("/?call=a&call=b") << true << QByteArray("a");
    QTest::newRow("no value") << QByteArray("/?call") << true << QByteArray();
    QTest::newRow("empty") << QByteArray("/?call=") << true << QByteArray();
    QTest::newRow("percent") << QByteArray("/?call=a%40b%3A1") << true << QByteArray("a@b:1");
    QTest::newRow("equals in it") << QByteArray("/?call=a=b") << true << QByteArray("a=b");
    QTest::newRow("plus stays") << QByteArray("/?call=a+b") << true << QByteArray("a+b");
    QTest::newRow("longer name") << QByteArray("/?caller=a") << false << QByteArray();
}

void HttpRequestTest::queryValues()
{
    QFETCH(QByteArray, target);
    QFETCH(bool, present);
    QFETCH(QByteArray, value);
    HttpRequest request;
    request.target = target;
    const auto found = request.queryValue("call");
    QCOMPARE(found.has_value(), present);
    QCOMPARE(found.value_or(QByteArray()), value);
}

void HttpRequestTest::headEndsWithAnEmptyLine()
{
    QVERIFY(!headLength("GET / HTTP/1.1\r\nHost: a\r\n"));
    QVERIFY(!headLength("GET / HTTP/1.1\n\n"));
    QCOMPARE(headLength("GET / HTTP/1.1\r\n\r\nrest").value_or(0), 18);
}

QTEST_GUILESS_MAIN(HttpRequestTest)
#include "tst_http_request.moc"
