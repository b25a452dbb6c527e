// Impairments as they stand on a command line: what is wrong in them is named.
#include "support/impairment/Impairments.h"

#include <QJsonDocument>
#include <QTest>

using namespace hs::test;
using namespace std::chrono_literals;

class ImpairmentsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void everyKey();
    void nothingIsAGoodLine();
    void refuses_data();
    void refuses();
};

namespace {
QJsonObject json(const char* text)
{
    return QJsonDocument::fromJson(text).object();
}
} // namespace

void ImpairmentsTest::everyKey()
{
    const auto read = Impairments::fromJson(json(
        R"({"loss": 0.05, "enter_burst": 0.01, "leave_burst": 0.2, "loss_in_burst": 0.9,
            "duplicates": 0.03, "duplicate_after_ms": 4, "reorders": 0.02, "reorder_by_ms": 50,
            "delay_ms": 70, "jitter_ms": 40.5, "jitter": "pareto", "keeps_order": true,
            "drift_ppm": -200})"));
    QVERIFY(read);
    Impairments expected;
    expected.loss = 0.05;
    expected.enterBurst = 0.01;
    expected.leaveBurst = 0.2;
    expected.lossInBurst = 0.9;
    expected.duplicates = 0.03;
    expected.duplicateAfter = 4ms;
    expected.reorders = 0.02;
    expected.reorderBy = 50ms;
    expected.delay = 70ms;
    expected.jitter = 40500us;
    expected.jitterKind = JitterKind::Pareto;
    expected.keepsOrder = true;
    expected.driftPpm = -200;
    QVERIFY(*read == expected);
}

void ImpairmentsTest::nothingIsAGoodLine()
{
    QVERIFY(*Impairments::fromJson({}) == Impairments{});
}

void ImpairmentsTest::refuses_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* text, const char* error) {
        QTest::newRow(text) << QByteArray(text) << QString::fromLatin1(error);
    };
    row(R"({"los": 0.05})", "los: there is no such impairment");
    row(R"({"loss": 5})", "loss: this should be a number from 0 to 1");
    row(R"({"loss": -0.1})", "loss: this should be a number from 0 to 1");
    row(R"({"loss": "much"})", "loss: this should be a number from 0 to 1");
    row(R"({"delay_ms": -1})", "delay_ms: this should be milliseconds from 0 to 600000");
    row(R"({"jitter": "wild"})", "jitter: this should be uniform, normal, exponential or pareto");
    row(R"({"jitter": 40})", "jitter: this should be uniform, normal, exponential or pareto");
    row(R"({"keeps_order": 1})", "keeps_order: this should be true or false");
    row(R"({"drift_ppm": 2000})", "drift_ppm: this should be a number from -1000 to 1000");
}

void ImpairmentsTest::refuses()
{
    QFETCH(QByteArray, text);
    QFETCH(QString, error);
    const auto read = Impairments::fromJson(QJsonDocument::fromJson(text).object());
    QVERIFY(!read);
    QCOMPARE(read.error().text, error);
}

QTEST_GUILESS_MAIN(ImpairmentsTest)
#include "tst_impairments.moc"
