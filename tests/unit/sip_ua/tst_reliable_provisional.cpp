// Our reliable provisional responses: RFC 3262 section 3 as seen on the wire, T1 = 0.5 s.
#include "support/UaFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class ReliableProvisionalTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void whoRequiresItGetsIt();
    void repeatedUntilItsPrack();
    void aPrackOfSomethingElse_data();
    void aPrackOfSomethingElse();
    void withoutPrackTheCallIsRefused();
    void theAnswerMayOvertakeThePrack();
    void withoutAnOfferNothingIsReliable();
};

namespace {
const QByteArray requires100rel = "Require: 100rel\n";

// It rings, reliably; the 180 is taken.
struct Ringing {
    UaFixture f;
    sip::Response ringing;

    Ringing()
    {
        f.peer.send(inviteText("z9hG4bK-1", "call-1", requires100rel));
        f.run();
        ringing = f.peer.takeResponses().last();
    }
    QByteArray tag() const { return toTagOf(ringing); }
    QByteArray rseq() const { return ringing.headers.first(sip::HeaderId::RSeq)->toByteArray(); }
    // The code that a PRACK with this RAck is answered with.
    int prack(const QByteArray& rack, int sequence = 2)
    {
        QByteArray text =
            inDialogText("PRACK", sequence, "z9hG4bK-p" + QByteArray::number(sequence), tag());
        text.replace("Content-Length", QByteArray("RAck: " + rack + "\nContent-Length"));
        f.peer.send(text);
        f.run();
        const QList<sip::Response> responses = f.peer.takeResponses();
        return responses.size() == 1 && responses.first().cseq()->method == "PRACK"
            ? responses.first().statusCode
            : 0;
    }
};
} // namespace

void ReliableProvisionalTest::whoRequiresItGetsIt()
{
    Ringing call;
    QCOMPARE(call.ringing.statusCode, 180);
    QVERIFY(call.ringing.required().contains("100rel"));
    QVERIFY(call.rseq().toUInt() >= 1);
    QCOMPARE(call.prack(call.rseq() + " 1 INVITE"), 200);
}

void ReliableProvisionalTest::repeatedUntilItsPrack()
{
    Ringing call;
    for (const auto wait : {500ms, 1000ms, 2000ms}) {
        call.f.advance(wait);
        QCOMPARE(call.f.peer.takeResponse().statusCode, 180);
    }
    QCOMPARE(call.prack(call.rseq() + " 1 INVITE"), 200);
    call.f.advance(30s);
    QCOMPARE(call.f.peer.waiting(), 0);
}

void ReliableProvisionalTest::aPrackOfSomethingElse_data()
{
    QTest::addColumn<QByteArray>("rack");
    QTest::newRow("another RSeq") << QByteArray("4294967295 1 INVITE");
    QTest::newRow("another CSeq") << QByteArray("[rseq] 2 INVITE");
    QTest::newRow("another method") << QByteArray("[rseq] 1 UPDATE");
    QTest::newRow("no method") << QByteArray("[rseq] 1");
}

void ReliableProvisionalTest::aPrackOfSomethingElse()
{
    QFETCH(QByteArray, rack);
    Ringing call;
    QCOMPARE(call.prack(rack.replace("[rseq]", call.rseq())), 481);
    QCOMPARE(call.prack(call.rseq() + " 1 INVITE", 3), 200); // the right one is still expected
}

void ReliableProvisionalTest::withoutPrackTheCallIsRefused()
{
    Ringing call;
    call.f.advance(33s);
    QCOMPARE(call.f.peer.takeResponses().last().statusCode, 504);
    QCOMPARE(call.f.cancels.size(), 1);
}

void ReliableProvisionalTest::theAnswerMayOvertakeThePrack()
{
    Ringing call;
    call.f.acceptLast();
    call.f.run();
    QCOMPARE(call.f.peer.takeResponse().statusCode, 200);
    call.f.peer.send(inDialogText("ACK", 1, "z9hG4bK-2", call.tag()));
    call.f.advance(40s);
    QCOMPARE(call.f.peer.waiting(), 0); // neither repeated nor given up
    QCOMPARE(call.prack(call.rseq() + " 1 INVITE"), 200);
    QCOMPARE(call.prack(call.rseq() + " 1 INVITE", 3), 481); // each but once
}

// Section 5: the first reliable response would have to bring our offer; so none is sent.
void ReliableProvisionalTest::withoutAnOfferNothingIsReliable()
{
    UaFixture f;
    f.peer.send(inviteText("z9hG4bK-1", "call-1", requires100rel, {}));
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 100);
    QCOMPARE(f.peer.waiting(), 0);
    f.acceptLast(someOffer);
    f.run();
    QCOMPARE(f.peer.takeResponse().statusCode, 200);
}

QTEST_GUILESS_MAIN(ReliableProvisionalTest)
#include "tst_reliable_provisional.moc"
