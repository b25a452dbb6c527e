// A re-INVITE whose next hop is a name with several servers (RFC 3263 section 4.3): silent, busy,
// and with a password.
#include "support/FarInvite.h"
#include "support/NamedResolver.h"
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;
using namespace std::chrono_literals;

class ReinviteWaysTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void silentServer();
    void silentServerAndChallenge();
    void busyServer();
    void refusalIsFinal();
    void allAreSilent();
    void hangUpMeanwhile();
    void answerAfterPatience();
    void lateAnswerIsTaken();
    void lateWordIsCancelled();
    void bothAnswer();
    void busyWithTheFirst_data();
    void busyWithTheFirst();
};

namespace {
// A call from 192.0.2.9 by way of edge.example, which is first at .8, then at .7.
struct Call : UaFixture {
    Call()
    {
        resolver.names["edge.example"] = {hopTo("192.0.2.8"), hopTo("192.0.2.7")};
        credentials->admitServers(resolver.names["edge.example"]);
        Request invite = farInvite("<sip:200@192.0.2.9>");
        invite.headers.add("Record-Route", "<sip:edge.example;lr>");
        call = std::make_shared<InviteSession>(
            namingCore, Dialog::fromRequest(invite, "ours", *Uri::parse("sip:100@192.0.2.1:5062")),
            hopTo("192.0.2.8"), credentials, [] {});
        call->setUser(&sessionLog);
        call->reinvite(someOffer);
        run();
    }
    ~Call() override { call->setUser(nullptr); }
    // The last INVITE that came there; none: an empty request.
    static Request invite(SipPeer& peer)
    {
        Request last;
        for (const Request& request : peer.takeRequests()) {
            if (request.method == "INVITE") {
                last = request;
            }
        }
        return last;
    }
    void reply(SipPeer& by, const Request& request, int code, const QByteArray& more = {})
    {
        by.send(replyTo(request, code, {}, "Contact: <sip:200@192.0.2.9>\r\n" + more,
                        code == 200 ? someAnswer : QByteArray()));
        run();
    }

    NamedResolver resolver;
    UaCore namingCore{scheduler, transactions, random, resolver, "Hookswitch/test"};
    std::shared_ptr<DigestClient> credentials = std::make_shared<DigestClient>(
        random, DigestCredentials{QStringLiteral("100"), QStringLiteral("secret")});
    std::shared_ptr<InviteSession> call;
    SipPeer first{network, hopTo("192.0.2.8").remote, hopTo("192.0.2.1", 5062).remote};
    SipPeer second{network, hopTo("192.0.2.7").remote, hopTo("192.0.2.1", 5062).remote};
};
} // namespace

void ReinviteWaysTest::silentServer()
{
    Call f;
    f.advance(5s);
    QVERIFY(!Call::invite(f.first).method.isEmpty());
    QVERIFY(f.second.takeRequests().isEmpty());
    f.advance(1s);
    const Request again = Call::invite(f.second);
    QCOMPARE(again.method, QByteArray("INVITE"));
    QCOMPARE(f.resolver.failed, QByteArrayList{"192.0.2.8:5060"});
    f.reply(f.second, again, 200);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
    QCOMPARE(f.second.takeRequest().method, QByteArray("ACK"));
    // What follows goes to who answered, at once.
    f.first.takeRequests();
    f.call->hangUp();
    f.run();
    const Request bye = f.second.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    f.reply(f.second, bye, 200);
    f.advance(40s);
    for (const Request& request : f.first.takeRequests()) {
        QCOMPARE(request.method, QByteArray("INVITE")); // its transaction runs out
    }
}

void ReinviteWaysTest::silentServerAndChallenge()
{
    Call f;
    f.advance(6s);
    const Request bare = Call::invite(f.second);
    f.reply(f.second, bare, 407,
            "Proxy-Authenticate: Digest realm=\"p\", nonce=\"n\", qop=\"auth\"\r\n");
    const Request paid = Call::invite(f.second); // there, not at the dead one
    const auto credentials = paid.headers.first(HeaderId::ProxyAuthorization);
    QVERIFY(credentials && credentials->contains("nc=00000001"));
    QCOMPARE(paid.cseq()->number, bare.cseq()->number + 1);
    f.reply(f.second, paid, 200);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
}

void ReinviteWaysTest::busyServer()
{
    Call f;
    f.reply(f.first, Call::invite(f.first), 503);
    const Request again = Call::invite(f.second);
    QCOMPARE(again.method, QByteArray("INVITE"));
    f.reply(f.second, again, 200);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
}

