// What the log at DEBUG shows of a message.
#include "sip/transport/MessageTrace.h"

#include <QTest>

using namespace hs::sip;

class MessageTraceTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void trace_data();
    void trace();
    void isCut();
};

void MessageTraceTest::trace_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char* message, const char* shown) {
        QTest::newRow(name) << QByteArray(message) << QString::fromLatin1(shown);
    };
    row("nothing to hide", "BYE sip:a SIP/2.0", "BYE sip:a SIP/2.0");
    row("Authorization", "nonce=\"n\", response=\"0123abcd\", nc=1",
        "nonce=\"n\", response=\"...\", nc=1");
    row("Authentication-Info", "rspauth=\"0123abcd\", nc=1", "rspauth=\"...\", nc=1");
    row("two of them", "response=\"01\" response=\"02\"", "response=\"...\" response=\"...\"");
    row("without an end", "response=\"0123", "response=\"...");
    row("nothing in it", "response=\"\"", "response=\"...\"");
    row("nothing behind it", "response=\"", "response=\"...");
}

void MessageTraceTest::trace()
{
    QFETCH(QByteArray, message);
    QTEST(traceOf(message), "shown");
}

void MessageTraceTest::isCut()
{
    const QByteArray message = QByteArray(3990, 'x') + "response=\"0123456789\"";
    QVERIFY(!traceOf(message).contains(QStringLiteral("0123")));
    QVERIFY(traceOf(QByteArray(9000, 'x')).size() <= 4010);
}

QTEST_GUILESS_MAIN(MessageTraceTest)
#include "tst_message_trace.moc"
