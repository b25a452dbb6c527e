// Conferences from the window: choosing calls by key and by mouse, joining, splitting, and what is
// shown of it.
#include "Console.h"
#include "model/Account.h"
#include "ui/models/CallCells.h"
#include "ui/widgets/HeadsetCard.h"
#include "ui/widgets/LevelBar.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QLabel>
#include <QLineEdit>
#include <QMenu>

using namespace hs;
using namespace hs::test;
using model::Actor;
using model::CallState;

class ConsoleConferenceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void severalAreChosenByKeyAndJoined();
    void severalAreChosenByMouseAndJoined();
    void oneIsJoinedWithTheCallOnTheHeadset();
    void theOnlyOtherOneIsMeant();
    void withSeveralOthersHeIsAskedWithWhich();
    void behindAJoinOneCallIsMeant();
    void whatCanNotBeJoinedSaysWhy();
    void ordersForOneAreNotForSeveral();
    void digitsAndCodecAreNotForOneOfSeveral();
    void severalAreHeldTogether();
    void severalOutsideAConferenceAreNotResumedTogether();
    void programsCallIsNoPartnerByItself();
    void theChosenAreSplitOffByOneOrder();
    void splitOffAndApart();
    void allAreHungUpByOneOrder();
    void conferenceIsSeen();
    void cardIsOfAllWhomTheOperatorHears();
    void leavingItIsSaid();
    void endedMemberLeavesTheOthersChosen();
    void whenTheOtherOfTwoEndsTheKeysServeTheOneThatGoesOn();

private:
    ui::Table& table() const { return *m_console->find<ui::Table>("sessions"); }
    QAction& action(const char* name) const { return *m_console->find<QAction>(name); }
    void tell(const QList<model::Call>& calls) { Q_EMIT m_console->engine.calls().changed(calls); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    QString cell(int row, ui::CallColumn column, int role = Qt::DisplayRole) const
    {
        return table().model()->index(row, int(column)).data(role).toString();
    }
    QString banner() const
    {
        QStringList texts;
        for (const QLabel* label : m_console->window->findChildren<QLabel*>()) {
            texts << (label->isVisible() ? label->text() : QString());
        }
        return texts.join(QLatin1Char('\n'));
    }
    static model::Call talk(model::CallId id, bool held, int conference = 0, bool headset = false)
    {
        model::Call call =
            activeCall(id, QStringLiteral("09%1").arg(id), Actor::consoleOperator(), 60000);
        call.heldByUs = held;
        call.state = held ? CallState::Held : CallState::Active;
        call.conference = conference;
        call.hasHeadset = headset;
        return call;
    }

    std::unique_ptr<Console> m_console;
};

void ConsoleConferenceTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    QVERIFY(m_console->open());
    tell({talk(1, true), talk(2, true), talk(3, false, 0, true)});
}

void ConsoleConferenceTest::severalAreChosenByKeyAndJoined()
{
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 1 2")});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ControlModifier);
    m_console->key(Qt::Key_Down, Qt::ControlModifier);
    m_console->key(Qt::Key_Space, Qt::ControlModifier);
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 1 3")});
    m_console->key(Qt::Key_Escape);
    QVERIFY(table().selectedIds().isEmpty());
}

void ConsoleConferenceTest::severalAreChosenByMouseAndJoined()
{
    const auto click = [this](int row, Qt::KeyboardModifiers modifiers) {
        const QRect rect =
            table().visualRect(table().model()->index(row, int(ui::CallColumn::Who)));
        QTest::mouseClick(table().viewport(), Qt::LeftButton, modifiers, rect.center());
    };
    click(0, Qt::NoModifier);
    click(1, Qt::ControlModifier);
    click(2, Qt::ControlModifier);
    QVERIFY(action("join").isEnabled());
    action("join").trigger();
    QCOMPARE(orders(), QStringList{QStringLiteral("join 1 2 3")});
}

