// Calling: RFC 3261 sections 9.1, 12.1.2, 13.2, 14.1, 15.1.1 and 17.1 as seen on the wire.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class UacInviteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void inviteCarriesWhatItMust();
    void answeredCallIsAcknowledgedAtItsContact();
    void ackFollowsTheRouteSet();
    void repeatedOkIsAcknowledgedAgain();
    void inviteIsRepeatedThenTimesOut();
    void cancelWaitsForAProvisional();
    void cancelThatIsNeverAnsweredEndsTheInvite();
    void noRouteIsToldAtOnce();
    void okOfAForkAfterARefusalIsEnded();
    void cancelCrossesTheOk();
    void cancelAfterTheOkIsABye();
    void refusalIsAcknowledged();
    void firstOkOfAForkWins();
    void earlyAnswerServesAnOkWithoutOne();
    void reinviteGets491AndIsTriedAgain();
};

namespace {
constexpr char contact[] = "Contact: <sip:200@192.0.2.9:5070>\r\n";
}

void UacInviteTest::inviteCarriesWhatItMust()
{
    UaFixture f;
    const auto uac = f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    QCOMPARE(invite.method, QByteArray("INVITE"));
    QCOMPARE(invite.requestUri, QByteArray("sip:200@192.0.2.9:5060"));
    QCOMPARE(invite.maxForwards(), std::optional(70));
    QVERIFY(!invite.from()->tag().isEmpty());
    QVERIFY(invite.to()->tag().isEmpty());
    QVERIFY(invite.topVia()->branch().startsWith("z9hG4bK"));
    QVERIFY(invite.topVia()->params.has("rport"));
    QCOMPARE(invite.topVia()->host, QByteArray("192.0.2.1"));
    QCOMPARE(invite.contacts().first().uri.toBytes(), QByteArray("sip:hookswitch@192.0.2.1:5062"));
    QVERIFY(invite.headers.has("Allow"));
    QCOMPARE(invite.body, someOffer);
}

void UacInviteTest::answeredCallIsAcknowledgedAtItsContact()
{
    UaFixture f;
    SipPeer elsewhere(f.network, {*base::IpAddress::parse("192.0.2.9"), 5070},
                      {*base::IpAddress::parse("192.0.2.1"), 5062});
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 180, "a"));
    f.run();
    f.peer.send(replyTo(invite, 200, "a", contact, someAnswer));
    f.run();
    QCOMPARE(f.uacLog.lines,
             QStringList({QStringLiteral("progress 180"), QStringLiteral("answered")}));
    QCOMPARE(f.uacLog.lastSdp, someAnswer);
    QCOMPARE(f.peer.waiting(), 0); // not to where the 200 came from
    const sip::Request ack = elsewhere.takeRequest();
    QCOMPARE(ack.method, QByteArray("ACK"));
    QCOMPARE(ack.requestUri, QByteArray("sip:200@192.0.2.9:5070"));
    QCOMPARE(ack.cseq()->number, 1U);
    QCOMPARE(ack.to()->tag(), QByteArray("a"));
    QVERIFY(ack.topVia()->branch() != invite.topVia()->branch());
    QVERIFY(ack.body.isEmpty());
}

void UacInviteTest::ackFollowsTheRouteSet()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 200, "a",
                        QByteArray("Record-Route: <sip:192.0.2.9;lr;x=2>\r\n"
                                   "Record-Route: <sip:192.0.2.9;lr;x=1>\r\n")
                            + contact,
                        someAnswer));
    f.run();
    const sip::Request ack = f.peer.takeRequest();
    QCOMPARE(ack.requestUri, QByteArray("sip:200@192.0.2.9:5070"));
    QCOMPARE(ack.routes().size(), 2);
    QCOMPARE(ack.routes().first().uri.params.find("x")->toByteArray(), QByteArray("1"));
}

void UacInviteTest::repeatedOkIsAcknowledgedAgain()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", someAnswer));
    f.run();
    const sip::Request first = f.peer.takeRequest();
    f.advance(500ms);
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", someAnswer));
    f.run();
    QCOMPARE(f.peer.takeRequest().toBytes(), first.toBytes());
    QCOMPARE(f.uacLog.lines, QStringList({QStringLiteral("answered")}));
}

