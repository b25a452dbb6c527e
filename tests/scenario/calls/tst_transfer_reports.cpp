// What a scripted transferee is asked for in an attended transfer, and what comes of what it
// reports or does not (RFC 3515 section 2.4, RFC 5589 section 7).
#include "scenario/calls/FarEnd.h"

#include <QSet>
#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using model::TransferState;

class TransferReportsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void theAddressToCall_data();
    void theAddressToCall();
    void whereOneLeadsNowhereTheNextIsTried();
    void lateReportOfTheFirstIsNotOfTheSecond();
    void whoKnowsNoReplacesIsCalledWithout();
    void refusalOfTheFarEndItself();
    void pendingRequestIsRepeated();
    void realAnswersAreFinal_data();
    void realAnswersAreFinal();
    void requestIsDeclined();
    void noWordEver();
    void reportsStop();
    void targetThatKeepsItsCallIsLetGo();
    void targetThatEndsItsCallIsNotLetGoAgain();
    void transfereeHangsUpMeanwhile();
};

namespace {
// The far end here says nothing: its calls last all the same.
call::CallSettings patient()
{
    call::CallSettings settings;
    settings.rtpTimeout = 0s;
    return settings;
}

// The transferee is the far end's call-1, the target its call-2; a program has both.
struct Attended {
    explicit Attended(const char* domain = "example.com", const QByteArray& contact = {},
                      const QByteArray& from = {})
    {
        agent.resolver.names[domain] = {hopTo("192.0.2.8")};
        model::Account account;
        account.name = QStringLiteral("office");
        account.user = QStringLiteral("100");
        account.domain = QString::fromLatin1(domain);
        account.registers = false;
        if (*domain != '\0') {
            agent.resolver.names[domain] = {hopTo("192.0.2.9")}; // its server is who calls
            agent.accounts.setAccounts({account});
        }
        first = answer("call-1", {}, {});
        firstTag = far.tag;
        second = answer("call-2", contact, from);
        secondTag = far.tag;
        far.sip.takeRequests();
    }

    model::CallId answer(const QByteArray& callId, const QByteArray& contact,
                         const QByteArray& from)
    {
        QByteArray invite = inviteText("z9hG4bK-" + callId, callId, {}, offer());
        if (!contact.isEmpty()) {
            invite.replace("<sip:0912341234@[local]>", contact);
        }
        if (!from.isEmpty()) {
            invite.replace("<sip:0912341234@example.com>", from);
        }
        far.sip.send(invite);
        world.settle();
        const model::CallId id = agent.call().id;
        const auto answered =
            agent.manager.answer(id, model::Actor::ofClient(QStringLiteral("program")));
        world.settle();
        far.tag = answered ? toTagOf(far.sip.takeResponses().last()) : QByteArray();
        far.callIdInUse = callId;
        far.request("ACK", 1);
        return id;
    }
    // What came of our transfer: the REFER that the far end got last, answered with this.
    sip::Request refer(int code = 202)
    {
        world.settle();
        sip::Request refer;
        for (const sip::Request& request : far.sip.takeRequests()) {
            if (request.method == "REFER") {
                refer = request;
            }
        }
        if (!refer.method.isEmpty()) {
            far.sip.send(replyTo(refer, code));
            world.settle();
        }
        return refer;
    }
    sip::Request transfer(int code = 202)
    {
        const auto begun = agent.manager.transferToCall(first, second);
        return begun ? refer(code) : sip::Request();
    }
    // The answer to it; `id` as in Event.
    int report(const QByteArray& status, const QByteArray& state = "terminated;reason=noresource",
               const QByteArray& id = {})
    {
        const QByteArray branch = "z9hG4bK-n" + QByteArray::number(++sequence);
        QByteArray notify = inDialogText("NOTIFY", sequence, branch, firstTag, "call-1", {});
        const QByteArray end = "Content-Length: [len]\n\n";
        const QByteArray event = id.isEmpty() ? QByteArray("refer") : "refer;id=" + id;
        const QByteArray fragment = "Event: " + event + "\nSubscription-State: " + state
            + "\nContent-Type: message/sipfrag\n" + end + "SIP/2.0 " + status + "\n";
        notify.replace(end, fragment);
        far.sip.takeResponses();
        far.sip.send(notify);
        world.settle();
        const QList<sip::Response> responses = far.sip.takeResponses();
        return responses.isEmpty() ? 0 : responses.last().statusCode;
    }
    int byes(const QByteArray& callId)
    {
        QSet<QByteArray> seen; // without those that were sent again
        for (const sip::Request& request : far.sip.takeRequests()) {
            if (request.method == "BYE") {
                far.sip.send(replyTo(request, 200));
                if (request.headers.first("Call-ID")->toByteArray() == callId) {
                    seen << request.headers.first("CSeq")->toByteArray();
                }
            }
        }
        world.settle();
        return static_cast<int>(seen.size());
    }
    model::Call model() const { return agent.call(first); }

