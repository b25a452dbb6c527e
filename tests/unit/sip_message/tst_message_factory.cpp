#include "Datagrams.h"
#include "sip/message/MessageFactory.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class MessageFactoryTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void responseCopies();
    void recordRoute_data();
    void recordRoute();
    void timestampOnlyIn100();
    void reasonIsTheGivenOne();
    void defectiveRequests();
    void toTag_data();
    void toTag();
    void ackForNon2xx();
    void cancel();
};

namespace {
Request proxiedInvite()
{
    return acceptedRequest(withCrlf("INVITE sip:bob@192.0.2.4 SIP/2.0\n"
                                    "v: SIP/2.0/UDP p2.example.com;branch=z9hG4bK2 , SIP/2.0/UDP "
                                    "p1.example.com;branch=z9hG4bK1;received=192.0.2.1\n"
                                    "Record-Route: <sip:p2.example.com;lr>\n"
                                    "Via: SIP / 2.0 / UDP pc33.example.com;branch=z9hG4bK0;rport\n"
                                    "Record-Route: <sip:p1.example.com;lr>\n"
                                    "Route: <sip:r1.example.com;lr>, <sip:r2.example.com;lr>\n"
                                    "Route: <sip:r3.example.com;lr>\n"
                                    "From: \"A\"  <sip:alice@example.com> ; tag=19\n"
                                    "t: Bob <sip:bob@example.com>;x=y\n"
                                    "i: a84b4c76e66710\n"
                                    "CSeq:  0314159   INVITE\n"
                                    "Timestamp: 54.21\n"
                                    "Require: 100rel\n"
                                    "Proxy-Authorization: Digest username=\"a\"\n"
                                    "Content-Type: application/sdp\n"
                                    "\n"
                                    "v=0\n"));
}

QByteArrayList linesOf(const Message& message, const char* name)
{
    QByteArrayList lines;
    for (const QByteArrayView line : message.headers.all(name)) {
        lines.append(line.toByteArray());
    }
    return lines;
}
} // namespace

void MessageFactoryTest::responseCopies()
{
    const Request request = proxiedInvite();
    const Response response = makeResponse(request, 486);
    QCOMPARE(response.statusCode, 486);
    QCOMPARE(response.reasonPhrase, QByteArray("Busy Here"));
    // 8.2.6.2: all hops, in order, as they are.
    QCOMPARE(linesOf(response, "Via"), linesOf(request, "Via"));
    for (const char* name : {"From", "To", "Call-ID", "CSeq"}) {
        QCOMPARE(linesOf(response, name), linesOf(request, name));
    }
    QCOMPARE(response.headers.size(), 2 + 4);
    QVERIFY(response.body.isEmpty());
}

void MessageFactoryTest::recordRoute_data()
{
    QTest::addColumn<QByteArray>("method");
    QTest::addColumn<int>("code");
    QTest::addColumn<bool>("copied");
    QTest::newRow("12.1.1 INVITE 200") << QByteArray("INVITE") << 200 << true;
    QTest::newRow("12.1.1 INVITE 180") << QByteArray("INVITE") << 180 << true;
    QTest::newRow("INVITE 100 forms no dialog") << QByteArray("INVITE") << 100 << false;
    QTest::newRow("INVITE 302") << QByteArray("INVITE") << 302 << false;
    QTest::newRow("INVITE 486") << QByteArray("INVITE") << 486 << false;
    QTest::newRow("SUBSCRIBE 200") << QByteArray("SUBSCRIBE") << 200 << true;
    QTest::newRow("REFER 202") << QByteArray("REFER") << 202 << true;
    QTest::newRow("OPTIONS 200") << QByteArray("OPTIONS") << 200 << false;
    QTest::newRow("BYE 200") << QByteArray("BYE") << 200 << false;
}

void MessageFactoryTest::recordRoute()
{
    QFETCH(QByteArray, method);
    QFETCH(int, code);
    QFETCH(bool, copied);
    Request request = proxiedInvite();
    request.method = method;
    const Response response = makeResponse(request, code);
    QCOMPARE(linesOf(response, "Record-Route"),
             copied ? linesOf(request, "Record-Route") : QByteArrayList());
}

void MessageFactoryTest::timestampOnlyIn100()
{
    QCOMPARE(linesOf(makeResponse(proxiedInvite(), 100), "Timestamp"), QByteArrayList{"54.21"});
    QVERIFY(linesOf(makeResponse(proxiedInvite(), 180), "Timestamp").isEmpty());
}

void MessageFactoryTest::reasonIsTheGivenOne()
{
    QCOMPARE(makeResponse(proxiedInvite(), 400, "Bad CSeq").reasonPhrase, QByteArray("Bad CSeq"));
    QCOMPARE(makeResponse(proxiedInvite(), 499).reasonPhrase, QByteArray("Bad Request"));
}