void UacInviteTest::inviteIsRepeatedThenTimesOut()
{
    UaFixture f;
    f.call();
    f.run();
    // Timer A: 0.5, 1.5, 3.5, 7.5, 15.5, 31.5 s after the first.
    f.advance(31900ms);
    QCOMPARE(f.peer.takeRequests().size(), 7);
    QVERIFY(f.uacLog.lines.isEmpty());
    f.advance(200ms);
    QCOMPARE(f.uacLog.lines, QStringList({QStringLiteral("failed 408")}));
}

void UacInviteTest::cancelWaitsForAProvisional()
{
    UaFixture f;
    const auto uac = f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    uac->cancel();
    f.run();
    QCOMPARE(f.peer.waiting(), 0);
    f.peer.send(replyTo(invite, 100));
    f.run();
    const sip::Request cancel = f.peer.takeRequest();
    QCOMPARE(cancel.method, QByteArray("CANCEL"));
    QCOMPARE(cancel.topVia()->branch(), invite.topVia()->branch());
    QCOMPARE(cancel.cseq()->number, 1U);
    f.peer.send(replyTo(cancel, 200, "a"));
    f.peer.send(replyTo(invite, 487, "a"));
    f.run();
    QCOMPARE(f.peer.takeRequest().method, QByteArray("ACK"));
    f.advance(70s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QVERIFY(f.uacLog.lines.isEmpty());
}

// RFC 3261 section 9.1: no 487 within 64*T1 of the CANCEL.
void UacInviteTest::cancelThatIsNeverAnsweredEndsTheInvite()
{
    UaFixture f;
    const auto uac = f.call();
    f.run();
    f.peer.send(replyTo(f.peer.takeRequest(), 180, "a"));
    f.run();
    uac->cancel();
    f.advance(31s);
    QVERIFY(f.transactions.size() > 0);
    f.advance(2s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
}

// RFC 3261 section 8.1.3.1: an error of the transport is a 503.
void UacInviteTest::noRouteIsToldAtOnce()
{
    UaFixture f;
    f.network.setRoute(*base::IpAddress::parse("192.0.2.9"), false);
    f.call();
    f.run();
    QCOMPARE(f.uacLog.lines, QStringList({QStringLiteral("failed 503")}));
    f.advance(33s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
}

// RFC 3261 section 13.2.2.4: nobody is there any more who would talk to that fork.
void UacInviteTest::okOfAForkAfterARefusalIsEnded()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 486, "b"));
    f.run();
    f.peer.takeRequests();
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", someAnswer));
    f.run();
    const auto requests = f.peer.takeRequests();
    QCOMPARE(requests.size(), 2);
    QCOMPARE(requests.at(0).method, QByteArray("ACK"));
    QCOMPARE(requests.at(1).method, QByteArray("BYE"));
    QCOMPARE(f.uacLog.lines, QStringList({QStringLiteral("failed 486")}));
}

void UacInviteTest::cancelCrossesTheOk()
{
    UaFixture f;
    const auto uac = f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 180, "a"));
    f.run();
    uac->cancel();
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", someAnswer));
    f.run();
    const auto requests = f.peer.takeRequests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests.at(0).method, QByteArray("CANCEL"));
    QCOMPARE(requests.at(1).method, QByteArray("ACK"));
    QCOMPARE(requests.at(2).method, QByteArray("BYE"));
    QCOMPARE(requests.at(2).cseq()->number, 2U);
}

void UacInviteTest::cancelAfterTheOkIsABye()
{
    UaFixture f;
    const auto uac = f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:200@192.0.2.9>\r\n", someAnswer));
    f.run();
    f.peer.takeRequests();
    uac->cancel();
    f.run();
    QCOMPARE(f.peer.waiting(), 0); // it is the session's to end
    f.uacLog.session->hangUp();
    f.run();
    QCOMPARE(f.peer.takeRequest().method, QByteArray("BYE"));
}

