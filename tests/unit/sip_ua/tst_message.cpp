// Texts (RFC 3428) and NOTIFYs that nobody subscribed to, as they reach the user agent.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class MessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void text_data();
    void text();
    void refused_data();
    void refused();
    void whatTheUserAnswers_data();
    void whatTheUserAnswers();
    void repeatedTextIsToldOnce();
    void inACall();
    void sent();
    void sentAndChallenged();
    void sentInVain();
    void notSentAtAll();
    void unsolicitedNotify_data();
    void unsolicitedNotify();
};

namespace {
class TextFixture final : public UaFixture {
public:
    int onMessage(const sip::IncomingMessage& message, const sip::Hop& from) override
    {
        messages << message;
        sources << from.remote;
        return answer;
    }
    bool onUnsolicitedNotify(const sip::Request& request, const sip::Hop& from) override
    {
        notifies << request.body;
        return from.remote.address() == *base::IpAddress::parse("192.0.2.9") && takesNotify;
    }

    QList<sip::IncomingMessage> messages;
    QList<base::Endpoint> sources;
    QList<QByteArray> notifies;
    int answer = 200;
    bool takesNotify = true;
};

QByteArray requestText(const QByteArray& method, const QByteArray& headers, const QByteArray& body,
                       const QByteArray& branch = "z9hG4bKm1")
{
    return method + " sip:100@[target] SIP/2.0\nVia: SIP/2.0/UDP [local];branch=" + branch
        + ";rport\nMax-Forwards: 70\nFrom: \"Lin\" <sip:200@example.com>;tag=t1\n"
          "To: <sip:100@example.com>\nCall-ID: m1@peer\nCSeq: 1 "
        + method + '\n' + headers + "Content-Length: [len]\n\n" + body;
}

sip::OutgoingMessage outgoing(UaFixture& f, const QString& text)
{
    sip::OutgoingMessage message;
    message.target = *sip::Uri::parse("sip:200@192.0.2.9");
    message.from.uri = *sip::Uri::parse("sip:100@192.0.2.9");
    message.text = text;
    message.hops << sip::Hop{f.peer.local()};
    return message;
}
} // namespace

void MessageTest::text_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<QString>("expected");
    const QByteArray plain = "Content-Type: text/plain\n";
    QTest::newRow("RFC 3428 10") << plain << QByteArray("Watson, come here.")
                                 << QStringLiteral("Watson, come here.");
    QTest::newRow("UTF-8") << QByteArray("c: Text/Plain ; charset=\"UTF-8\"\n")
                           << QByteArray("gr\xc3\xbc\xc3\x9f") << QString::fromUtf8("grüß");
    QTest::newRow("ISO 8859-1") << QByteArray("Content-Type: text/plain;charset=ISO-8859-1\n")
                                << QByteArray("gr\xfc\xdf") << QString::fromUtf8("grüß");
    QTest::newRow("no UTF-8") << plain
                              << QByteArray("a\xff"
                                            "b")
                              << QString::fromUtf8("a\xef\xbf\xbd"
                                                   "b");
    QTest::newRow("no type") << QByteArray() << QByteArray("hello") << QStringLiteral("hello");
    QTest::newRow("empty") << plain << QByteArray() << QString();
    QTest::newRow("part of a multipart body")
        << QByteArray("Content-Type: multipart/mixed;boundary=b\n")
        << QByteArray("--b\r\nContent-Type: image/png\r\n\r\nxyz\r\n"
                      "--b\r\nContent-Type: text/plain;charset=utf-8\r\n\r\nhi\r\n--b--\r\n")
        << QStringLiteral("hi");
}

void MessageTest::text()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(QString, expected);
    TextFixture f;
    f.peer.send(requestText("MESSAGE", headers, body));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    QCOMPARE(f.messages.size(), 1);
    QCOMPARE(f.messages.first().text, expected);
    QCOMPARE(f.messages.first().from.displayName, QByteArray("Lin"));
    QCOMPARE(f.messages.first().to.uri.toBytes(), QByteArray("sip:100@example.com"));
    QCOMPARE(f.messages.first().requestUri.user, QByteArray("100"));
    QCOMPARE(f.messages.first().callId, QByteArray("m1@peer"));
    QCOMPARE(f.sources, QList<base::Endpoint>{f.peer.local()});
}