void ReinviteWaysTest::refusalIsFinal()
{
    Call f;
    f.reply(f.first, Call::invite(f.first), 488);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite refused 488")});
    f.advance(40s);
    QVERIFY(f.second.takeRequests().isEmpty());
}

void ReinviteWaysTest::allAreSilent()
{
    Call f;
    f.advance(37s);
    QVERIFY(f.sessionLog.lines.isEmpty());
    f.advance(2s); // 6 s and half a minute
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("ended 408")});
}

void ReinviteWaysTest::hangUpMeanwhile()
{
    Call f;
    f.advance(3s);
    f.call->hangUp();
    f.advance(3s);
    QVERIFY(Call::invite(f.second).method.isEmpty());
}

void ReinviteWaysTest::answerAfterPatience()
{
    // The first one was slow, not dead: its 100 keeps it.
    Call f;
    f.advance(5s);
    const Request invite = Call::invite(f.first);
    f.reply(f.first, invite, 100);
    f.advance(20s);
    QVERIFY(f.second.takeRequests().isEmpty());
    f.reply(f.first, invite, 200);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
}

void ReinviteWaysTest::lateAnswerIsTaken()
{
    Call f;
    const Request slow = Call::invite(f.first);
    f.advance(6s);
    const Request again = Call::invite(f.second);
    QCOMPARE(again.cseq()->number, slow.cseq()->number + 1); // the far end may see both
    f.reply(f.first, slow, 200);
    const QList<Request> acks = f.first.takeRequests();
    QVERIFY(!acks.isEmpty());
    QCOMPARE(acks.last().method, QByteArray("ACK"));
    QCOMPARE(acks.last().cseq()->number, slow.cseq()->number);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
    f.reply(f.second, again, 500, "Retry-After: 3\r\n"); // section 14.2
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
}

void ReinviteWaysTest::lateWordIsCancelled()
{
    Call f;
    const Request slow = Call::invite(f.first);
    f.advance(6s);
    const Request again = Call::invite(f.second);
    f.first.takeRequests();
    f.reply(f.first, slow, 180);
    const Request cancel = f.first.takeRequest();
    QCOMPARE(cancel.method, QByteArray("CANCEL"));
    QCOMPARE(cancel.cseq()->number, slow.cseq()->number);
    f.reply(f.first, slow, 487);
    f.reply(f.second, again, 200);
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
}

void ReinviteWaysTest::bothAnswer()
{
    Call f;
    const Request slow = Call::invite(f.first);
    f.advance(6s);
    const Request again = Call::invite(f.second);
    f.first.takeRequests();
    f.reply(f.first, slow, 200);
    QCOMPARE(f.first.takeRequest().method, QByteArray("ACK"));
    f.call->reinvite(someOffer);
    f.run();
    const Request next = Call::invite(f.first);
    f.reply(f.second, again, 200); // of the last offer, not of this one
    QCOMPARE(f.sessionLog.lines, QStringList{QStringLiteral("reinvite answered")});
    QVERIFY(!f.call->canReinvite());
    f.reply(f.first, next, 488);
    QCOMPARE(f.sessionLog.lines.last(), QStringLiteral("reinvite refused 488"));
}

void ReinviteWaysTest::busyWithTheFirst_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QString>("line");
    QTest::newRow("14.2: taken") << 200 << QStringLiteral("reinvite answered");
    QTest::newRow("14.2: refused") << 488 << QStringLiteral("reinvite refused 500");
    QTest::newRow("14.2: silent") << 0 << QStringLiteral("reinvite refused 500");
}

void ReinviteWaysTest::busyWithTheFirst()
{
    QFETCH(int, code);
    QFETCH(QString, line);
    Call f;
    const Request slow = Call::invite(f.first);
    f.advance(6s);
    f.reply(f.second, Call::invite(f.second), 500, "Retry-After: 3\r\n");
    QVERIFY(f.sessionLog.lines.isEmpty()); // the first one is what it is busy with
    QVERIFY(!f.call->canReinvite());
    if (code != 0) {
        f.reply(f.first, slow, code);
    } else {
        f.advance(27s);
    }
    QCOMPARE(f.sessionLog.lines, QStringList{line});
    QVERIFY(f.call->canReinvite());
}

QTEST_GUILESS_MAIN(ReinviteWaysTest)
#include "tst_reinvite_ways.moc"
