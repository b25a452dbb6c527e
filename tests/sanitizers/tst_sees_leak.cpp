// A leak on purpose. LeakSanitizer must tell of it when the program ends.
#include <QTest>

class SeesLeakTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void losesABlock();
};

void SeesLeakTest::losesABlock()
{
    void* volatile block = ::operator new(100);
    QVERIFY(block != nullptr);
    block = nullptr;
}

QTEST_GUILESS_MAIN(SeesLeakTest)
#include "tst_sees_leak.moc"