    World world;
    CallAgent agent{world, "192.0.2.1", patient()};
    FarEnd far{world, agent};
    model::CallId first = 0;
    model::CallId second = 0;
    QByteArray firstTag;
    QByteArray secondTag;
    int sequence = 1;
};

QByteArray referTo(const sip::Request& refer)
{
    const auto value = refer.headers.first(sip::HeaderId::ReferTo);
    return value ? value->toByteArray() : QByteArray("none");
}

QByteArray idOf(const sip::Request& refer)
{
    return QByteArray::number(refer.cseq()->number);
}

constexpr char byAddress[] = "<sip:0912341234@example.com?Replaces=";
constexpr char byContact[] = "<sip:0912341234@192.0.2.9:5060?Replaces=";
} // namespace

void TransferReportsTest::theAddressToCall_data()
{
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<QByteArray>("contact");
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("start");
    QTest::addColumn<bool>("requires");
    const auto row = [](const char* name, const char* domain, const char* contact, const char* from,
                        const char* start, bool required) {
        QTest::newRow(name) << QByteArray(domain) << QByteArray(contact) << QByteArray(from)
                            << QByteArray(start) << required;
    };
    row("5589 7.5 the server's address of record", "example.com", "", "", byAddress, true);
    row("5589 7.5 without its parameters", "example.com", "",
        "<sip:0912341234@example.com;user=phone>", byAddress, true);
    row("5589 7.3 a GRUU", "example.com", "<sip:x@example.com;gr=urn:uuid:1>", "",
        "<sip:x@example.com;gr=urn:uuid:1?Replaces=", false);
    row("directly", "", "", "", byContact, false);
    row("an address that the server does not have", "office.example", "", "", byContact, false);
    row("3323 a hidden caller", "anonymous.invalid", "", "<sip:anonymous@anonymous.invalid>",
        byContact, false);
}

void TransferReportsTest::theAddressToCall()
{
    QFETCH(QByteArray, domain);
    QFETCH(QByteArray, contact);
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, start);
    Attended w(domain.constData(), contact, from);
    const QByteArray said = referTo(w.transfer());
    QVERIFY2(said.startsWith(start), said.constData());
    QTEST(said.contains("&Require=replaces"), "requires");
    // Seen from there our tag is the remote one.
    const QByteArray replaces = "call-2%3Bto-tag%3Dpeer%3Bfrom-tag%3D" + w.secondTag;
    QVERIFY2(said.contains(replaces), said.constData());
}

void TransferReportsTest::whereOneLeadsNowhereTheNextIsTried()
{
    Attended w;
    QVERIFY(referTo(w.transfer()).startsWith(byAddress));
    QCOMPARE(w.report("404 Not Found"), 200);
    QVERIFY(w.model().transfer != TransferState::Failed);
    const sip::Request again = w.refer();
    QVERIFY2(referTo(again).startsWith(byContact), referTo(again).constData());
    QCOMPARE(w.report("481 Gone", "terminated", idOf(again)), 200);
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 481);
    QVERIFY(w.refer().method.isEmpty()); // there is no third one
    QVERIFY(w.model().isAlive() && w.agent.call(w.second).isAlive());
}

// RFC 3515 section 2.4.6.
void TransferReportsTest::lateReportOfTheFirstIsNotOfTheSecond()
{
    Attended w;
    const sip::Request first = w.transfer();
    w.report("404 Not Found", "terminated", idOf(first));
    const sip::Request second = w.refer();
    QVERIFY(first.cseq()->number < second.cseq()->number);
    QCOMPARE(w.report("404 Not Found", "terminated", idOf(first)), 200);
    QVERIFY(w.model().transfer != TransferState::Failed);
    w.report("200 OK", "terminated", idOf(second));
    QCOMPARE(w.model().transfer, TransferState::Completed);
}

// RFC 5589 section 7.6.
void TransferReportsTest::whoKnowsNoReplacesIsCalledWithout()
{
    Attended w;
    w.transfer();
    w.report("420 Bad Extension");
    QCOMPARE(referTo(w.refer()), QByteArray("<sip:0912341234@example.com>"));
    w.report("420 Bad Extension");
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 420);
    QVERIFY(w.refer().method.isEmpty());
}

