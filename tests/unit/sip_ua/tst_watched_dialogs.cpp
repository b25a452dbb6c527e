// The lamp of a watched extension, from documents that come whole, in parts, and with gaps.
#include "sip/ua/WatchedDialogs.h"

#include <QTest>

using namespace hs::sip;
using State = DialogInfo::State;
using Direction = DialogInfo::Direction;
using Lamp = WatchedDialogs::Lamp;
using Update = WatchedDialogs::Update;

class WatchedDialogsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lamp_data();
    void lamp();
    void fullStateReplaces();
    void partialStateChanges();
    void gapAsksForTheFullState();
    void outdatedChangesAreIgnored();
    void partialBeforeAnyFull();
    void notifierThatNeverCounts();
    void dialogsAreBounded();
    void pickupNeedsAllOfTheRingingCall();
    void pickupAmongSeveral();
    void nothingToTellIsNoCall();
    void resetForgets();
};

namespace {
DialogInfo::Dialog dialog(const QByteArray& id, State state, Direction direction)
{
    DialogInfo::Dialog made;
    made.id = id;
    made.state = state;
    made.direction = direction;
    return made;
}

DialogInfo document(std::uint32_t version, bool isFull, const QList<DialogInfo::Dialog>& dialogs)
{
    return {version, isFull, "sip:101@pbx", dialogs};
}

const DialogInfo::Dialog ringing = dialog("r", State::Early, Direction::Recipient);
const DialogInfo::Dialog talking = dialog("t", State::Confirmed, Direction::Recipient);
const DialogInfo::Dialog dialling = dialog("d", State::Trying, Direction::Initiator);
const DialogInfo::Dialog over = dialog("r", State::Terminated, Direction::Recipient);
} // namespace

void WatchedDialogsTest::lamp_data()
{
    QTest::addColumn<QList<DialogInfo::Dialog>>("dialogs");
    QTest::addColumn<int>("lamp");
    using L = QList<DialogInfo::Dialog>;
    QTest::newRow("none") << L{} << int(Lamp::Idle);
    QTest::newRow("early incoming") << L{ringing} << int(Lamp::Ringing);
    QTest::newRow("early, nobody says whose")
        << L{dialog("x", State::Early, Direction::Unknown)} << int(Lamp::Ringing);
    QTest::newRow("confirmed") << L{talking} << int(Lamp::Busy);
    QTest::newRow("ringing beside a call") << L{talking, ringing, dialling} << int(Lamp::Ringing);
    QTest::newRow("dialling") << L{dialling} << int(Lamp::Busy);
    QTest::newRow("its call rings elsewhere")
        << L{dialog("x", State::Early, Direction::Initiator)} << int(Lamp::Busy);
    QTest::newRow("only just arriving")
        << L{dialog("x", State::Trying, Direction::Recipient)} << int(Lamp::Idle);
    QTest::newRow("terminated") << L{over} << int(Lamp::Idle);
}

void WatchedDialogsTest::lamp()
{
    QFETCH(QList<DialogInfo::Dialog>, dialogs);
    QFETCH(int, lamp);
    WatchedDialogs watched;
    QVERIFY(watched.lamp() == Lamp::Unknown);
    QVERIFY(watched.take(document(0, true, dialogs)) == Update::Taken);
    QCOMPARE(int(watched.lamp()), lamp);
}

void WatchedDialogsTest::fullStateReplaces()
{
    WatchedDialogs watched;
    watched.take(document(0, true, {ringing, talking}));
    watched.take(document(1, true, {talking}));
    QVERIFY(watched.lamp() == Lamp::Busy);
    QCOMPARE(watched.shown()->id, QByteArray("t"));
    watched.take(document(2, true, {}));
    QVERIFY(watched.lamp() == Lamp::Idle);
    QVERIFY(!watched.shown());
}

void WatchedDialogsTest::partialStateChanges()
{
    WatchedDialogs watched;
    watched.take(document(5, true, {talking}));
    QVERIFY(watched.take(document(6, false, {ringing})) == Update::Taken);
    QVERIFY(watched.lamp() == Lamp::Ringing);
    QVERIFY(watched.take(document(7, false, {over})) == Update::Taken);
    QVERIFY(watched.lamp() == Lamp::Busy); // the other call is still there
}

void WatchedDialogsTest::gapAsksForTheFullState()
{
    WatchedDialogs watched;
    watched.take(document(0, true, {}));
    QVERIFY(watched.take(document(2, false, {ringing})) == Update::Incomplete);
    QVERIFY(watched.lamp() == Lamp::Ringing); // what is known is shown all the same
    QVERIFY(watched.take(document(3, false, {})) == Update::Incomplete);
    QVERIFY(watched.take(document(4, true, {talking})) == Update::Taken);
    QVERIFY(watched.lamp() == Lamp::Busy);
    QVERIFY(watched.take(document(5, false, {})) == Update::Taken);
}

