#include "SampleCalls.h"
#include "ui/models/CallListModel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QSortFilterProxyModel>
#include <QTest>

using namespace hs;
using namespace hs::test;
using hs::ui::CallColumn;
using hs::ui::CallListModel;
using Mode = QAbstractItemModelTester::FailureReportingMode;

class CallListModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void rowsStandInOrderOfBeginning();
    void onlyWhatChangedIsTold();
    void timeRunsByCells();
    void sortKeyOfTimeStandsStill();
    void endedStaysFiveSeconds();
    void neverResets();
    void accessibleText();
    void sortsByRawValues();
    void storm();

private:
    static QString text(const QAbstractItemModel& model, int row, CallColumn column)
    {
        return model.index(row, int(column)).data().toString();
    }
};

void CallListModelTest::rowsStandInOrderOfBeginning()
{
    CallListModel model;
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    model.upsert({ringingCall(5, QStringLiteral("5"), 0), ringingCall(2, QStringLiteral("2"), 0)},
                 noon);
    model.upsert({ringingCall(3, QStringLiteral("3"), 0)}, noon);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(text(model, 0, CallColumn::Who), QStringLiteral("2"));
    QCOMPARE(text(model, 1, CallColumn::Who), QStringLiteral("3"));
    QCOMPARE(text(model, 2, CallColumn::Who), QStringLiteral("5"));
    QCOMPARE(model.index(1, 0).data(ui::IdRole).toULongLong(), 3ULL);
    QVERIFY(model.find(5));
    QVERIFY(!model.find(4));
}

void CallListModelTest::onlyWhatChangedIsTold()
{
    CallListModel model;
    model::Call call = ringingCall(1, QStringLiteral("0912"), 0);
    model.upsert({call}, noon);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.upsert({call}, noon);
    QCOMPARE(changed.size(), 0); // nothing is new
    call.media.jitterUs = 4000; // shown nowhere
    model.upsert({call}, noon);
    QCOMPARE(changed.size(), 0);
    call.listeners = 2;
    model.upsert({call}, noon);
    QCOMPARE(changed.size(), 2); // who has it, and the sentence that a screen reader says
    const auto hasIt = changed.last();
    QCOMPARE(hasIt.at(0).toModelIndex(), model.index(0, int(CallColumn::HasIt)));
    QVERIFY(hasIt.at(2).value<QList<int>>().contains(ui::SecondLineRole));
    QVERIFY(!hasIt.at(2).value<QList<int>>().contains(Qt::DisplayRole));
}

void CallListModelTest::timeRunsByCells()
{
    CallListModel model;
    model.upsert({activeCall(1, QStringLiteral("1"), model::Actor::machine(), 4000)}, noon);
    QCOMPARE(text(model, 0, CallColumn::Time), QStringLiteral("0:04"));
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setNow(noon + 300);
    QCOMPARE(changed.size(), 0); // the same second
    model.setNow(noon + 1000);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex().column(), int(CallColumn::Time));
    QCOMPARE(text(model, 0, CallColumn::Time), QStringLiteral("0:05"));
}

void CallListModelTest::sortKeyOfTimeStandsStill()
{
    CallListModel model;
    model.upsert({activeCall(1, QStringLiteral("1"), model::Actor::machine(), 4000)}, noon);
    const QVariant key = model.index(0, int(CallColumn::Time)).data(ui::SortRole);
    model.setNow(noon + 60000);
    QCOMPARE(model.index(0, int(CallColumn::Time)).data(ui::SortRole), key);
}

void CallListModelTest::endedStaysFiveSeconds()
{
    CallListModel model;
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    model::Call call = endedCall(1, QStringLiteral("0277"));
    call.endedAt = noon;
    model.upsert({call}, noon);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(text(model, 0, CallColumn::State), QStringLiteral("Ended"));
    QCOMPARE(model.index(0, int(CallColumn::State)).data(ui::SecondLineRole).toString(),
             QStringLiteral("486 Busy Here"));
    model.setNow(noon + CallListModel::endedStaysMs - 1);
    QCOMPARE(model.rowCount(), 1);
    model.setNow(noon + CallListModel::endedStaysMs);
    QCOMPARE(model.rowCount(), 0);
}

void CallListModelTest::neverResets()
{
    CallListModel model;
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    QSignalSpy layout(&model, &QAbstractItemModel::layoutChanged);
    model.upsert(busyHour(), noon);
    model.upsert(busyHour(), noon + 1000);
    model.setNow(noon + 100000);
    QCOMPARE(reset.size() + layout.size(), 0);
}

void CallListModelTest::accessibleText()
{
    CallListModel model;
    model.upsert(busyHour(), noon);
    for (int row = 0; row < model.rowCount(); ++row) {
        const QString sentence =
            model.index(row, int(CallColumn::Who)).data(Qt::AccessibleTextRole).toString();
        QVERIFY(sentence.contains(text(model, row, CallColumn::State)));
        QVERIFY(sentence.contains(text(model, row, CallColumn::Who)));
    }
    QCOMPARE(
        model.headerData(int(CallColumn::Key), Qt::Horizontal, Qt::AccessibleTextRole).toString(),
        QStringLiteral("Key"));
}

void CallListModelTest::sortsByRawValues()
{
    CallListModel model;
    QSortFilterProxyModel proxy;
    proxy.setSortRole(ui::SortRole);
    proxy.setSourceModel(&model);
    // As texts, "0:09" would stand before "1:02:03" and after "12:31".
    model.upsert({activeCall(1, QStringLiteral("a"), {}, 9000),
                  activeCall(2, QStringLiteral("b"), {}, 3723000),
                  activeCall(3, QStringLiteral("c"), {}, 751000)},
                 noon);
    proxy.sort(int(CallColumn::Time));
    QStringList order;
    for (int row = 0; row < 3; ++row) {
        order << proxy.index(row, int(CallColumn::Who)).data().toString();
    }
    QCOMPARE(order.join(QString()), QStringLiteral("bca")); // the one that began first is first
}

// Calls come, change and go in any order, under the tester's eyes, with a sorted proxy on top.
void CallListModelTest::storm()
{
    CallListModel model;
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    QSortFilterProxyModel proxy;
    proxy.setSortRole(ui::SortRole);
    QAbstractItemModelTester proxyTester(&proxy, Mode::QtTest);
    proxy.setSourceModel(&model);
    proxy.sort(int(CallColumn::State));
    QRandomGenerator random(7);
    qint64 now = noon;
    for (int step = 0; step < 500; ++step) {
        now += random.bounded(400);
        const model::CallId id = 1 + random.bounded(40U);
        model::Call call = activeCall(id, QString::number(id), model::Actor::machine(), 1000);
        call.state = model::CallState(random.bounded(7));
        call.endedAt = call.isAlive() ? 0 : now;
        call.listeners = random.bounded(3);
        model.upsert({call, ringingCall(100 + random.bounded(5U), QStringLiteral("x"), 0)}, now);
        QCOMPARE(proxy.rowCount(), model.rowCount());
    }
    QVERIFY(model.rowCount() > 5);
}

QTEST_MAIN(CallListModelTest)
#include "tst_ui_call_list_model.moc"
