// Being called: RFC 3261 sections 8.2, 9.2, 12.1.1, 13.3, 14.2, 15.1.2 and 17.2 as seen on the
// wire.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class UasInviteTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void tryingComesAtOnceThenRinging();
    void acceptedCallIsEstablishedByItsAck();
    void okIsRepeatedUntilTheAck();
    void byeAfter64T1WithoutAck();
    void retransmittedInviteIsAbsorbed();
    void cancelWhileRinging();
    void cancelAfterOkDoesNothing();
    void cancelThatCrossesTheRefusal();
    void cancelOfNothing();
    void byeInTheEarlyDialog();
    void otherRequestsInTheEarlyDialog();
    void updateInTheEarlyDialogMovesTheTarget();
    void inviteExpires();
    void refusalIsRepeatedUntilTheAck();
    void lateOffer();
    void hangUpWaitsForTheAck();
    void mergedRequestGets482();
};

namespace {
QList<int> codes(const QList<sip::Response>& responses)
{
    QList<int> result;
    for (const sip::Response& response : responses) {
        result << response.statusCode;
    }
    return result;
}
} // namespace

void UasInviteTest::tryingComesAtOnceThenRinging()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    const auto responses = f.peer.takeResponses();
    QCOMPARE(codes(responses), QList<int>({100, 180}));
    QVERIFY(toTagOf(responses.at(0)).isEmpty());
    QVERIFY(!toTagOf(responses.at(1)).isEmpty());
    QVERIFY(responses.at(1).headers.has("Contact"));
    QCOMPARE(responses.at(0).topVia()->params.find("rport")->toByteArray(), QByteArray("5060"));
    QCOMPARE(f.invites.size(), 1);
    // Section 13.3.1.1: again each minute, so that no proxy gives up.
    f.advance(60s);
    QCOMPARE(codes(f.peer.takeResponses()), QList<int>({180}));
}

void UasInviteTest::acceptedCallIsEstablishedByItsAck()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    f.acceptLast();
    f.run();
    const sip::Response ok = f.peer.takeResponses().last();
    QCOMPARE(ok.statusCode, 200);
    QCOMPARE(ok.body, someAnswer);
    QCOMPARE(ok.contentType(), QByteArray("application/sdp"));
    QCOMPARE(ok.contacts().first().uri.toBytes(), QByteArray("sip:100@192.0.2.1:5062"));
    QVERIFY(f.sessionLog.lines.isEmpty());
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", toTagOf(ok)));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("acknowledged")}));
    f.peer.send(inDialogText("BYE", 2, "z9hG4bK-3", toTagOf(ok)));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    QCOMPARE(f.sessionLog.lines.last(), QStringLiteral("ended far 0"));
}

void UasInviteTest::okIsRepeatedUntilTheAck()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    // T1 doubling up to T2: after 0.5, 1.5, 3.5, 7.5, 11.5 s.
    for (const auto wait : {500ms, 1000ms, 2000ms, 4000ms, 4000ms}) {
        f.advance(wait - 2ms);
        QCOMPARE(f.peer.waiting(), 0);
        f.advance(2ms);
        QCOMPARE(f.peer.takeResponse().statusCode, 200);
    }
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", tag));
    f.advance(20s);
    QCOMPARE(f.peer.waiting(), 0);
}

void UasInviteTest::byeAfter64T1WithoutAck()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.advance(31900ms);
    QVERIFY(f.peer.takeRequests().isEmpty());
    f.advance(200ms);
    const auto requests = f.peer.takeRequests();
    QVERIFY(!requests.isEmpty());
    QCOMPARE(requests.first().method, QByteArray("BYE"));
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("ended 408")}));
    f.peer.takeResponses();
    f.advance(10s);
    QVERIFY(f.peer.takeResponses().isEmpty());
}

void UasInviteTest::retransmittedInviteIsAbsorbed()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    f.peer.takeResponses();
    f.peer.send(inviteText());
    f.run();
    QCOMPARE(codes(f.peer.takeResponses()), QList<int>({180})); // the last provisional
    QCOMPARE(f.invites.size(), 1);
    f.acceptLast();
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponse());
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", tag));
    f.peer.send(inviteText()); // RFC 6026: neither a new call nor another 200
    f.run();
    QCOMPARE(f.peer.waiting(), 0);
    QCOMPARE(f.invites.size(), 1);
}

void UasInviteTest::cancelWhileRinging()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    QByteArray cancel = inviteText({}, "call-1", "Reason: SIP;cause=200;text=\"elsewhere\"\n", {});
    cancel.replace("INVITE", "CANCEL").replace("branch=", "branch=z9hG4bK-1");
    f.peer.send(cancel);
    f.run();
    const auto responses = f.peer.takeResponses();
    QCOMPARE(codes(responses), QList<int>({200, 487}));
    QCOMPARE(responses.at(0).cseq()->method, QByteArray("CANCEL"));
    QCOMPARE(toTagOf(responses.at(0)), tag);
    QCOMPARE(toTagOf(responses.at(1)), tag);
    QCOMPARE(f.cancels.size(), 1);
    QVERIFY(f.cancels.first().contains(QLatin1String("elsewhere")));
    QVERIFY(!f.invites.first()->accept(someAnswer));
}

void UasInviteTest::cancelAfterOkDoesNothing()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    QByteArray cancel = inviteText({}, "call-1", {}, {});
    cancel.replace("INVITE", "CANCEL").replace("branch=", "branch=z9hG4bK-1");
    f.peer.send(cancel);
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", tag));
    f.run();
    const QList<sip::Response> responses = f.peer.takeResponses();
    QCOMPARE(codes(responses), QList<int>({200}));
    QCOMPARE(toTagOf(responses.first()), tag); // section 9.2
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("acknowledged")}));
}

