#include "Datagrams.h"

#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class SerializerTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void request();
    void response();
    void contentLengthIsOurs();
    void noValueForgesALine_data();
    void noValueForgesALine();
    void equalAfterTheWire_data();
    void equalAfterTheWire();
};

void SerializerTest::request()
{
    Request request;
    request.method = "OPTIONS";
    request.requestUri = "sip:bob@example.com";
    request.headers.add("v", "SIP/2.0/UDP a");
    request.headers.add("x-Mixed", "kept");
    request.headers.add("subject", "");
    request.body = "body";
    QCOMPARE(request.toBytes(),
             QByteArray("OPTIONS sip:bob@example.com SIP/2.0\r\n"
                        "Via: SIP/2.0/UDP a\r\n"
                        "x-Mixed: kept\r\n"
                        "Subject: \r\n"
                        "Content-Length: 4\r\n"
                        "\r\n"
                        "body"));
}

void SerializerTest::response()
{
    Response response;
    response.statusCode = 180;
    response.reasonPhrase = "\xd0\xbd\xd0\xbe";
    QCOMPARE(response.toBytes(),
             QByteArray("SIP/2.0 180 \xd0\xbd\xd0\xbe\r\nContent-Length: 0\r\n\r\n"));
    QVERIFY(response.isProvisional() && !response.isFinal() && !response.isSuccess());
}

void SerializerTest::contentLengthIsOurs()
{
    Request request = acceptedRequest(typicalInvite());
    request.headers.add("l", "99999");
    request.headers.prepend("Content-Length", "1");
    const QByteArray bytes = request.toBytes();
    QCOMPARE(bytes.count("Content-Length"), 1);
    const QByteArray length = "\r\nContent-Length: " + QByteArray::number(request.body.size());
    QVERIFY(bytes.contains(QByteArray(length + "\r\n\r\nv=0")));
}

void SerializerTest::noValueForgesALine_data()
{
    QTest::addColumn<QByteArray>("text");
    QTest::newRow("CRLF") << QByteArray("a\r\nVia: SIP/2.0/UDP evil");
    QTest::newRow("LF") << QByteArray("a\nVia: SIP/2.0/UDP evil");
    QTest::newRow("CR") << QByteArray("a\rVia: SIP/2.0/UDP evil");
    QTest::newRow("end of the head") << QByteArray("a\r\n\r\nbody");
}

void SerializerTest::noValueForgesALine()
{
    QFETCH(QByteArray, text);
    Response response;
    response.statusCode = 200;
    response.reasonPhrase = text;
    response.headers.add("Subject", text);
    response.headers.add(QByteArray("X" + text), "1");
    QCOMPARE(response.toBytes().count('\n'), 5);
    QCOMPARE(response.toBytes().count('\r'), 5);
    Request request;
    request.method = text;
    request.requestUri = text;
    QCOMPARE(request.toBytes().count('\n'), 3);
    QCOMPARE(request.toBytes().count('\r'), 3);
}

void SerializerTest::equalAfterTheWire_data()
{
    QTest::addColumn<QByteArray>("bytes");
    QTest::newRow("INVITE") << typicalInvite();
    QTest::newRow("compact forms, folding, no length")
        << optionsWith("s:\n folded\n\ttwice \nk: a,b\nX-Unknown: ;;,,;\n");
    QTest::newRow("empty values") << optionsWith("Subject:\nSupported:\n");
    QTest::newRow("response") << responseWith("Contact: <sip:a@b>\n");
    QTest::newRow("odd octets in a field that nobody needs")
        << optionsWith("Subject: a\x01\xff\x7f b\n");
    QTest::newRow("NUL in a field that nobody needs")
        << optionsWith(QByteArray("Subject: a\0b\n", 13));
}

void SerializerTest::equalAfterTheWire()
{
    QFETCH(QByteArray, bytes);
    const Parsed parsed = parseDatagram(bytes);
    QCOMPARE(reasonOf(parsed), QByteArray("accept"));
    if (const auto* request = std::get_if<ParsedRequest>(&parsed)) {
        QCOMPARE(acceptedRequest(request->request.toBytes()), request->request);
    } else {
        const Response& response = std::get<ParsedResponse>(parsed).response;
        QCOMPARE(acceptedResponse(response.toBytes()), response);
    }
}

QTEST_GUILESS_MAIN(SerializerTest)
#include "tst_serializer.moc"
