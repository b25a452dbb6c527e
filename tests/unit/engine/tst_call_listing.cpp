#include "engine/CallListing.h"
#include "engine/CommandRunner.h"
#include "support/FakeCallControl.h"

#include <QTest>

using namespace hs;
using test::FakeCallControl;

class CallListingTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lists();
    void theTableIsAligned();

private:
    static QJsonArray list(FakeCallControl& calls)
    {
        engine::Command command;
        command.verb = engine::Command::Verb::List;
        return engine::runCommand(calls, command, model::Actor::machine(), 1767323050000).calls;
    }
    static model::CallId talking(FakeCallControl& calls, const char* number)
    {
        const model::CallId id = calls.ringIn(QString::fromLatin1(number));
        [[maybe_unused]] const auto answered = calls.answer(id, model::Actor::machine());
        return id;
    }
};

void CallListingTest::lists()
{
    FakeCallControl calls;
    QVERIFY(list(calls).isEmpty());
    const model::CallId id = talking(calls, "0912");
    calls.change(id, [](model::Call& call) {
        call.displayName = QStringLiteral("Anna");
        call.account = QStringLiteral("office");
        call.transferredBy = QStringLiteral("201");
        call.codec = QStringLiteral("PCMA");
        call.codecProblem = QStringLiteral("488 No");
        call.heldByUs = true;
        call.answeredAt = 1767323045500;
        call.owner = model::Actor::ofClient(QStringLiteral("x"));
    });
    const QJsonArray listed = list(calls);
    QCOMPARE(listed.size(), 1);
    const QJsonObject call = listed.at(0).toObject();
    const QList<std::pair<const char*, QJsonValue>> expected{
        {"id", 1},
        {"direction", QStringLiteral("in")},
        {"state", QStringLiteral("active")},
        {"number", QStringLiteral("0912")},
        {"display_name", QStringLiteral("Anna")},
        {"account", QStringLiteral("office")},
        {"transferred_by", QStringLiteral("201")},
        {"duration_ms", 4500},
        {"owner", QStringLiteral("client:x")},
        {"answered_by", QStringLiteral("machine")},
        {"answered_at", QStringLiteral("2026-01-02T03:04:05.500Z")},
        {"held", true},
        {"muted", false},
        {"codec", QStringLiteral("PCMA")},
        {"codec_problem", QStringLiteral("488 No")}};
    for (const auto& [name, value] : expected) {
        QVERIFY2(call.value(QLatin1String(name)) == value, name);
    }
}

void CallListingTest::theTableIsAligned()
{
    QCOMPARE(engine::callTable({}), QStringLiteral("no calls\n"));
    FakeCallControl calls;
    calls.change(talking(calls, "0911"), [](model::Call& call) {
        call.connectedNumber = QStringLiteral("0912341234"); // who has it by now
        call.connectedName = QStringLiteral("Bea");
    });
    calls.change(calls.ringIn(QStringLiteral("1")),
                 [](model::Call& call) { call.displayName = QStringLiteral("\x1b[31mEvil"); });
    const QStringList lines = engine::callTable(list(calls)).split(u'\n');
    QCOMPARE(lines.size(), 4);
    QCOMPARE(lines.at(0).indexOf(QStringLiteral("NUMBER")),
             lines.at(1).indexOf(QStringLiteral("0912341234")));
    QVERIFY(lines.at(1).contains(QStringLiteral("Bea")));
    QVERIFY(!lines.at(1).contains(QStringLiteral("0911")));
    QCOMPARE(lines.at(0).indexOf(QStringLiteral("NAME")),
             lines.at(2).indexOf(QStringLiteral("\\x1b[31mEvil")));
    QVERIFY(lines.at(2).contains(QStringLiteral("ringing_in")));
    calls.change(1, [](model::Call& call) { call.conference = 2; });
    QVERIFY(engine::callTable(list(calls)).contains(QStringLiteral("  active, conference 2  ")));
    // How long it rings, as the window shows it.
    QCOMPARE(lines.at(2).mid(lines.at(0).indexOf(QStringLiteral("TIME")), 4),
             QStringLiteral("0:04"));
    QVERIFY(lines.at(1).endsWith(u'-'));
    const auto shown = [&calls](model::TransferState state, int code) {
        calls.change(1, [=](model::Call& call) {
            call.transfer = state;
            call.transferTarget = QStringLiteral("201");
            call.transferCode = code;
        });
        return engine::callTable(list(calls)).section(u'\n', 1, 1);
    };
    QVERIFY(shown(model::TransferState::Ringing, 180).endsWith(QStringLiteral("  ringing: 201")));
    QVERIFY(shown(model::TransferState::Failed, 486)
                .endsWith(QStringLiteral("  failed with 486 Busy Here: 201")));
}

QTEST_GUILESS_MAIN(CallListingTest)
#include "tst_call_listing.moc"
