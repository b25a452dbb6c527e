// What the columns of the live sessions have room for.
#include "Console.h"
#include "SampleAccounts.h"
#include "ui/models/CallCells.h"
#include "ui/widgets/CellDelegate.h"
#include "ui/widgets/Table.h"

#include <QHeaderView>
#include <QScrollBar>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::Call;
using model::CallState;
using ui::CallColumn;

class ConsoleColumnsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void reasonOfAnEndIsNotCut();
    void accountIsNotCutWhereThereIsRoom();
    void troubleIsNotCut_data();
    void troubleIsNotCut();
    void columnsShrinkOnceTheTableIsEmpty();
    void whatTheOperatorDraggedStays();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    void tell(const QList<Call>& calls)
    {
        Q_EMIT m_console->engine.calls().changed(calls);
        Console::settle();
    }
    bool fits(int row, CallColumn column) const
    {
        const QModelIndex index = table().model()->index(row, int(column));
        return ui::CellDelegate::neededWidth(table().font(), index)
            <= table().columnWidth(int(column));
    }
    int width(CallColumn column) const { return table().columnWidth(int(column)); }
    static Call refused()
    {
        Call call = endedCall(2, QStringLiteral("bob"));
        call.finalCode = 482;
        call.reason = QStringLiteral("the far end is here");
        return call;
    }

    std::unique_ptr<Console> m_console;
};

void ConsoleColumnsTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
}

void ConsoleColumnsTest::reasonOfAnEndIsNotCut()
{
    Call anna = activeCall(1, QStringLiteral("anna"), Actor::consoleOperator(), 5000);
    anna.displayName = QStringLiteral("Anna Mueller");
    tell({anna, refused()});
    QVERIFY(fits(1, CallColumn::State));
    QVERIFY(fits(0, CallColumn::Who)); // and nobody pays for it
    QVERIFY(fits(1, CallColumn::Who));
    QVERIFY(!table().horizontalScrollBar()->isVisible());
}

void ConsoleColumnsTest::accountIsNotCutWhereThereIsRoom()
{
    Call call = activeCall(1, QStringLiteral("c1"), Actor::consoleOperator(), 5000);
    call.calledNumber = QStringLiteral("200");
    call.account = QStringLiteral("reception-upstairs");
    tell({call});
    QVERIFY(fits(0, CallColumn::For));
    m_console->window->resize(1920, 1080);
    Console::settle();
    QVERIFY(fits(0, CallColumn::For));
}

void ConsoleColumnsTest::troubleIsNotCut_data()
{
    QTest::addColumn<model::MediaTrouble>("trouble");
    QTest::newRow("nothing") << model::MediaTrouble::NothingReceived;
    QTest::newRow("they hear nothing") << model::MediaTrouble::FarEndHearsNothing;
    QTest::newRow("silence") << model::MediaTrouble::OnlySilenceReceived;
    QTest::newRow("no microphone") << model::MediaTrouble::None;
}

void ConsoleColumnsTest::troubleIsNotCut()
{
    QFETCH(model::MediaTrouble, trouble);
    Call call = activeCall(1, QStringLiteral("0912341234"), Actor::consoleOperator(), 60000);
    call.hasHeadset = true;
    call.trouble = trouble;
    call.troubleSince = noon - 5000;
    if (trouble == model::MediaTrouble::None) {
        call.media.sentSilence = model::SilenceCause::NoMicrophone;
        call.media.sentQuietMs = 60000;
    }
    tell({call});
    const QModelIndex who = table().model()->index(0, int(CallColumn::Who));
    QVERIFY(!who.data(ui::SecondBriefRole).toString().isEmpty());
    QVERIFY(fits(0, CallColumn::Who));
}

void ConsoleColumnsTest::columnsShrinkOnceTheTableIsEmpty()
{
    const int before = width(CallColumn::State);
    tell({refused()});
    const int wide = width(CallColumn::State);
    QVERIFY(wide > before);
    tell({activeCall(1, QStringLiteral("anna"), Actor::consoleOperator(), 5000)});
    m_console->now += 6000;
    tell({});
    QCOMPARE(width(CallColumn::State), wide); // nothing moves under the eye
    Call anna = endedCall(1, QStringLiteral("anna"));
    tell({anna});
    QCOMPARE(table().model()->rowCount(), 0);
    QCOMPARE(width(CallColumn::State), before);
}

void ConsoleColumnsTest::whatTheOperatorDraggedStays()
{
    table().horizontalHeader()->resizeSection(int(CallColumn::State), 95);
    tell({refused()});
    QVERIFY(qAbs(width(CallColumn::State) - 95) < 5); // its share of the room, no more
    QVERIFY(!fits(0, CallColumn::State));
}

QTEST_MAIN(ConsoleColumnsTest)
#include "tst_ui_console_columns.moc"