void ConsoleConferenceTest::oneIsJoinedWithTheCallOnTheHeadset()
{
    m_console->key(Qt::Key_2, Qt::AltModifier);
    QVERIFY(action("join").toolTip().contains(QStringLiteral("093")));
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 2 3")});
}

void ConsoleConferenceTest::theOnlyOtherOneIsMeant()
{
    m_console->key(Qt::Key_3, Qt::AltModifier); // on the headset
    tell({talk(1, false, 1), talk(2, false, 1)}); // which are one
    QVERIFY(action("join").isEnabled());
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 3 1")});
}

void ConsoleConferenceTest::withSeveralOthersHeIsAskedWithWhich()
{
    tell({talk(4, false, 1), talk(5, false, 1)});
    const auto ask = [this] {
        m_console->key(Qt::Key_3, Qt::AltModifier); // on the headset, and three others
        m_console->key(Qt::Key_F8);
        return qobject_cast<QMenu*>(QApplication::activePopupWidget());
    };
    QMenu* menu = ask();
    QVERIFY(menu && orders().isEmpty());
    QStringList texts;
    for (const QAction* each : menu->actions()) {
        texts << each->text();
    }
    QCOMPARE(texts,
             (QStringList{QStringLiteral("&1  091"), QStringLiteral("&2  092"),
                          QStringLiteral("&3  Conference 1: 094, 095"), QString(),
                          QStringLiteral("&All of them")}));
    QTest::keyClick(menu, Qt::Key_2);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 3 2")});
    menu = ask();
    QVERIFY(menu);
    QTest::keyClick(menu, Qt::Key_Escape);
    QCOMPARE(orders(), QStringList());
    menu = ask();
    QVERIFY(menu);
    QTest::keyClick(menu, Qt::Key_A);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 3 1 2 4")});
}

void ConsoleConferenceTest::behindAJoinOneCallIsMeant()
{
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table().selectedIds().size(), 2);
    m_console->key(Qt::Key_F8);
    tell({talk(1, true, 1), talk(2, true, 1)});
    QCOMPARE(table().selectedIds(), QVariantList{QVariant::fromValue(model::CallId(2))});
    QVERIFY(action("hangUp").isEnabled());
}

void ConsoleConferenceTest::whatCanNotBeJoinedSaysWhy()
{
    tell({ringingCall(4, QStringLiteral("0944"), 1000)});
    m_console->key(Qt::Key_3, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(table().selectedIds().size(), 2);
    QVERIFY(!action("join").isEnabled());
    QVERIFY(action("join").toolTip().contains(QStringLiteral("answered")));
    tell({talk(1, false, 1, true), talk(2, false, 1, true)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(!action("join").isEnabled());
    QVERIFY(action("join").toolTip().contains(QStringLiteral("already")));
    m_console->key(Qt::Key_3, Qt::AltModifier);
    QVERIFY(!action("split").isEnabled());
    QVERIFY(action("split").toolTip().contains(QStringLiteral("no conference")));
    m_console->key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(orders(), QStringList());
}

void ConsoleConferenceTest::ordersForOneAreNotForSeveral()
{
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    for (const char* name : {"hangUp", "transfer", "keypad", "take"}) {
        QVERIFY2(!action(name).isEnabled(), name);
    }
    m_console->key(Qt::Key_F4);
    m_console->key(Qt::Key_F12);
    QCOMPARE(orders(), QStringList());
}

void ConsoleConferenceTest::digitsAndCodecAreNotForOneOfSeveral()
{
    model::Call call = talk(2, false, 0, true);
    call.codecs = model::allCodecs();
    tell({call});
    const auto offersCodecs = [this] {
        return std::ranges::any_of(table().actions(), [](const QAction* one) {
            return one->objectName() == QLatin1String("codec") && one->isEnabled();
        });
    };
    m_console->key(Qt::Key_2, Qt::AltModifier);
    QVERIFY(offersCodecs());
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier); // the same is the current one
    QVERIFY(!offersCodecs());
    m_console->type(QStringLiteral("7")); // of a number to be dialled
    QCOMPARE(orders(), QStringList());
    QCOMPARE(m_console->find<QLineEdit>("dialField")->text(), QStringLiteral("7"));
}

void ConsoleConferenceTest::severalAreHeldTogether()
{
    tell({talk(1, false, 1, true), talk(2, true, 1)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    QCOMPARE(action("hold").text(), QStringLiteral("Hold"));
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), (QStringList{QStringLiteral("hold 1"), QStringLiteral("hold 2")}));
    tell({talk(1, true, 1)});
    QCOMPARE(action("hold").text(), QStringLiteral("Resume"));
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), (QStringList{QStringLiteral("resume 1"), QStringLiteral("resume 2")}));
}

