// A call that changes its codec while it lasts, by an offer of ours or of the far end's: it is
// heard on, and its recording goes on in the same file.
#include "scenario/calls/TalkingPair.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;

class CodecChangesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void changedInMidCall_data();
    void changedInMidCall();
    void holdKeepsTheChoice();
    void holdKeepsTheirChoice();
    void farEndWithoutItKeepsItsCodec();
    void refusedChoiceIsForgotten();
    void choiceWhileAnotherIsOffered();
    void whatCannotBeSpoken();
};

void CodecChangesTest::changedInMidCall_data()
{
    QTest::addColumn<QString>("before");
    QTest::addColumn<QString>("after");
    QTest::addColumn<bool>("byCaller");
    const QStringList all = model::allCodecs();
    for (const QString& before : all) {
        for (const QString& after : all) {
            if (before != after) {
                QTest::addRow("%s to %s, by us", qPrintable(before), qPrintable(after))
                    << before << after << true;
                QTest::addRow("%s to %s, by the far end", qPrintable(before), qPrintable(after))
                    << before << after << false;
            }
        }
    }
}

void CodecChangesTest::changedInMidCall()
{
    QFETCH(QString, before);
    QFETCH(QString, after);
    QFETCH(bool, byCaller);
    QStringList order = model::allCodecs();
    order.removeAll(before);
    order.prepend(before);
    TalkingPair pair(order, model::allCodecs(), 500);
    QCOMPARE(pair.codecs(), QStringList({before.toUpper(), before.toUpper()}));
    pair.world.run(2s);
    order.removeAll(after);
    order.prepend(after);
    CallAgent& changing = byCaller ? pair.caller : pair.callee;
    QVERIFY(changing.manager.setCodecs(changing.call().id, order).ok());
    pair.world.run(500ms);
    QCOMPARE(pair.codecs(), QStringList({after.toUpper(), after.toUpper()}));
    QCOMPARE(changing.call().codecs, order);
    const Heard atCaller = pair.atHeadset(pair.caller, 500);
    QVERIFY2(atCaller.amplitude > 5000, qPrintable(QString::number(atCaller.amplitude)));
    const Heard atCallee = pair.atHeadset(pair.callee, TalkingPair::callerHz);
    QVERIFY2(atCallee.amplitude > 5000, qPrintable(QString::number(atCallee.amplitude)));

    const WavFile recording = pair.recorded();
    const bool wasWide = before == QLatin1String("opus") || before == QLatin1String("G722");
    QCOMPARE(recording.rate, wasWide ? 16000 : 8000);
    const auto second = static_cast<std::size_t>(recording.rate);
    QVERIFY2(recording.left.size() > 4 * second && recording.left.size() < 6 * second,
             qPrintable(QString::number(recording.left.size())));
    for (const std::size_t at : {second, 3 * second + second / 2}) { // before and behind
        const auto left = std::span(recording.left).subspan(at, second / 2);
        const auto right = std::span(recording.right).subspan(at, second / 2);
        QVERIFY(listen(left, 500, recording.rate).amplitude > 5000);
        QVERIFY(listen(right, TalkingPair::callerHz, recording.rate).amplitude > 5000);
    }
}

void CodecChangesTest::holdKeepsTheChoice()
{
    TalkingPair pair(model::allCodecs(), model::allCodecs(), 500);
    QStringList order{QStringLiteral("PCMA"), QStringLiteral("opus"), QStringLiteral("G722")};
    QVERIFY(pair.caller.manager.setCodecs(pair.id, order).ok());
    pair.world.run(500ms);
    // Their offer names opus first; ours was chosen for this very call.
    QVERIFY(pair.callee.manager.setHeld(pair.callee.call().id, true).ok());
    pair.world.run(500ms);
    QCOMPARE(pair.caller.call().codec, QStringLiteral("PCMA"));
    QVERIFY(pair.callee.manager.setHeld(pair.callee.call().id, false).ok());
    pair.world.run(500ms);
    QCOMPARE(pair.codecs(), QStringList({QStringLiteral("PCMA"), QStringLiteral("PCMA")}));
    QVERIFY(pair.atHeadset(pair.caller, 500).amplitude > 5000);
}

