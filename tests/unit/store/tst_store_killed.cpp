// What is committed survives SIGKILL. The writer is this same executable, with an argument.
#include "SampleCalls.h"
#include "store/Store.h"
#include "support/Soon.h"

#include <QCoreApplication>
#include <QProcess>
#include <QTemporaryDir>
#include <QTest>

#include <cstdio>

using namespace hs;
using namespace std::chrono_literals;

namespace {
constexpr model::CallId callsWritten = 50;

store::StoreOptions optionsFor(const QString& path)
{
    store::StoreOptions options;
    options.path = path;
    options.engineId = QStringLiteral("engine-a");
    return options;
}

// Writes calls of which one half is over and the other alive, says so, and waits for its end.
int writeAndWait(const QString& path)
{
    base::EventLoopMailbox mailbox;
    store::Store store(optionsFor(path), mailbox,
                       {[](const store::StoreState&) {},
                        [] {
                            std::puts("committed");
                            std::fflush(stdout);
                        }});
    for (model::CallId id = 1; id <= callsWritten; ++id) {
        store.put(id % 2 == 0 ? test::missedCall(id, QString::number(id))
                              : test::ringingCall(id, QString::number(id)));
    }
    return QCoreApplication::exec();
}
} // namespace

class StoreKilledTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void rowsAreThereAndMarked();
};

void StoreKilledTest::rowsAreThereAndMarked()
{
    const QTemporaryDir folder;
    const QString path = folder.filePath(QStringLiteral("calls.db"));
    QProcess child;
    child.start(QCoreApplication::applicationFilePath(),
                {QStringLiteral("--write-and-wait"), path});
    QVERIFY(child.waitForReadyRead(30000));
    const auto rowsIn = [&path] {
        const auto database = store::Database::open(path, store::Database::Access::ReadOnly);
        return (*database)->number(QStringLiteral("SELECT count(*) FROM calls")).value();
    };
    SOON_COMPARE(rowsIn(), qint64(callsWritten));
    child.kill(); // SIGKILL
    QVERIFY(child.waitForFinished(30000));
    QCOMPARE(child.exitStatus(), QProcess::CrashExit);

    base::EventLoopMailbox mailbox;
    std::optional<store::StoreState> state;
    store::Store store(optionsFor(path), mailbox,
                       {[&state](const store::StoreState& told) { state = told; }, [] {}});
    SOON_VERIFY(state);
    QCOMPARE(state->kind, store::StoreState::Kind::Working);
    QCOMPARE(state->cutOff, static_cast<int>(callsWritten / 2));
    std::optional<model::LogPage> page;
    store.page({}, mailbox,
               [&page](const base::Result<model::LogPage>& answer) { page = *answer; });
    SOON_VERIFY(page);
    QCOMPARE(page->entries.size(), static_cast<qsizetype>(callsWritten));
    for (const model::LogEntry& entry : page->entries) {
        QCOMPARE(entry.cutOff, entry.call.id % 2 == 1);
        QCOMPARE(entry.call.state, model::CallState::Ended);
    }
    QVERIFY(store.stop(30s));
}

int main(int argc, char** argv)
{
    QCoreApplication application(argc, argv);
    const QStringList arguments = QCoreApplication::arguments();
    if (arguments.size() == 3 && arguments.at(1) == QStringLiteral("--write-and-wait")) {
        return writeAndWait(arguments.at(2));
    }
    StoreKilledTest test;
    return QTest::qExec(&test, argc, argv);
}
#include "tst_store_killed.moc"