void MessageFactoryTest::defectiveRequests()
{
    // RFC 4475 3.3.1 and 3.3.8: what is missing is missing, of two the first.
    const auto defective = [](const char* name) {
        return std::get<ParsedRequest>(parseDatagram(rfc4475(QString::fromLatin1(name)))).request;
    };
    Response response = makeResponse(defective("insuf"), 400);
    setToTag(response, "x");
    QCOMPARE(response.toBytes(),
             QByteArray("SIP/2.0 400 Bad Request\r\n"
                        "Via: SIP/2.0/UDP 192.0.2.95;branch=z9hG4bKkdj.insuf\r\n"
                        "CSeq: 193942 INVITE\r\n"
                        "Content-Length: 0\r\n\r\n"));
    const Response multi = makeResponse(defective("multi01"), 400);
    QCOMPARE(linesOf(multi, "Call-ID"), QByteArrayList{"multi01.98asdh@192.0.2.1"});
    QCOMPARE(linesOf(multi, "CSeq"), QByteArrayList{"5 INVITE"});
    QCOMPARE(linesOf(multi, "To"), QByteArrayList{"sip:user@example.com"});
    makeAckForNon2xx(Request(), Response()).toBytes();
    makeCancel(Request()).toBytes();
}

void MessageFactoryTest::toTag_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    QTest::newRow("name-addr") << QByteArray("Bob <sip:b@c;x>")
                               << QByteArray("Bob <sip:b@c;x>;tag=T");
    QTest::newRow("addr-spec") << QByteArray("sip:b@c") << QByteArray("sip:b@c;tag=T");
    QTest::newRow("behind others") << QByteArray("<sip:b@c>;y") << QByteArray("<sip:b@c>;y;tag=T");
    QTest::newRow("8.2.6.2 one is there")
        << QByteArray("<sip:b@c>;Tag=1") << QByteArray("<sip:b@c>;Tag=1");
    QTest::newRow("tag of the URI is none")
        << QByteArray("<sip:b@c;tag=1>") << QByteArray("<sip:b@c;tag=1>;tag=T");
    QTest::newRow("malformed") << QByteArray("\"Mr. <sip:b@c>")
                               << QByteArray("\"Mr. <sip:b@c>;tag=T");
    QTest::newRow("malformed, with a tag")
        << QByteArray("< sip:b@c >;TAG=1") << QByteArray("< sip:b@c >;TAG=1");
}

void MessageFactoryTest::toTag()
{
    QFETCH(QByteArray, before);
    Response response;
    response.headers.add("To", before);
    setToTag(response, "T");
    QTEST(response.headers.first("To")->toByteArray(), "after");
}

void MessageFactoryTest::ackForNon2xx()
{
    const Request invite = proxiedInvite();
    Response response = makeResponse(invite, 486);
    setToTag(response, "theirs");
    const Request ack = makeAckForNon2xx(invite, response);
    // 17.1.1.3
    QCOMPARE(ack.method, QByteArray("ACK"));
    QCOMPARE(ack.requestUri, invite.requestUri);
    QCOMPARE(linesOf(ack, "Via"),
             QByteArrayList{"SIP/2.0/UDP p2.example.com;branch=z9hG4bK2"}); // the top one alone
    QCOMPARE(linesOf(ack, "Route"), linesOf(invite, "Route"));
    QCOMPARE(linesOf(ack, "From"), linesOf(invite, "From"));
    QCOMPARE(linesOf(ack, "To"), QByteArrayList{"Bob <sip:bob@example.com>;x=y;tag=theirs"});
    QCOMPARE(linesOf(ack, "Call-ID"), linesOf(invite, "Call-ID"));
    QCOMPARE(ack.cseq(), (CSeq{314159, "ACK"}));
    QCOMPARE(ack.maxForwards(), 70);
    QCOMPARE(linesOf(ack, "Proxy-Authorization"), linesOf(invite, "Proxy-Authorization")); // 22.1
    QVERIFY(!ack.headers.has("Require") && !ack.headers.has("Record-Route") && ack.body.isEmpty());
    QCOMPARE(acceptedRequest(ack.toBytes()), ack);
}

void MessageFactoryTest::cancel()
{
    const Request invite = proxiedInvite();
    const Request cancel = makeCancel(invite);
    // 9.1
    QCOMPARE(cancel.method, QByteArray("CANCEL"));
    QCOMPARE(cancel.requestUri, invite.requestUri);
    QCOMPARE(cancel.topVia(), invite.topVia());
    QCOMPARE(cancel.vias().size(), 1);
    QCOMPARE(linesOf(cancel, "Route"), linesOf(invite, "Route"));
    QCOMPARE(linesOf(cancel, "From"), linesOf(invite, "From"));
    QCOMPARE(linesOf(cancel, "To"), linesOf(invite, "To"));
    QCOMPARE(linesOf(cancel, "Call-ID"), linesOf(invite, "Call-ID"));
    QCOMPARE(cancel.cseq(), (CSeq{314159, "CANCEL"}));
    QVERIFY(!cancel.headers.has("Require") && !cancel.headers.has("Proxy-Authorization"));
    QCOMPARE(acceptedRequest(cancel.toBytes()), cancel);
}

QTEST_GUILESS_MAIN(MessageFactoryTest)
#include "tst_message_factory.moc"
