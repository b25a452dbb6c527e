#include "model/Account.h"
#include "ui/widgets/CodecOrder.h"

#include <QCheckBox>
#include <QLabel>
#include <QTest>

using namespace hs;

class CodecOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thoseOfAllCallsAreNone();
    void ownOnesComeBackAsTheyWere();
    void movedAndLeftOutByKeyboard();
    void withoutItsOwnThoseOfAllCallsAreShown();
    void noneOfItsOwnIsRefused();

private:
    // "PCMA opus": those that are ticked, as they are shown.
    static QString ticked(const ui::CodecOrder& order)
    {
        QStringList names;
        const auto* list = order.findChild<ui::CodecList*>();
        for (int row = 0; row < list->count(); ++row) {
            if (list->item(row)->checkState() == Qt::Checked) {
                names << list->item(row)->text();
            }
        }
        return names.join(u' ');
    }
};

void CodecOrderTest::thoseOfAllCallsAreNone()
{
    ui::CodecOrder order({}, model::allCodecs());
    QCOMPARE(order.own(), QStringList());
    QVERIFY(!order.findChild<ui::CodecList*>()->isEnabled());
    order.findChild<QCheckBox*>()->click();
    QCOMPARE(order.own(), model::allCodecs());
    order.findChild<QCheckBox*>()->click();
    QCOMPARE(order.own(), QStringList());
}

void CodecOrderTest::ownOnesComeBackAsTheyWere()
{
    const QStringList own{QStringLiteral("PCMU"), QStringLiteral("G722")};
    ui::CodecOrder order(own, model::allCodecs());
    QCOMPARE(order.own(), own);
    QCOMPARE(order.findChild<ui::CodecList*>()->count(), int(model::allCodecs().size()));
}

void CodecOrderTest::movedAndLeftOutByKeyboard()
{
    ui::CodecOrder order(model::allCodecs(), {}); // opus, G722, PCMA, PCMU
    auto* list = order.findChild<ui::CodecList*>();
    order.show();
    list->setFocus();
    QTest::keyClick(list, Qt::Key_Up, Qt::AltModifier); // there is nothing above the first
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(list, Qt::Key_Down, Qt::AltModifier);
    QTest::keyClick(list, Qt::Key_Up);
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(order.own().join(u' '), QStringLiteral("G722 opus PCMU"));
    QTest::keyClick(list, Qt::Key_Space);
    QCOMPARE(order.own().join(u' '), QStringLiteral("G722 PCMA opus PCMU"));
}

void CodecOrderTest::withoutItsOwnThoseOfAllCallsAreShown()
{
    const QStringList general{QStringLiteral("PCMA"), QStringLiteral("opus")};
    ui::CodecOrder order({}, general);
    QCOMPARE(ticked(order), QStringLiteral("PCMA opus"));
    auto* isOwn = order.findChild<QCheckBox*>();
    isOwn->click(); // its own begin with them
    QCOMPARE(order.own(), general);
    order.findChild<ui::CodecList*>()->item(0)->setCheckState(Qt::Unchecked);
    QCOMPARE(order.own(), QStringList{QStringLiteral("opus")});
    isOwn->click();
    QCOMPARE(ticked(order), QStringLiteral("PCMA opus"));
    isOwn->click(); // what was chosen is not lost
    QCOMPARE(order.own(), QStringList{QStringLiteral("opus")});
}

// It would mean those of all calls, which nobody has asked for.
void CodecOrderTest::noneOfItsOwnIsRefused()
{
    ui::CodecOrder order({QStringLiteral("PCMA")}, model::allCodecs());
    const auto* problem = order.findChild<QLabel*>(QStringLiteral("fieldProblem"));
    QVERIFY(order.check());
    QVERIFY(problem->isHidden());
    auto* first = order.findChild<ui::CodecList*>()->item(0);
    first->setCheckState(Qt::Unchecked);
    QVERIFY(!order.check());
    QVERIFY(!problem->isHidden() && problem->text().contains(QStringLiteral("at least")));
    first->setCheckState(Qt::Checked);
    QVERIFY(problem->isHidden());
    first->setCheckState(Qt::Unchecked);
    QVERIFY(!order.check());
    order.findChild<QCheckBox*>()->click();
    QVERIFY(problem->isHidden());
    QVERIFY(order.check());
}

QTEST_MAIN(CodecOrderTest)
#include "tst_ui_codec_order.moc"