void UasInviteTest::cancelThatCrossesTheRefusal()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    f.peer.takeResponses();
    f.invites.first()->reject(486);
    QByteArray cancel = inviteText({}, "call-1", {}, {});
    cancel.replace("INVITE", "CANCEL").replace("branch=", "branch=z9hG4bK-1");
    f.peer.send(cancel);
    f.run();
    const QList<sip::Response> responses = f.peer.takeResponses();
    QCOMPARE(codes(responses), QList<int>({486, 200}));
    QCOMPARE(toTagOf(responses.last()), toTagOf(responses.first())); // section 9.2
}

void UasInviteTest::cancelOfNothing()
{
    UaFixture f;
    QByteArray cancel = inviteText("z9hG4bK-x", "call-1", {}, {});
    cancel.replace("INVITE", "CANCEL");
    f.peer.send(cancel);
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 481);
}

void UasInviteTest::byeInTheEarlyDialog()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.peer.send(inDialogText("BYE", 2, "z9hG4bK-2", tag));
    f.run();
    QCOMPARE(codes(f.peer.takeResponses()), QList<int>({200, 487}));
    QCOMPARE(f.cancels.size(), 1);
}

void UasInviteTest::otherRequestsInTheEarlyDialog()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.peer.send(inDialogText("INVITE", 2, "z9hG4bK-2", tag, "call-1", someOffer));
    f.run();
    const sip::Response second = f.peer.takeResponses().last();
    QCOMPARE(second.statusCode, 500); // section 14.2
    QVERIFY(second.headers.first("Retry-After")->toByteArray().toInt() <= 10);
    f.peer.send(inDialogText("OPTIONS", 3, "z9hG4bK-3", tag));
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 200);
    f.peer.send(inDialogText("BYE", 0, "z9hG4bK-4", tag)); // section 12.2.2: from before
    f.run();
    QCOMPARE(f.peer.takeResponses().last().statusCode, 500);
    QVERIFY(f.cancels.isEmpty());
}

// RFC 3311 section 5.2.
void UasInviteTest::updateInTheEarlyDialogMovesTheTarget()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    QByteArray update = inDialogText("UPDATE", 2, "z9hG4bK-2", tag);
    update.replace("Contact: <sip:0912341234@[local]>", "Contact: <sip:moved@192.0.2.9:5060>");
    f.peer.send(update);
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
    f.acceptLast();
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-3", tag));
    f.run();
    f.session->hangUp();
    f.run();
    const QList<sip::Request> requests = f.peer.takeRequests();
    QCOMPARE(requests.size(), 1);
    QCOMPARE(requests.first().requestUri, QByteArray("sip:moved@192.0.2.9:5060"));
}

void UasInviteTest::inviteExpires()
{
    UaFixture f;
    f.peer.send(inviteText("z9hG4bK-1", "call-1", "Expires: 5\n"));
    f.run();
    f.peer.takeResponses();
    f.advance(5s);
    QCOMPARE(f.peer.takeResponse().statusCode, 487);
    QCOMPARE(f.cancels.size(), 1);
}

void UasInviteTest::refusalIsRepeatedUntilTheAck()
{
    UaFixture f;
    f.peer.send(inviteText());
    f.run();
    f.peer.takeResponses();
    f.invites.first()->reject(486);
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponse());
    f.advance(500ms);
    QCOMPARE(f.peer.takeResponse().statusCode, 486);
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-1", tag));
    f.advance(40s);
    QCOMPARE(f.peer.waiting(), 0);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
}

void UasInviteTest::lateOffer()
{
    UaFixture f(UaFixture::Policy::Nothing);
    f.peer.send(inviteText("z9hG4bK-1", "call-1", {}, {}));
    f.run();
    QVERIFY(f.invites.first()->offer().isEmpty());
    f.acceptLast(someOffer);
    f.run();
    const sip::Response ok = f.peer.takeResponses().last();
    QCOMPARE(ok.body, someOffer);
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", toTagOf(ok), "call-1", someAnswer));
    f.run();
    QCOMPARE(f.sessionLog.lines, QStringList({QStringLiteral("acknowledged")}));
    QCOMPARE(f.sessionLog.lastSdp, someAnswer);
}

void UasInviteTest::hangUpWaitsForTheAck()
{
    UaFixture f(UaFixture::Policy::Accept);
    f.peer.send(inviteText());
    f.run();
    const QByteArray tag = toTagOf(f.peer.takeResponses().last());
    f.session->hangUp();
    f.run();
    QVERIFY(f.peer.takeRequests().isEmpty());
    f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", tag));
    f.run();
    const sip::Request bye = f.peer.takeRequest();
    QCOMPARE(bye.method, QByteArray("BYE"));
    QCOMPARE(bye.requestUri, QByteArray("sip:0912341234@192.0.2.9:5060"));
    f.peer.send(replyTo(bye, 200));
    f.advance(40s);
    QCOMPARE(f.transactions.size(), std::size_t(0));
    QCOMPARE(f.userAgent.unfinished(), std::size_t(0));
    QVERIFY(f.sessionLog.lines.isEmpty());
}

void UasInviteTest::mergedRequestGets482()
{
    UaFixture f;
    f.peer.send(inviteText("z9hG4bK-1"));
    f.peer.send(inviteText("z9hG4bK-other-way"));
    f.run();
    QVERIFY(codes(f.peer.takeResponses()).contains(482));
    QCOMPARE(f.invites.size(), 1);
}

QTEST_GUILESS_MAIN(UasInviteTest)
#include "tst_uas_invite.moc"
