#include "Datagrams.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class MessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void typicalInvite();
    void nothingThere();
    void malformedReadsAsNothing();
    void addressLists();
    void topViaIsReplaced_data();
    void topViaIsReplaced();
    void numbers_data();
    void numbers();
    void contentType_data();
    void contentType();
    void optionTags();
};

void MessageTest::typicalInvite()
{
    const Request request = acceptedRequest(hs::test::typicalInvite());
    QCOMPARE(request.kind(), Method::Invite);
    QCOMPARE(request.requestUri, QByteArray("sip:+14155550123@pbx.example.com:5062;user=phone"));
    QCOMPARE(request.uri()->port, quint16(5062));
    QCOMPARE(request.topVia()->branch(), QByteArray("z9hG4bKPj3c1d9f0e7a2b4c6d"));
    QCOMPARE(request.topVia()->rport(), quint16(0));
    QCOMPARE(request.vias().size(), 1);
    QCOMPARE(request.from()->displayName, QByteArray("Alice Example"));
    QCOMPARE(request.from()->tag(), QByteArray("8f3a1c9d2e"));
    QVERIFY(request.to()->tag().isEmpty());
    QCOMPARE(request.callId(), QByteArray("5b1e2a90-7c3d-4f6e-8a1b-2c3d4e5f6071"));
    QCOMPARE(request.cseq(), (CSeq{27312, "INVITE"}));
    QCOMPARE(request.contacts().size(), 1);
    QCOMPARE(request.routes().first().uri.toBytes(), QByteArray("sip:edge.example.com:5060;lr"));
    QCOMPARE(request.maxForwards(), 70);
    QCOMPARE(request.contentType(), QByteArray("application/sdp"));
    QVERIFY(request.supports("100rel") && !request.supports("outbound"));
    QCOMPARE(request.allowed().size(), 10);
    QVERIFY(request.body.startsWith("v=0") && request.body.endsWith("sendrecv\r\n"));
    QVERIFY(!request.headers.has("Content-Length"));
}

void MessageTest::nothingThere()
{
    const Message message;
    QVERIFY(message.vias().isEmpty() && !message.topVia() && !message.from() && !message.to());
    QVERIFY(message.callId().isEmpty() && !message.cseq() && message.contacts().isEmpty());
    QVERIFY(message.recordRoutes().isEmpty() && message.routes().isEmpty());
    QVERIFY(!message.maxForwards() && !message.expires() && !message.retryAfter());
    QVERIFY(message.contentType().isEmpty() && message.contentTypeParam("x").isEmpty());
    QVERIFY(message.required().isEmpty() && message.supported().isEmpty());
    QVERIFY(!message.hasWildcardContact() && message.allowed().isEmpty());
}

void MessageTest::malformedReadsAsNothing()
{
    Message message;
    for (const char* name : {"From", "To", "CSeq", "Contact", "Route", "Record-Route", "Expires",
                             "Max-Forwards", "Content-Type", "Retry-After", "Via"}) {
        message.headers.add(name, ";;,\"<");
    }
    QVERIFY(message.vias().isEmpty() && !message.topVia() && !message.from() && !message.to());
    QVERIFY(!message.cseq() && message.contacts().isEmpty() && message.routes().isEmpty());
    QVERIFY(message.recordRoutes().isEmpty() && !message.expires() && !message.maxForwards());
    QVERIFY(message.contentType().isEmpty() && !message.retryAfter());
}

void MessageTest::addressLists()
{
    const Request request = acceptedRequest(
        optionsWith("Record-Route: <sip:p2.example.com;lr>, <sip:p1.example.com;lr>\n"
                    "Record-Route: <sip:p0.example.com;lr>\n"
                    "Contact: \"A, B\" <sip:a@b>;q=0.3 , sip:c@d;q=0.5\n"));
    QCOMPARE(request.recordRoutes().size(), 3);
    QCOMPARE(request.recordRoutes().at(2).uri.host, QByteArray("p0.example.com"));
    QCOMPARE(request.contacts().size(), 2);
    QCOMPARE(request.contacts().at(1).params.find("q"), QByteArrayView("0.5"));
    const Request all = acceptedRequest(optionsWith("Contact: *\n"));
    QVERIFY(all.hasWildcardContact() && all.contacts().isEmpty());
}