// What the answer to the REFER says is not what a report says of the target.
void TransferReportsTest::refusalOfTheFarEndItself()
{
    Attended w;
    QVERIFY(referTo(w.transfer(403)).startsWith(byAddress));
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 403);
    QVERIFY(w.refer().method.isEmpty());
    QVERIFY(w.model().isAlive());
    w.transfer(481); // it knows of no such call (RFC 3261 section 12.2.1.2)
    QVERIFY(!w.model().isAlive());
    QVERIFY(w.agent.call(w.second).isAlive());
}

void TransferReportsTest::pendingRequestIsRepeated()
{
    Attended w;
    const sip::Request first = w.transfer(491);
    QVERIFY(w.model().transfer != TransferState::Failed);
    QVERIFY(w.refer().method.isEmpty()); // not at once
    for (int i = 0; i < 4; ++i) {
        w.world.run(500ms);
        QCOMPARE(referTo(w.refer(491)), referTo(first));
    }
    w.world.run(500ms);
    QCOMPARE(referTo(w.refer(491)), referTo(first));
    w.world.run(1s);
    QVERIFY(w.refer().method.isEmpty()); // not for ever
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 491);
}

void TransferReportsTest::realAnswersAreFinal_data()
{
    QTest::addColumn<QByteArray>("status");
    QTest::newRow("3515 2.4.5 busy") << QByteArray("486 Busy Here");
    QTest::newRow("3515 2.4.5 nobody answers in time") << QByteArray("408 Request Timeout");
    QTest::newRow("3515 2.4.5 declined") << QByteArray("603 Decline");
    QTest::newRow("3515 2.4.5 no codec in common") << QByteArray("488 Not Acceptable Here");
}

void TransferReportsTest::realAnswersAreFinal()
{
    QFETCH(QByteArray, status);
    Attended w;
    w.transfer();
    w.report(status);
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, status.left(3).toInt());
    QVERIFY(w.refer().method.isEmpty());
    QVERIFY(w.model().isAlive() && w.agent.call(w.second).isAlive());
}

void TransferReportsTest::requestIsDeclined()
{
    Attended w;
    w.transfer(603);
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 603);
    QVERIFY(w.model().isAlive() && w.agent.call(w.second).isAlive());
    QVERIFY(w.agent.manager.transferToCall(w.first, w.second)); // once more
}

void TransferReportsTest::noWordEver()
{
    Attended w;
    w.transfer();
    w.world.run(190s);
    QCOMPARE(w.model().transfer, TransferState::Requested);
    w.world.run(15s);
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QCOMPARE(w.model().transferCode, 408);
    QVERIFY(w.model().isAlive());
    QVERIFY(w.agent.manager.transferToCall(w.first, w.second)); // once more
}

// RFC 3515 section 2.4.4: without a final status nobody knows; better to keep the call.
void TransferReportsTest::reportsStop()
{
    Attended w;
    w.transfer();
    w.report("180 Ringing", "active;expires=60");
    QCOMPARE(w.model().transfer, TransferState::Ringing);
    w.report("100 Trying", "terminated;reason=timeout");
    QCOMPARE(w.model().transfer, TransferState::Failed);
    QVERIFY(w.model().isAlive() && w.agent.call(w.second).isAlive());
}

// One that takes no Replaces has been called anew, and would listen to nobody.
void TransferReportsTest::targetThatKeepsItsCallIsLetGo()
{
    Attended w;
    w.transfer();
    w.report("200 OK");
    QVERIFY(!w.model().isAlive());
    w.world.run(2s);
    QVERIFY(w.agent.call(w.second).isAlive());
    QCOMPARE(w.byes("call-2"), 0);
    w.world.run(2s);
    QVERIFY(!w.agent.call(w.second).isAlive());
    QCOMPARE(w.byes("call-2"), 1);
}

void TransferReportsTest::targetThatEndsItsCallIsNotLetGoAgain()
{
    Attended w;
    w.transfer();
    w.report("200 OK");
    w.far.tag = w.secondTag;
    w.far.callIdInUse = "call-2";
    w.far.request("BYE", 2);
    QCOMPARE(w.agent.call(w.second).endedBy.kind, model::ActorKind::FarEnd);
    QCOMPARE(w.byes("call-1"), 1);
    w.world.run(10s);
    QCOMPARE(w.byes("call-2"), 0);
}

void TransferReportsTest::transfereeHangsUpMeanwhile()
{
    Attended w;
    w.transfer();
    w.report("180 Ringing", "active;expires=60");
    w.far.tag = w.firstTag;
    w.far.callIdInUse = "call-1";
    w.far.request("BYE", w.sequence + 1);
    QVERIFY(!w.model().isAlive());
    w.world.run(210s);
    QCOMPARE(w.model().transfer, TransferState::Ringing);
    QVERIFY(w.agent.call(w.second).isAlive());
}

QTEST_GUILESS_MAIN(TransferReportsTest)
#include "tst_transfer_reports.moc"