// Each would take the headset from the one before, and hold it again.
void ConsoleConferenceTest::severalOutsideAConferenceAreNotResumedTogether()
{
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    QVERIFY(!action("hold").isEnabled());
    QVERIFY(action("hold").toolTip().contains(QStringLiteral("at once")));
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), QStringList());
    m_console->key(Qt::Key_2, Qt::AltModifier);
    QVERIFY(action("hold").isEnabled());
    QVERIFY(!action("hold").toolTip().contains(QStringLiteral("at once")));
}

void ConsoleConferenceTest::programsCallIsNoPartnerByItself()
{
    const model::Call bots =
        activeCall(2, QStringLiteral("092"), Actor::ofClient(QStringLiteral("bot")), 60000);
    tell({bots});
    m_console->key(Qt::Key_3, Qt::AltModifier); // on the headset; the first is on hold
    QVERIFY(action("join").isEnabled());
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 3 1")});
    m_console->key(Qt::Key_2, Qt::AltModifier); // chosen itself
    m_console->key(Qt::Key_F8);
    QCOMPARE(orders(), QStringList{QStringLiteral("join 2 3")});
}

void ConsoleConferenceTest::theChosenAreSplitOffByOneOrder()
{
    tell({talk(1, false, 1, true), talk(2, false, 1, true), talk(3, false, 1, true)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    m_console->key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(orders(), QStringList{QStringLiteral("split 1 2 3")}); // else it could dissolve amid
}

void ConsoleConferenceTest::splitOffAndApart()
{
    tell({talk(1, false, 1, true), talk(2, false, 1, true), talk(3, false, 1, true)});
    m_console->key(Qt::Key_2, Qt::AltModifier);
    m_console->key(Qt::Key_F8, Qt::ShiftModifier);
    QCOMPARE(orders(), QStringList{QStringLiteral("split 2")});
    action("splitAll").trigger();
    QCOMPARE(orders(), QStringList{QStringLiteral("splitAll 2")});
}

void ConsoleConferenceTest::allAreHungUpByOneOrder()
{
    QVERIFY(!action("hangUpAll").isEnabled());
    tell({talk(1, false, 1, true), talk(2, false, 1, true), talk(3, true)});
    m_console->key(Qt::Key_2, Qt::AltModifier);
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), QStringList{QStringLiteral("hangUp 1")}); // that one alone
    action("hangUpAll").trigger();
    QCOMPARE(orders(), QStringList{QStringLiteral("hangUpConference 1")});
}

void ConsoleConferenceTest::conferenceIsSeen()
{
    tell({talk(1, false, 1, true), talk(2, true, 1), talk(3, false)});
    const auto state = ui::CallColumn::State;
    QCOMPARE(cell(0, state, ui::SecondLineRole), QStringLiteral("Conference 1"));
    QVERIFY(cell(1, state, ui::SecondLineRole).startsWith(QStringLiteral("Conference 1")));
    QVERIFY(cell(1, state, ui::SecondLineRole).contains(QStringLiteral("by us")));
    QCOMPARE(cell(2, state, ui::SecondLineRole), QString());
    QVERIFY(cell(0, ui::CallColumn::Who, Qt::AccessibleTextRole)
                .contains(QStringLiteral("Conference 1")));
    // The line along the rows that belong together, left of their keys.
    Console::settle();
    const QImage picture = table().viewport()->grab().toImage();
    const auto colorBeside = [&](int row) {
        const QRect rect = table().visualRect(table().model()->index(row, 0));
        return picture.pixelColor(rect.left() + 5, rect.center().y());
    };
    QCOMPARE(colorBeside(0), colorBeside(1));
    QVERIFY(colorBeside(0) != colorBeside(2));
    // What the headset is on.
    QCOMPARE(m_console->find<QLabel>("headsetWho")->text(), QStringLiteral("Conference 1"));
    tell({talk(1, false, 0, true), talk(2, true)});
    QCOMPARE(m_console->find<QLabel>("headsetWho")->text(), QStringLiteral("091"));
    QCOMPARE(cell(0, state, ui::SecondLineRole), QString());
}