// The offerer chose; a hold of ours, whose own order is another, changes nothing of it.
void CodecChangesTest::holdKeepsTheirChoice()
{
    TalkingPair pair({QStringLiteral("opus"), QStringLiteral("PCMA")},
                     {QStringLiteral("PCMA"), QStringLiteral("opus")}, 500);
    const QStringList opus{QStringLiteral("OPUS"), QStringLiteral("OPUS")};
    QCOMPARE(pair.codecs(), opus);
    for (const bool held : {true, false}) {
        QVERIFY(pair.callee.manager.setHeld(pair.callee.call().id, held).ok());
        pair.world.run(500ms);
        QCOMPARE(pair.codecs(), opus);
    }
}

void CodecChangesTest::farEndWithoutItKeepsItsCodec()
{
    TalkingPair pair(model::allCodecs(), {QStringLiteral("PCMA")}, 500);
    QVERIFY(pair.caller.manager.setCodecs(pair.id, {QStringLiteral("G722")}).ok());
    pair.world.run(500ms);
    QCOMPARE(pair.codecs(), QStringList({QStringLiteral("PCMA"), QStringLiteral("PCMA")}));
    QCOMPARE(pair.caller.call().codecs, model::allCodecs()); // and can be chosen again
    QVERIFY(pair.atHeadset(pair.caller, 500).amplitude > 5000);
}

// Then the offerer's order counts again (RFC 3264 6.1).
void CodecChangesTest::refusedChoiceIsForgotten()
{
    TalkingPair pair(model::allCodecs(), {QStringLiteral("PCMA"), QStringLiteral("PCMU")}, 500);
    QVERIFY(pair.caller.manager.setCodecs(pair.id, {QStringLiteral("G722")}).ok());
    pair.world.run(500ms);
    const QStringList theirs{QStringLiteral("PCMU"), QStringLiteral("PCMA")};
    const QStringList other{QStringLiteral("PCMA"), QStringLiteral("PCMU")};
    for (const QStringList& order : {theirs, other}) {
        QVERIFY(pair.callee.manager.setCodecs(pair.callee.call().id, order).ok());
        pair.world.run(500ms);
        QCOMPARE(pair.codecs(), QStringList({order.first(), order.first()}));
    }
}

void CodecChangesTest::choiceWhileAnotherIsOffered()
{
    const QStringList all = model::allCodecs();
    TalkingPair pair(all, {QStringLiteral("PCMA"), QStringLiteral("PCMU")}, 500);
    const QStringList first{QStringLiteral("G722")}; // which the far end refuses
    for (const QStringList& second :
         {QStringList{QStringLiteral("PCMU")}, QStringList{QStringLiteral("PCMA")}}) {
        QVERIFY(pair.caller.manager.setCodecs(pair.id, first).ok());
        QVERIFY(pair.caller.manager.setCodecs(pair.id, second).ok());
        pair.world.run(2s);
        QCOMPARE(pair.codecs(), second + second);
        QCOMPARE(pair.caller.call().codecs, second);
    }
    // Both are refused: what stands is what was before them.
    QVERIFY(pair.caller.manager.setCodecs(pair.id, first).ok());
    QVERIFY(pair.caller.manager.setCodecs(pair.id, {QStringLiteral("opus")}).ok());
    pair.world.run(2s);
    QCOMPARE(pair.caller.call().codecs, QStringList{QStringLiteral("PCMA")});
}

void CodecChangesTest::whatCannotBeSpoken()
{
    TalkingPair pair(model::allCodecs(), model::allCodecs(), 500);
    QVERIFY(!pair.caller.manager.setCodecs(pair.id, {QStringLiteral("G729")}).ok());
    QVERIFY(!pair.caller.manager.setCodecs(pair.id, {}).ok());
    const QStringList twice{QStringLiteral("PCMA"), QStringLiteral("opus"), QStringLiteral("PCMA")};
    QVERIFY(!pair.caller.manager.setCodecs(pair.id, twice).ok());
    QVERIFY(!pair.caller.manager.setCodecs(pair.id + 1, model::allCodecs()).ok());
}

QTEST_GUILESS_MAIN(CodecChangesTest)
#include "tst_codec_changes.moc"
