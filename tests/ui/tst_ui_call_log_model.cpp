#include "SampleCalls.h"
#include "ui/models/CallLogModel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

#include <optional>

using namespace hs;
using namespace hs::test;
using hs::ui::CallLogModel;
using hs::ui::LogColumn;
using Mode = QAbstractItemModelTester::FailureReportingMode;

// A log that answers at once or when it is told to.
class Log : public QObject {
    Q_OBJECT
public:
    explicit Log(CallLogModel& model)
        : m_model(model)
    {
        connect(&model, &CallLogModel::queryNeeded, this,
                [this](quint64 id, const model::LogQuery& query) {
                    queries << query;
                    m_asked << QPair(id, query);
                });
    }

    // Answers everything that was asked, also what is asked because of the answers.
    void answer()
    {
        while (!m_asked.isEmpty()) {
            answerFirst();
        }
    }
    void answerFirst()
    {
        const auto [id, query] = m_asked.takeFirst();
        model::LogPage page;
        page.missedTotal = missed;
        for (const model::LogEntry& entry : entries) {
            if (!entry.call.number.contains(query.text)
                || (query.beforeRowId != 0 && entry.rowId >= query.beforeRowId)) {
                continue;
            }
            if (page.entries.size() == query.limit) {
                page.more = true;
                break;
            }
            page.entries << entry;
        }
        m_model.accept(id, page);
    }
    qsizetype asked() const { return m_asked.size(); }

    QList<model::LogEntry> entries;
    QList<model::LogQuery> queries;
    int missed = 0;

private:
    CallLogModel& m_model;
    QList<QPair<quint64, model::LogQuery>> m_asked;
};

class CallLogModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup();
    void newestFirst();
    void pagesUntilTheEnd();
    void refreshInsertsAtTheTop();
    void refreshChangesOneRow();
    void refreshReachesALongCall();
    void refreshWaitsForTheAnswer();
    void filterKeepsWhatStillFits();
    void staleAnswersAreIgnored();
    void missedIsTold();
    void lastDialled();
    void storm();

private:
    QList<qint64> ids() const;

    std::unique_ptr<CallLogModel> m_model;
    std::unique_ptr<QAbstractItemModelTester> m_tester;
    std::unique_ptr<Log> m_log;
};

void CallLogModelTest::init()
{
    QTest::failOnWarning(QRegularExpression(QStringLiteral(".*")));
    m_model = std::make_unique<CallLogModel>([] { return noon; });
    m_log = std::make_unique<Log>(*m_model);
    m_log->entries = busyLog(1000);
}

void CallLogModelTest::cleanup()
{
    m_tester.reset();
    m_log.reset();
    m_model.reset();
}

QList<qint64> CallLogModelTest::ids() const
{
    QList<qint64> ids;
    for (int row = 0; row < m_model->rowCount(); ++row) {
        ids << m_model->index(row, 0).data(ui::IdRole).toLongLong();
    }
    return ids;
}

void CallLogModelTest::newestFirst()
{
    QVERIFY(!m_model->isLoaded());
    m_model->refresh();
    m_log->answer();
    QVERIFY(m_model->isLoaded());
    QCOMPARE(m_model->rowCount(), CallLogModel::pageSize);
    QCOMPARE(ids().first(), qint64(1000));
    QCOMPARE(ids().last(), qint64(801));
    const QModelIndex kind = m_model->index(0, int(LogColumn::Kind));
    QCOMPARE(kind.data().toString(), QStringLiteral("missed"));
    QCOMPARE(kind.data(ui::ToneRole).toInt(), int(ui::Tone::Bad));
}

void CallLogModelTest::pagesUntilTheEnd()
{
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->refresh();
    m_log->answer();
    int pages = 1;
    while (m_model->canFetchMore({})) {
        m_model->fetchMore({});
        m_log->answer();
        ++pages;
    }
    QCOMPARE(pages, 5);
    QCOMPARE(m_model->rowCount(), 1000);
    const QList<qint64> all = ids();
    QVERIFY(std::is_sorted(all.rbegin(), all.rend()));
    QCOMPARE(all.last(), qint64(1));
    QVERIFY(!m_model->hasMore());
    QCOMPARE(reset.size(), 0);
}

void CallLogModelTest::refreshInsertsAtTheTop()
{
    m_model->refresh();
    m_log->answer();
    m_model->fetchMore({});
    m_log->answer();
    const QPersistentModelIndex chosen = m_model->index(300, 0);
    m_log->entries = busyLog(1003);
    QSignalSpy inserted(m_model.get(), &QAbstractItemModel::rowsInserted);
    QSignalSpy removed(m_model.get(), &QAbstractItemModel::rowsRemoved);
    m_model->refresh();
    m_log->answer();
    QCOMPARE(inserted.size(), 1);
    QCOMPARE(inserted.first().at(1).toInt(), 0);
    QCOMPARE(inserted.first().at(2).toInt(), 2);
    QCOMPARE(removed.size(), 0);
    QCOMPARE(m_model->rowCount(), 403); // what was loaded stays loaded
    QCOMPARE(chosen.row(), 303);
}

void CallLogModelTest::refreshChangesOneRow()
{
    m_model->refresh();
    m_log->answer();
    m_log->entries[7].call.displayName = QStringLiteral("Anna");
    QSignalSpy changed(m_model.get(), &QAbstractItemModel::dataChanged);
    m_model->refresh();
    m_log->answer();
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), m_model->index(7, int(LogColumn::Who)));
}