void MessageTest::refused_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QByteArray>("body");
    QTest::addColumn<int>("code");
    QTest::newRow("html") << QByteArray("Content-Type: text/html\n") << QByteArray("<b/>") << 415;
    QTest::newRow("is typing") << QByteArray("Content-Type: application/im-iscomposing+xml\n")
                               << QByteArray("<x/>") << 415;
    QTest::newRow("CPIM") << QByteArray("Content-Type: message/cpim\n") << QByteArray("x") << 415;
    QTest::newRow("charset") << QByteArray("Content-Type: text/plain;charset=utf-16\n")
                             << QByteArray("x") << 415;
    QTest::newRow("encoded") << QByteArray("Content-Type: text/plain\nContent-Encoding: gzip\n")
                             << QByteArray("x") << 415;
    QTest::newRow("multipart without text")
        << QByteArray("Content-Type: multipart/mixed;boundary=b\n")
        << QByteArray("--b\r\nContent-Type: image/png\r\n\r\nxyz\r\n--b--\r\n") << 415;
    QTest::newRow("over 16 KiB") << QByteArray("Content-Type: text/plain\n")
                                 << QByteArray(17'000, 'x') << 413;
    QTest::newRow("Require") << QByteArray("Require: teleport\nContent-Type: text/plain\n")
                             << QByteArray("x") << 420;
}

void MessageTest::refused()
{
    QFETCH(QByteArray, headers);
    QFETCH(QByteArray, body);
    QFETCH(int, code);
    TextFixture f;
    f.peer.send(requestText("MESSAGE", headers, body));
    f.run();
    const sip::Response response = f.peer.takeResponse();
    QCOMPARE(response.statusCode, code);
    QVERIFY(f.messages.isEmpty());
    if (code == 415) {
        QCOMPARE(response.headers.first("Accept")->toByteArray(), QByteArray("text/plain"));
    }
}

void MessageTest::whatTheUserAnswers_data()
{
    QTest::addColumn<int>("code");
    for (const int code : {200, 202, 405, 480, 603}) {
        QTest::addRow("%d", code) << code;
    }
}

void MessageTest::whatTheUserAnswers()
{
    QFETCH(int, code);
    TextFixture f;
    f.answer = code;
    f.peer.send(requestText("MESSAGE", "Content-Type: text/plain\n", "x"));
    f.run();
    const sip::Response response = f.peer.takeResponse();
    QCOMPARE(response.statusCode, code);
    QCOMPARE(response.headers.has("Allow"), code == 405);
    QVERIFY(response.contacts().isEmpty()); // RFC 3428 section 6: no dialog comes of it
}

void MessageTest::repeatedTextIsToldOnce()
{
    TextFixture f;
    const QByteArray text = requestText("MESSAGE", "Content-Type: text/plain\n", "x");
    f.peer.send(text);
    f.peer.send(text);
    f.run();
    QCOMPARE(f.messages.size(), 1);
    QCOMPARE(f.peer.takeResponses().size(), 2);
    UaFixture nobody;
    nobody.peer.send(text);
    nobody.run();
    QCOMPARE(nobody.peer.takeResponse().statusCode, 480);
}

void MessageTest::inACall()
{
    TextFixture f;
    f.policy = UaFixture::Policy::Accept;
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    QByteArray text = inDialogText("MESSAGE", 2, "z9hG4bK-m", tag, "call-1", "psst");
    f.peer.send(text.replace("application/sdp", "text/plain"));
    f.run();
    QCOMPARE(f.messages.size(), 1);
    QCOMPARE(f.messages.first().text, QStringLiteral("psst"));
    // Of no call at all.
    text = inDialogText("MESSAGE", 2, "z9hG4bK-n", "other", "call-1", "psst");
    f.peer.takeResponses();
    f.peer.send(text.replace("application/sdp", "text/plain"));
    f.run();
    bool refused = false;
    for (const sip::Response& response : f.peer.takeResponses()) {
        refused = refused || response.statusCode == 481;
    }
    QVERIFY(refused);
    QCOMPARE(f.messages.size(), 1);
}

void MessageTest::sent()
{
    UaFixture f;
    QList<int> codes;
    const auto request =
        sip::sendMessage(f.core, outgoing(f, QString::fromUtf8("grüß")),
                         [&codes](const sip::MessageOutcome& outcome) { codes << outcome.code; });
    QVERIFY(request);
    f.run();
    const sip::Request seen = f.peer.takeRequest();
    QCOMPARE(seen.method, QByteArray("MESSAGE"));
    QCOMPARE(seen.requestUri, QByteArray("sip:200@192.0.2.9"));
    QCOMPARE(seen.contentType(), QByteArray("text/plain"));
    QCOMPARE(seen.body, QByteArray("gr\xc3\xbc\xc3\x9f"));
    QVERIFY(seen.contacts().isEmpty()); // RFC 3428 section 4
    f.peer.send(replyTo(seen, 202, "x"));
    f.run();
    QCOMPARE(codes, QList<int>{202});
}