void UacInviteTest::refusalIsAcknowledged()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 486, "a"));
    f.run();
    const sip::Request ack = f.peer.takeRequest();
    QCOMPARE(ack.method, QByteArray("ACK"));
    QCOMPARE(ack.topVia()->branch(), invite.topVia()->branch());
    QCOMPARE(ack.requestUri, invite.requestUri);
    QCOMPARE(f.uacLog.lines, QStringList({QStringLiteral("failed 486")}));
    f.peer.send(replyTo(invite, 486, "a"));
    f.run();
    QCOMPARE(f.peer.takeRequest().method, QByteArray("ACK"));
    QCOMPARE(f.uacLog.lines.size(), 1);
}

void UacInviteTest::firstOkOfAForkWins()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 180, "a"));
    f.peer.send(replyTo(invite, 180, "b"));
    f.peer.send(replyTo(invite, 200, "b", "Contact: <sip:b@192.0.2.9>\r\n", someAnswer));
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:a@192.0.2.9>\r\n", someAnswer));
    f.run();
    const auto requests = f.peer.takeRequests();
    QCOMPARE(requests.size(), 3);
    QCOMPARE(requests.at(0).method + ' ' + requests.at(0).requestUri,
             QByteArray("ACK sip:b@192.0.2.9"));
    QCOMPARE(requests.at(1).method + ' ' + requests.at(1).requestUri,
             QByteArray("ACK sip:a@192.0.2.9"));
    QCOMPARE(requests.at(2).method + ' ' + requests.at(2).requestUri,
             QByteArray("BYE sip:a@192.0.2.9"));
    QCOMPARE(f.uacLog.lines.count(QStringLiteral("answered")), 1);
    QCOMPARE(f.uacLog.session->dialog().id().remoteTag, QByteArray("b"));
}

void UacInviteTest::earlyAnswerServesAnOkWithoutOne()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 183, "a", {}, someAnswer));
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:a@192.0.2.9>\r\n"));
    f.run();
    QCOMPARE(f.uacLog.lines,
             QStringList({QStringLiteral("progress 183"), QStringLiteral("answered")}));
    QCOMPARE(f.uacLog.lastSdp, someAnswer);
}

void UacInviteTest::reinviteGets491AndIsTriedAgain()
{
    UaFixture f;
    f.call();
    f.run();
    const sip::Request invite = f.peer.takeRequest();
    f.peer.send(replyTo(invite, 200, "a", "Contact: <sip:a@192.0.2.9>\r\n", someAnswer));
    f.run();
    f.peer.takeRequests();
    QVERIFY(f.uacLog.session->canReinvite());
    f.uacLog.session->reinvite(someOffer);
    QVERIFY(!f.uacLog.session->canReinvite());
    f.run();
    const sip::Request first = f.peer.takeRequest();
    f.peer.send(replyTo(first, 491, "a"));
    f.run();
    QCOMPARE(f.peer.takeRequest().method, QByteArray("ACK"));
    f.advance(2098ms); // 2.1 to 4 s: the Call-ID is ours
    QVERIFY(!f.uacLog.session->canReinvite());
    f.advance(1910ms);
    QCOMPARE(f.sessionLog.lines,
             QStringList({QStringLiteral("reinvite refused 491"), QStringLiteral("may reinvite")}));
    QVERIFY(f.uacLog.session->canReinvite());
    f.uacLog.session->reinvite(someOffer);
    f.run();
    const auto again = f.peer.takeRequests();
    QVERIFY(!again.isEmpty());
    QCOMPARE(again.first().cseq()->number, first.cseq()->number + 1);
    f.peer.send(replyTo(again.first(), 200, "a", "Contact: <sip:a2@192.0.2.9>\r\n", someAnswer));
    f.run();
    const sip::Request ack = f.peer.takeRequest();
    QCOMPARE(ack.requestUri, QByteArray("sip:a2@192.0.2.9")); // the target of that very 200
    QCOMPARE(f.sessionLog.lines.last(), QStringLiteral("reinvite answered"));
}

QTEST_GUILESS_MAIN(UacInviteTest)
#include "tst_uac_invite.moc"