void WatchedDialogsTest::outdatedChangesAreIgnored()
{
    WatchedDialogs watched;
    watched.take(document(8, true, {talking}));
    QVERIFY(watched.take(document(8, false, {ringing})) == Update::Outdated);
    QVERIFY(watched.take(document(3, false, {ringing})) == Update::Outdated);
    QVERIFY(watched.lamp() == Lamp::Busy);
    QVERIFY(watched.take(document(9, false, {ringing})) == Update::Taken);
}

void WatchedDialogsTest::partialBeforeAnyFull()
{
    WatchedDialogs watched;
    QVERIFY(watched.take(document(0, false, {ringing})) == Update::Incomplete);
    QVERIFY(watched.lamp() == Lamp::Ringing);
}

void WatchedDialogsTest::notifierThatNeverCounts()
{
    WatchedDialogs watched;
    watched.take(document(0, true, {ringing}));
    QVERIFY(watched.take(document(0, true, {})) == Update::Taken);
    QVERIFY(watched.lamp() == Lamp::Idle);
}

void WatchedDialogsTest::dialogsAreBounded()
{
    WatchedDialogs watched;
    watched.take(document(0, true, {}));
    for (std::uint32_t i = 1; i < 1000; ++i) {
        watched.take(document(
            i, false, {dialog(QByteArray::number(i), State::Trying, Direction::Recipient)}));
    }
    watched.take(document(1000, false, {ringing}));
    QVERIFY(watched.lamp() == Lamp::Idle); // no room: 64 calls on one extension are a joke
    watched.take(document(1001, true, {ringing}));
    QVERIFY(watched.lamp() == Lamp::Ringing);
}

void WatchedDialogsTest::pickupNeedsAllOfTheRingingCall()
{
    DialogInfo::Dialog known = ringing;
    known.callId = "c1@pbx";
    known.localTag = "callee";
    WatchedDialogs watched;
    watched.take(document(0, true, {known}));
    QVERIFY(!watched.pickupTarget());
    known.remoteTag = "caller";
    known.remoteIdentity = "sip:200@pbx";
    watched.take(document(1, true, {known}));
    const auto target = watched.pickupTarget();
    QVERIFY(target);
    QCOMPARE(target->callId, QByteArray("c1@pbx"));
    QCOMPARE(target->localTag, QByteArray("callee"));
    QCOMPARE(target->remoteTag, QByteArray("caller"));
    QCOMPARE(target->caller, QByteArray("sip:200@pbx"));
    // RFC 3891 section 3: for the caller to-tag is its own.
    QCOMPARE(target->replaces(), QByteArray("c1@pbx;to-tag=caller;from-tag=callee;early-only"));
    known.state = State::Confirmed;
    watched.take(document(2, true, {known}));
    QVERIFY(!watched.pickupTarget());
    known.state = State::Early;
    known.direction = Direction::Initiator;
    watched.take(document(3, true, {known}));
    QVERIFY(!watched.pickupTarget());
}

void WatchedDialogsTest::pickupAmongSeveral()
{
    DialogInfo::Dialog known = ringing;
    known.id = "z";
    known.callId = "c";
    known.localTag = "l";
    known.remoteTag = "r";
    known.remoteTarget = "sip:a@phone";
    known.remoteIdentity = "sip:a@pbx";
    WatchedDialogs watched;
    watched.take(document(0, true, {talking, ringing, known}));
    QCOMPARE(watched.pickupTarget()->caller, QByteArray("sip:a@phone"));
    QCOMPARE(watched.pickupTarget()->identity, QByteArray("sip:a@pbx"));
}

// RFC 6665 section 4.2.2: as presence servers have it, before and after what somebody published.
void WatchedDialogsTest::nothingToTellIsNoCall()
{
    WatchedDialogs watched;
    watched.takeNothing();
    QVERIFY(watched.lamp() == Lamp::Idle);
    QVERIFY(watched.take(document(0, true, {ringing})) == Update::Taken);
    QVERIFY(watched.lamp() == Lamp::Ringing);
    watched.takeNothing();
    QVERIFY(watched.lamp() == Lamp::Idle);
    QVERIFY(watched.take(document(1, false, {talking})) == Update::Incomplete);
    QVERIFY(watched.lamp() == Lamp::Busy);
}

void WatchedDialogsTest::resetForgets()
{
    WatchedDialogs watched;
    watched.take(document(9, true, {talking}));
    watched.reset();
    QVERIFY(watched.lamp() == Lamp::Unknown);
    QVERIFY(watched.take(document(0, true, {})) == Update::Taken);
    QVERIFY(watched.take(document(1, false, {ringing})) == Update::Taken);
}

QTEST_GUILESS_MAIN(WatchedDialogsTest)
#include "tst_watched_dialogs.moc"
