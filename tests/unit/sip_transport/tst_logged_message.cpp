#include "sip/transport/LoggedMessage.h"

#include <QTest>

using namespace hs;

// What a log may say of a message: all but what proves that a password is known (RFC 7616).
class LoggedMessageTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void shows_data();
    void shows();
    void survivesEveryCut();
};

void LoggedMessageTest::shows_data()
{
    QTest::addColumn<QByteArray>("message");
    QTest::addColumn<QString>("shown");
    const auto row = [](const char* name, const char* message, const char* shown) {
        QTest::newRow(name) << QByteArray(message) << QString::fromLatin1(shown);
    };
    row("quoted response", "Authorization: Digest realm=\"r\", response=\"6629fae\", uri=\"sip:a\"",
        "Authorization: Digest realm=\"r\", response=..., uri=\"sip:a\"");
    row("cnonce, nonce stays", "x nonce=\"n\", cnonce=\"0a4f\",nc=00000001",
        "x nonce=\"n\", cnonce=...,nc=00000001");
    row("of the server", "Authentication-Info: rspauth=\"66\"", "Authentication-Info: rspauth=...");
    row("names in any case", "RESPONSE=\"66\"", "RESPONSE=...");
    row("blanks around the equals sign", "response \t= \"66\", a", "response=..., a");
    row("unquoted", "response=66, a", "response=..., a");
    row("a quote inside the quotes", "response=\"6\\\"6\", a", "response=..., a");
    row("never closed", "response=\"66", "response=...");
    row("nothing after it", "response=", "response=...");
    row("part of another name", "myresponse=66 response-x=66", "myresponse=66 response-x=66");
    row("the word alone", "a response to it", "a response to it");
}

void LoggedMessageTest::shows()
{
    QFETCH(QByteArray, message);
    QTEST(sip::loggedMessage(message), "shown");
}

void LoggedMessageTest::survivesEveryCut()
{
    const QByteArray message = "INVITE\r\nAuthorization: Digest response \r\n = \"s3cr\\\"et\"\r\n";
    for (qsizetype size = 0; size <= message.size(); ++size) {
        QVERIFY(!sip::loggedMessage(message.first(size)).contains(QStringLiteral("s3c")));
    }
    const QByteArray late = QByteArray(100'000, 'x') + message;
    QVERIFY(!sip::loggedMessage(late).contains(QStringLiteral("s3c")));
}

QTEST_GUILESS_MAIN(LoggedMessageTest)
#include "tst_logged_message.moc"