// A call that is still going on may be far down by now.
void CallLogModelTest::refreshReachesALongCall()
{
    m_log->entries[350].call.state = model::CallState::Active;
    m_log->entries[350].call.endedAt = 0;
    m_model->refresh();
    m_log->answer();
    m_model->fetchMore({});
    m_log->answer();
    const QModelIndex ended = m_model->index(350, int(LogColumn::Ended));
    QCOMPARE(ended.data().toString(), QStringLiteral("still going on"));
    m_log->entries[350].call.state = model::CallState::Ended;
    m_log->queries.clear();
    m_model->refresh();
    m_log->answer();
    QVERIFY(ended.data().toString() != QStringLiteral("still going on"));
    QCOMPARE(m_log->queries.size(), 2);
    m_log->queries.clear();
    m_model->refresh(); // nothing lives any more: the first page is enough
    m_log->answer();
    QCOMPARE(m_log->queries.size(), 1);
}

void CallLogModelTest::refreshWaitsForTheAnswer()
{
    m_model->refresh();
    m_log->answer();
    m_log->queries.clear();
    for (int i = 0; i < 50; ++i) {
        m_model->refresh();
    }
    QCOMPARE(m_log->queries.size(), 1);
    m_model->fetchMore({}); // is not forgotten either
    m_log->answer();
    QCOMPARE(m_log->queries.size(), 3);
    QCOMPARE(m_model->rowCount(), 400);
}

void CallLogModelTest::filterKeepsWhatStillFits()
{
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), Mode::QtTest);
    m_model->refresh();
    m_log->answer();
    int row = 0;
    while (m_model->index(row, 0).data(ui::NumberRole).toString() != QStringLiteral("0277000000")) {
        ++row;
    }
    const QPersistentModelIndex chosen = m_model->index(row, 0);
    QSignalSpy reset(m_model.get(), &QAbstractItemModel::modelReset);
    m_model->setFilter({QStringLiteral("0277"), false, false});
    QVERIFY(!m_model->isLoaded());
    m_log->answer();
    QVERIFY(chosen.isValid()); // the selection of a view would have stayed
    QCOMPARE(chosen.data(ui::NumberRole).toString(), QStringLiteral("0277000000"));
    for (int i = 0; i < m_model->rowCount(); ++i) {
        QVERIFY(
            m_model->index(i, 0).data(ui::NumberRole).toString().contains(QStringLiteral("0277")));
    }
    m_model->setFilter({QStringLiteral("no such number"), false, false});
    m_log->answer();
    QCOMPARE(m_model->rowCount(), 0);
    QVERIFY(m_model->isLoaded());
    m_model->setFilter({});
    m_log->answer();
    QVERIFY(m_model->rowCount() >= CallLogModel::pageSize);
    QCOMPARE(reset.size(), 0);
}

void CallLogModelTest::staleAnswersAreIgnored()
{
    m_model->refresh();
    m_model->setFilter({QStringLiteral("0277"), false, false});
    QCOMPARE(m_log->asked(), 2);
    m_log->answerFirst(); // to the question without a filter
    QCOMPARE(m_model->rowCount(), 0);
    m_log->answer();
    QVERIFY(m_model->rowCount() > 0);
    m_model->accept(999, {});
    QVERIFY(m_model->rowCount() > 0);
}

void CallLogModelTest::missedIsTold()
{
    QSignalSpy missed(m_model.get(), &CallLogModel::missedTotalChanged);
    m_log->missed = 3;
    m_model->refresh();
    m_log->answer();
    m_model->refresh();
    m_log->answer();
    QCOMPARE(missed.size(), 1);
    QCOMPARE(m_model->missedTotal(), 3);
}

void CallLogModelTest::lastDialled()
{
    QCOMPARE(m_model->lastDialled(), QString());
    m_model->refresh();
    m_log->answer();
    QCOMPARE(m_model->lastDialled(), QStringLiteral("0223880112"));
    // What a far end had us call is not what the operator dialled.
    for (model::LogEntry& entry : m_log->entries) {
        if (entry.call.number == QLatin1String("0223880112")) {
            entry.call.transferredBy = QStringLiteral("201");
        }
    }
    m_model->refresh();
    m_log->answer();
    QVERIFY(m_model->lastDialled() != QStringLiteral("0223880112"));
}

// Rows come, go and change between the pages, the filter changes, answers are late; in the end the
// model shows exactly the log.
void CallLogModelTest::storm()
{
    m_tester = std::make_unique<QAbstractItemModelTester>(m_model.get(), Mode::QtTest);
    QRandomGenerator random(11);
    m_log->entries = busyLog(450);
    qint64 next = 451;
    for (int step = 0; step < 300; ++step) {
        const int what = random.bounded(6);
        auto& entries = m_log->entries;
        if (what == 0) {
            model::LogEntry entry = entries.first();
            entry.rowId = next++;
            entries.prepend(entry);
        } else if (what == 1) {
            entries.removeAt(random.bounded(int(entries.size())));
        } else if (what == 2) {
            entries[random.bounded(int(entries.size()))].call.reason = QString::number(step);
        } else if (what == 3) {
            const QString text = random.bounded(2) == 0 ? QStringLiteral("09") : QString();
            m_model->setFilter({text, false, false});
        } else if (what == 4) {
            m_model->fetchMore({});
        }
        m_model->refresh();
        if (random.bounded(3) != 0) {
            m_log->answer();
        }
    }
    m_model->setFilter({QStringLiteral("x"), false, false});
    m_model->setFilter({});
    m_log->answer();
    while (m_model->canFetchMore({})) {
        m_model->fetchMore({});
        m_log->answer();
    }
    QCOMPARE(m_model->rowCount(), int(m_log->entries.size()));
    for (int row = 0; row < m_model->rowCount(); ++row) {
        QCOMPARE(*m_model->entry(m_model->index(row, 0)), m_log->entries[row]);
    }
}

QTEST_MAIN(CallLogModelTest)
#include "tst_ui_call_log_model.moc"