void ConsoleConferenceTest::cardIsOfAllWhomTheOperatorHears()
{
    QList<model::Call> calls{talk(1, false, 1, true), talk(2, false, 1, true), talk(3, true, 1)};
    calls[0].media.peakReceived = 100;
    calls[1].media.peakReceived = 8000;
    calls[2].media.peakReceived = 30000; // on hold, and not heard
    tell(calls);
    const auto* card = m_console->window->findChild<ui::HeadsetCard*>();
    const auto says = [card](const QString& words) {
        return std::ranges::any_of(card->findChildren<QLabel*>(), [&words](const QLabel* label) {
            return label->text() == words;
        });
    };
    QVERIFY(says(QStringLiteral("2 calls")));
    ui::LevelBar wanted;
    wanted.setPeak(8000);
    for (const ui::LevelBar* bar : card->findChildren<ui::LevelBar*>()) {
        if (bar->accessibleName() == QStringLiteral("Sound level of the far end")) {
            QCOMPARE(bar->percent(), wanted.percent());
        }
    }
    tell({talk(2, true, 1)});
    QVERIFY(says(QStringLiteral("1 call")));
}

void ConsoleConferenceTest::leavingItIsSaid()
{
    tell({talk(1, false, 1, true), talk(2, false, 1, true), talk(3, true)});
    QVERIFY(!banner().contains(QStringLiteral("goes on without you")));
    tell({talk(1, false, 1), talk(2, false, 1), talk(3, false, 0, true)});
    QVERIFY(banner().contains(QStringLiteral("Conference 1 goes on without you")));
}

void ConsoleConferenceTest::endedMemberLeavesTheOthersChosen()
{
    tell({talk(1, false, 1, true), talk(2, false, 1, true), talk(3, false, 1, true)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    model::Call gone = talk(1, false);
    gone.state = CallState::Ended;
    gone.endedAt = m_console->now;
    tell({gone});
    QVERIFY(!action("join").isEnabled()); // an ended call and one more are no two calls
    action("join").trigger();
    QCOMPARE(orders(), QStringList());
}

void ConsoleConferenceTest::whenTheOtherOfTwoEndsTheKeysServeTheOneThatGoesOn()
{
    tell({talk(1, false, 1, true), talk(2, false, 1, true)});
    m_console->key(Qt::Key_1, Qt::AltModifier);
    m_console->key(Qt::Key_Down, Qt::ShiftModifier);
    model::Call gone = talk(1, false);
    gone.state = CallState::Ended;
    gone.endedAt = m_console->now;
    tell({gone, talk(2, false, 0, true)});
    QCOMPARE(table().selectedIds().size(), 2); // its row stays to be read
    for (const char* name : {"hangUp", "hold", "transfer", "keypad"}) {
        QVERIFY2(action(name).isEnabled(), name);
    }
    m_console->key(Qt::Key_F6);
    QCOMPARE(orders(), QStringList{QStringLiteral("hold 2")});
    m_console->type(QStringLiteral("5"));
    QCOMPARE(orders(), QStringList{QStringLiteral("digits 2 5")});
    m_console->key(Qt::Key_F4);
    QCOMPARE(orders(), QStringList{QStringLiteral("hangUp 2")});
}

QTEST_MAIN(ConsoleConferenceTest)
#include "tst_ui_console_conference.moc"
