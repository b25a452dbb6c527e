#include "rtp/EModel.h"

#include <QTest>

using namespace hs::rtp;

// ITU-T G.107 for packet loss and delay. The figures were computed by hand from its formulas.
class EModelTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void ratings_data();
    void ratings();
    void opinions_data();
    void opinions();
    void fallsWithLossAndDelay();
    void nonsenseStaysInRange();
};

void EModelTest::ratings_data()
{
    QTest::addColumn<double>("loss");
    QTest::addColumn<double>("delay");
    QTest::addColumn<double>("bpl");
    QTest::addColumn<double>("rating");
    QTest::newRow("all defaults") << 0.0 << 0.0 << 25.1 << 93.2;
    QTest::newRow("Id below 177.3 ms") << 0.0 << 100.0 << 25.1 << 90.8;
    QTest::newRow("Id above it") << 0.0 << 277.3 << 25.1 << 93.2 - 6.6552 - 11.0;
    QTest::newRow("Ie,eff, 1 %, concealed") << 1.0 << 0.0 << 25.1 << 93.2 - 3.6398;
    QTest::newRow("Ie,eff, 1 %, not concealed") << 1.0 << 0.0 << 4.3 << 93.2 - 17.9245;
    QTest::newRow("Ie,eff, 5 %, concealed") << 5.0 << 0.0 << 25.1 << 93.2 - 15.7807;
    QTest::newRow("Ie,eff, 20 % and 200 ms") << 20.0 << 200.0 << 25.1 << 93.2 - 42.1286 - 7.297;
}

void EModelTest::ratings()
{
    QFETCH(double, loss);
    QFETCH(double, delay);
    QFETCH(double, bpl);
    QFETCH(double, rating);
    const double got = emodel::rating(loss, delay, {0, bpl});
    QVERIFY2(std::abs(got - rating) < 0.001, qPrintable(QString::number(got)));
}

void EModelTest::opinions_data()
{
    QTest::addColumn<double>("rating");
    QTest::addColumn<double>("mos");
    QTest::newRow("Annex B, R < 0") << -5.0 << 1.0;
    QTest::newRow("Annex B, R = 0") << 0.0 << 1.0;
    QTest::newRow("Annex B, R = 50") << 50.0 << 2.575;
    QTest::newRow("Annex B, R = 60") << 60.0 << 3.1;
    QTest::newRow("Annex B, R = 80") << 80.0 << 4.024;
    QTest::newRow("Annex B, R = 93.2") << 93.2 << 4.4093;
    QTest::newRow("Annex B, R = 100") << 100.0 << 4.5;
    QTest::newRow("below 6.5 the formula dips under 1") << 3.0 << 1.0;
}

void EModelTest::opinions()
{
    QFETCH(double, rating);
    QFETCH(double, mos);
    const double got = emodel::mosOf(rating);
    QVERIFY2(std::abs(got - mos) < 0.0005, qPrintable(QString::number(got)));
}

void EModelTest::fallsWithLossAndDelay()
{
    QCOMPARE(emodel::mosCentis(0, 0), 441);
    int before = 450;
    for (int loss = 0; loss <= 100; loss += 5) {
        const int mos = emodel::mosCentis(loss, 60);
        QVERIFY(mos <= before);
        before = mos;
    }
    QVERIFY(before < 150);
    QVERIFY(emodel::mosCentis(1, 150) > emodel::mosCentis(1, 400));
    QVERIFY(emodel::mosCentis(3, 60) > emodel::mosCentis(3, 60, emodel::g711Plain));
}

void EModelTest::nonsenseStaysInRange()
{
    for (const double loss : {-5.0, 0.0, 100.0, 1e9}) {
        for (const double delay : {-1e9, 0.0, 1e9}) {
            const int mos = emodel::mosCentis(loss, delay);
            QVERIFY(mos >= 100 && mos <= 441);
        }
    }
}

QTEST_APPLESS_MAIN(EModelTest)
#include "tst_e_model.moc"