void MessageTest::sentAndChallenged()
{
    UaFixture f;
    sip::OutgoingMessage message = outgoing(f, QStringLiteral("x"));
    message.credentials = std::make_shared<sip::DigestClient>(
        f.random, sip::DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    message.credentials->admitServers(message.hops);
    sip::MessageOutcome last;
    const auto request = sip::sendMessage(
        f.core, message, [&last](const sip::MessageOutcome& outcome) { last = outcome; });
    f.run();
    f.peer.send(replyTo(f.peer.takeRequest(), 407, "x",
                        "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\"\r\n"));
    f.run();
    const sip::Request again = f.peer.takeRequest();
    QVERIFY(again.headers.has("Proxy-Authorization"));
    QCOMPARE(again.cseq()->toBytes(), QByteArray("2 MESSAGE"));
    f.peer.send(replyTo(again, 404, "x"));
    f.run();
    QCOMPARE(last.code, 404);
    QVERIFY(last.problem.contains(QStringLiteral("sip:200@192.0.2.9")));
    QVERIFY(last.problem.contains(QStringLiteral("404")));
}

void MessageTest::sentInVain()
{
    UaFixture f;
    sip::MessageOutcome last;
    const auto request =
        sip::sendMessage(f.core, outgoing(f, QStringLiteral("x")),
                         [&last](const sip::MessageOutcome& outcome) { last = outcome; });
    f.advance(33s);
    QCOMPARE(last.code, 408);
    QVERIFY(last.problem.contains(QStringLiteral("nobody answered")));
}

void MessageTest::notSentAtAll()
{
    UaFixture f;
    const auto never = [](const sip::MessageOutcome&) { QFAIL("told"); };
    QVERIFY(!sip::sendMessage(f.core, outgoing(f, QString()), never));
    QVERIFY(!sip::sendMessage(f.core, outgoing(f, QString(9000, u'x')), never));
    sip::OutgoingMessage nowhere = outgoing(f, QStringLiteral("x"));
    nowhere.hops.clear();
    QVERIFY(!sip::sendMessage(f.core, nowhere, never));
    f.run();
    QCOMPARE(f.peer.waiting(), 0);
}

void MessageTest::unsolicitedNotify_data()
{
    QTest::addColumn<QByteArray>("event");
    QTest::addColumn<bool>("taken");
    QTest::addColumn<int>("code");
    QTest::addColumn<int>("told");
    QTest::newRow("message-summary") << QByteArray("Event: message-summary\n") << true << 200 << 1;
    QTest::newRow("compact, any case")
        << QByteArray("o: Message-Summary;id=1\n") << true << 200 << 1;
    QTest::newRow("from elsewhere") << QByteArray("Event: message-summary\n") << false << 481 << 1;
    QTest::newRow("another event") << QByteArray("Event: dialog\n") << true << 481 << 0;
    QTest::newRow("check-sync") << QByteArray("Event: check-sync\n") << true << 481 << 0;
    QTest::newRow("no event") << QByteArray() << true << 481 << 0;
}

void MessageTest::unsolicitedNotify()
{
    QFETCH(QByteArray, event);
    QFETCH(bool, taken);
    QFETCH(int, code);
    QFETCH(int, told);
    const QByteArray type = "Content-Type: application/simple-message-summary\n";
    TextFixture f;
    f.takesNotify = taken;
    f.peer.send(requestText("NOTIFY", event + type, "Messages-Waiting: yes\r\n"));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, code);
    QCOMPARE(f.notifies.size(), told);
    // Some servers put a tag into To that nobody ever gave.
    f.peer.send(requestText("NOTIFY", event + type, "x", "z9hG4bKn2")
                    .replace("100@example.com>", "100@example.com>;tag=made-up"));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, code);
    UaFixture nobody;
    nobody.peer.send(requestText("NOTIFY", event + type, "x"));
    nobody.run();
    QCOMPARE(nobody.peer.takeResponse().statusCode, 481);
}

QTEST_GUILESS_MAIN(MessageTest)
#include "tst_message.moc"
