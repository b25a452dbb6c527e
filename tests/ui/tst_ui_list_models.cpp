#include "SampleCalls.h"
#include "ui/models/ClientListModel.h"
#include "ui/models/RecordingListModel.h"

#include <QAbstractItemModelTester>
#include <QRandomGenerator>
#include <QRegularExpression>
#include <QSignalSpy>
#include <QTest>

using namespace hs;
using namespace hs::test;
using hs::ui::ClientColumn;
using hs::ui::ClientListModel;
using hs::ui::RecordingColumn;
using hs::ui::RecordingListModel;
using Mode = QAbstractItemModelTester::FailureReportingMode;

class ListModelsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init() { QTest::failOnWarning(QRegularExpression(QStringLiteral(".*"))); }
    void recordingsNewestFirst();
    void recordingsKeepRows();
    void recordingThatPlaysIsMarked();
    void recordingWithoutFileSaysSo();
    void recordingsStorm();
    void clientsShowWhatChanged();
    void clientsStorm();
    void foreignTextIsPlain();
};

void ListModelsTest::recordingsNewestFirst()
{
    RecordingListModel model([] { return noon; });
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    auto recordings = someRecordings(10);
    std::reverse(recordings.begin(), recordings.end());
    recordings << recordings.first(); // twice the same file is one row
    model.setRecordings(recordings);
    QCOMPARE(model.rowCount(), 10);
    for (int row = 1; row < 10; ++row) {
        const auto at = [&](int r) {
            return model.index(r, int(RecordingColumn::Time)).data(ui::SortRole).toLongLong();
        };
        QVERIFY(at(row) <= at(row - 1));
    }
}

void ListModelsTest::recordingsKeepRows()
{
    RecordingListModel model([] { return noon; });
    auto recordings = someRecordings(10);
    model.setRecordings(recordings.mid(2));
    const QPersistentModelIndex chosen = model.index(3, 0);
    QSignalSpy reset(&model, &QAbstractItemModel::modelReset);
    model.setRecordings(recordings);
    QCOMPARE(chosen.row(), 5);
    recordings.removeAt(0);
    model.setRecordings(recordings);
    QCOMPARE(chosen.row(), 4);
    QCOMPARE(reset.size(), 0);
}

void ListModelsTest::recordingThatPlaysIsMarked()
{
    RecordingListModel model([] { return noon; });
    model.setRecordings(someRecordings(4));
    const QString path = model.index(2, 0).data(ui::IdRole).toString();
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    model.setPlaying(path);
    model.setPlaying(path);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(model.index(2, 0).data(ui::IconRole).toString(), QStringLiteral("play"));
    QVERIFY(model.index(2, 0)
                .data(Qt::AccessibleTextRole)
                .toString()
                .contains(QStringLiteral("playing")));
    model.setPlaying({});
    QCOMPARE(model.index(2, 0).data(ui::IconRole).toString(), QString());
}

void ListModelsTest::recordingWithoutFileSaysSo()
{
    RecordingListModel model([] { return noon; });
    model.setRecordings(someRecordings(6));
    QCOMPARE(model.index(4, int(RecordingColumn::File)).data().toString(),
             QStringLiteral("file is gone"));
}

void ListModelsTest::recordingsStorm()
{
    RecordingListModel model([] { return noon; });
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    const auto all = someRecordings(60);
    QRandomGenerator random(3);
    for (int step = 0; step < 300; ++step) {
        QList<model::Recording> some;
        for (model::Recording recording : all) {
            if (random.bounded(3) != 0) {
                recording.bytes += random.bounded(2);
                some << recording;
            }
        }
        model.setRecordings(some);
        model.setPlaying(some.isEmpty() ? QString() : some.first().path);
        QCOMPARE(model.rowCount(), int(some.size()));
    }
}

void ListModelsTest::clientsShowWhatChanged()
{
    ClientListModel model([] { return noon; });
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    auto clients = someClients();
    model.setClients(clients);
    QCOMPARE(model.rowCount(), 3);
    QSignalSpy changed(&model, &QAbstractItemModel::dataChanged);
    clients[1].bytesOut += 5000000;
    model.setClients(clients);
    QCOMPARE(changed.size(), 1);
    QCOMPARE(changed.first().at(0).toModelIndex(), model.index(1, int(ClientColumn::Out)));
    const QModelIndex dropped = model.index(2, int(ClientColumn::Dropped));
    QCOMPARE(dropped.data(ui::IconRole).toString(), QStringLiteral("warning"));
}

void ListModelsTest::clientsStorm()
{
    ClientListModel model([] { return noon; });
    QAbstractItemModelTester tester(&model, Mode::QtTest);
    QRandomGenerator random(5);
    for (int step = 0; step < 500; ++step) {
        QList<model::Client> clients;
        for (quint64 id = 1; id <= 12; ++id) {
            if (random.bounded(2) == 0) {
                model::Client client;
                client.id = id;
                client.bytesIn = quint64(random.bounded(4)) * 1000000;
                clients << client;
            }
        }
        std::reverse(clients.begin(), clients.end());
        model.setClients(clients);
        QCOMPARE(model.rowCount(), int(clients.size()));
    }
}

void ListModelsTest::foreignTextIsPlain()
{
    ClientListModel model([] { return noon; });
    model::Client client;
    client.id = 1;
    client.userAgent = QStringLiteral("<b>bold</b>\r\n\u202egnp.exe");
    model.setClients({client});
    const QModelIndex cell = model.index(0, int(ClientColumn::Program));
    QCOMPARE(cell.data().toString(), QStringLiteral("<b>bold</b> gnp.exe"));
    QVERIFY(cell.data(Qt::ToolTipRole).toString().contains(QStringLiteral("&lt;b&gt;")));
}

QTEST_MAIN(ListModelsTest)
#include "tst_ui_list_models.moc"