void MessageTest::topViaIsReplaced_data()
{
    QTest::addColumn<QByteArrayList>("before");
    QTest::addColumn<QByteArrayList>("after");
    using L = QByteArrayList;
    QTest::newRow("none") << L{} << L{"SIP/2.0/TCP new:1;x"};
    QTest::newRow("one") << L{"SIP/2.0/UDP a"} << L{"SIP/2.0/TCP new:1;x"};
    QTest::newRow("two lines") << L{"SIP/2.0/UDP a", "SIP/2.0/UDP b"}
                               << L{"SIP/2.0/TCP new:1;x", "SIP/2.0/UDP b"};
    QTest::newRow("two on a line, the other stays as it is")
        << L{"SIP/2.0/UDP a ,  SIP  / 2.0/UDP   b"} << L{"SIP/2.0/TCP new:1;x, SIP  / 2.0/UDP   b"};
    QTest::newRow("badinv01") << L{"SIP/2.0/UDP 192.0.2.15;;,;,,"} << L{"SIP/2.0/TCP new:1;x, ;,,"};
    QTest::newRow("only commas behind") << L{"SIP/2.0/UDP a,, ,"} << L{"SIP/2.0/TCP new:1;x"};
}

void MessageTest::topViaIsReplaced()
{
    QFETCH(QByteArrayList, before);
    Message message;
    message.headers.add("Subject", "s");
    for (const QByteArray& line : before) {
        message.headers.add("Via", line);
    }
    Via via = *Via::parse("SIP/2.0/TCP new:1;x");
    message.setTopVia(via);
    QByteArrayList after;
    for (const QByteArrayView line : message.headers.all("Via")) {
        after.append(line.toByteArray());
    }
    QTEST(after, "after");
    QCOMPARE(message.topVia(), via);
}

void MessageTest::numbers_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<int>("maxForwards"); // -1: nothing
    QTest::addColumn<qint64>("expires");
    QTest::addColumn<qint64>("retryAfter");
    const auto row = [](const char* line, int maxForwards, qint64 expires, qint64 retryAfter) {
        QTest::newRow(line) << QByteArray(line) << maxForwards << expires << retryAfter;
    };
    row("Max-Forwards: 0068", 68, -1, -1);
    row("Max-Forwards: 0", 0, -1, -1);
    row("Max-Forwards: 255", 255, -1, -1);
    row("Max-Forwards: 256", -1, -1, -1); // RFC 4475 3.1.2.4
    row("Expires: 0", -1, 0, -1);
    row("Expires: 4294967295", -1, 4294967295, -1);
    row("Expires: 4294967296", -1, -1, -1);
    row("Expires: -1", -1, -1, -1);
    row("Expires: Thu, 01 Dec 1994 16:00:00 GMT", -1, -1, -1); // RFC 2543
    row("Retry-After: 18000;duration=3600", -1, -1, 18000);
    row("Retry-After: 120 (I'm in a meeting)", -1, -1, 120);
    row("Retry-After: 949302838503028349304023988", -1, -1, -1);
    row("Retry-After: soon", -1, -1, -1);
}

void MessageTest::numbers()
{
    QFETCH(QByteArray, line);
    Message message;
    const qsizetype colon = line.indexOf(':');
    message.headers.add(line.first(colon), line.mid(colon + 2));
    QTEST(message.maxForwards().value_or(-1), "maxForwards");
    QTEST(message.expires() ? qint64(*message.expires()) : -1, "expires");
    QTEST(message.retryAfter() ? qint64(*message.retryAfter()) : -1, "retryAfter");
}

void MessageTest::contentType_data()
{
    QTest::addColumn<QByteArray>("type");
    QTest::addColumn<QByteArray>("boundary");
    QTest::newRow("application/sdp") << QByteArray("application/sdp") << QByteArray();
    QTest::newRow("Application / SDP ; x=1") << QByteArray("application/sdp") << QByteArray();
    QTest::newRow("multipart/mixed;boundary=7a9c")
        << QByteArray("multipart/mixed") << QByteArray("7a9c");
    QTest::newRow("multipart/mixed; Boundary=\"a b\"")
        << QByteArray("multipart/mixed") << QByteArray("a b");
    QTest::newRow("application/sdp;") << QByteArray("application/sdp") << QByteArray();
    QTest::newRow("application") << QByteArray() << QByteArray();
    QTest::newRow("application/") << QByteArray() << QByteArray();
    QTest::newRow("/sdp") << QByteArray() << QByteArray();
    QTest::newRow("a b/c") << QByteArray() << QByteArray();
}

void MessageTest::contentType()
{
    Message message;
    message.headers.add("c", QTest::currentDataTag());
    QTEST(message.contentType(), "type");
    QTEST(message.contentTypeParam("boundary"), "boundary");
}

void MessageTest::optionTags()
{
    const Request request =
        acceptedRequest(optionsWith("Require: a, b\nrequire: c\nk: 100rel,TIMER\n"));
    QCOMPARE(request.required(), (QList<QByteArray>{"a", "b", "c"}));
    QVERIFY(request.supports("timer") && request.supports("100REL") && !request.supports("100"));
}

QTEST_GUILESS_MAIN(MessageTest)
#include "tst_message.moc"
