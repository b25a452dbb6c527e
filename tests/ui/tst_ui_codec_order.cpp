#include "model/Account.h"
#include "ui/widgets/CodecOrder.h"

#include <QCheckBox>
#include <QTest>

using namespace hs;

class CodecOrderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void thoseOfAllCallsAreNone();
    void ownOnesComeBackAsTheyWere();
    void movedAndLeftOutByKeyboard();
};

void CodecOrderTest::thoseOfAllCallsAreNone()
{
    ui::CodecOrder order({});
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
    ui::CodecOrder order(own);
    QCOMPARE(order.own(), own);
    QCOMPARE(order.findChild<ui::CodecList*>()->count(), int(model::allCodecs().size()));
}

void CodecOrderTest::movedAndLeftOutByKeyboard()
{
    ui::CodecOrder order(model::allCodecs()); // opus, G722, PCMA, PCMU
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

QTEST_MAIN(CodecOrderTest)
#include "tst_ui_codec_order.moc"
