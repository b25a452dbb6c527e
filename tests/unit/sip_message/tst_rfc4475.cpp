// Every message of RFC 4475 as the parser is to take it: parse-manifest.tsv says how.
#include "Datagrams.h"
#include "TouchMessage.h"

#include <QDir>
#include <QFile>
#include <QMap>
#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class Rfc4475Test : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void initTestCase();
    void expected_data();
    void expected();
    void variants_data();
    void variants();
    void everyTruncation_data();
    void everyTruncation();
    void roundTrip_data();
    void roundTrip();
    void wsinv();
    void intmeth();
    void escapes();
    void bodies();
    void addresses();

private:
    void everyMessage();

    QMap<QString, QByteArray> m_manifest;
};

void Rfc4475Test::initTestCase()
{
    QFile file(QStringLiteral(HS_VECTORS_DIR "/rfc4475/parse-manifest.tsv"));
    QVERIFY(file.open(QIODevice::ReadOnly));
    while (!file.atEnd()) {
        const QByteArrayList columns = file.readLine().trimmed().split('\t');
        if (columns.first().startsWith('#')) {
            continue;
        }
        QCOMPARE(columns.size(), 3);
        const QString name = QString::fromLatin1(columns.at(0).constData());
        QVERIFY2(!m_manifest.contains(name), columns.at(0).constData());
        QVERIFY2(!columns.at(2).isEmpty(), columns.at(0).constData());
        m_manifest.insert(name, columns.at(1));
    }
    // No message without an expectation, no expectation without a message.
    QStringList names;
    const QDir folder(QStringLiteral(HS_VECTORS_DIR "/rfc4475"));
    for (const QString& fileName : folder.entryList({QStringLiteral("*.dat")}, QDir::Files)) {
        names.append(fileName.chopped(4));
    }
    names.sort();
    QCOMPARE(names, m_manifest.keys());
    QCOMPARE(names.size(), 51);
}

void Rfc4475Test::everyMessage()
{
    QTest::addColumn<QByteArray>("expected");
    for (auto it = m_manifest.cbegin(); it != m_manifest.cend(); ++it) {
        QTest::newRow(it.key().toLatin1().constData()) << it.value();
    }
}

void Rfc4475Test::expected_data()
{
    everyMessage();
}

void Rfc4475Test::expected()
{
    QTEST(outcomeOf(parseDatagram(rfc4475(QString::fromLatin1(QTest::currentDataTag())))),
          "expected");
}

void Rfc4475Test::variants_data()
{
    everyMessage();
}

void Rfc4475Test::variants()
{
    QFETCH(QByteArray, expected);
    const QString name = QString::fromLatin1(QTest::currentDataTag());
    const QByteArray bytes = rfc4475(name);
    // LF alone: in the head; Content-Length counts the octets of the body as they are.
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    const QByteArray head = headEnd < 0 ? bytes : bytes.first(headEnd + 4);
    const QByteArray lf = QByteArray(head).replace("\r\n", "\n") + bytes.mid(head.size());
    for (const QByteArray& variant :
         {QByteArray("\r\n\r\n" + bytes), QByteArray(QByteArray(4, '\0') + bytes), lf}) {
        QCOMPARE(outcomeOf(parseDatagram(variant)), expected);
    }
}

void Rfc4475Test::everyTruncation_data()
{
    everyMessage();
}

void Rfc4475Test::everyTruncation()
{
    const QByteArray bytes = rfc4475(QString::fromLatin1(QTest::currentDataTag()));
    const qsizetype headEnd = bytes.indexOf("\r\n\r\n");
    for (qsizetype length = 0; length < bytes.size(); ++length) {
        // A copy of exactly this size: reading past it is seen by the sanitizer.
        const QByteArray cut(bytes.constData(), length);
        QCOMPARE(touchMessage(cut), QByteArray());
        // What ends within a line is no message.
        if (length < headEnd && !cut.endsWith('\n')) {
            QVERIFY2(outcomeOf(parseDatagram(cut)) != "accept",
                     QByteArray::number(length).constData());
        }
    }
}

void Rfc4475Test::roundTrip_data()
{
    everyMessage();
}

void Rfc4475Test::roundTrip()
{
    QFETCH(QByteArray, expected);
    const QByteArray bytes = rfc4475(QString::fromLatin1(QTest::currentDataTag()));
    QCOMPARE(touchMessage(bytes), QByteArray());
    if (expected != "accept") {
        return;
    }
    const Parsed parsed = parseDatagram(bytes);
    if (const auto* request = std::get_if<ParsedRequest>(&parsed)) {
        QCOMPARE(acceptedRequest(request->request.toBytes()), request->request);
    } else {
        const Response& response = std::get<ParsedResponse>(parsed).response;
        QCOMPARE(acceptedResponse(response.toBytes()), response);
    }
}

void Rfc4475Test::wsinv()
{
    const Request request = acceptedRequest(rfc4475(QStringLiteral("wsinv")));
    QCOMPARE(request.to()->tag(), QByteArray("1918181833n"));
    QCOMPARE(request.from()->displayName, QByteArray("J Rosenberg \\\""));
    QCOMPARE(request.from()->tag(), QByteArray("98asjd8"));
    QCOMPARE(request.maxForwards(), 68);
    QCOMPARE(request.cseq(), (CSeq{9, "INVITE"}));
    QCOMPARE(request.headers.first("Subject"), QByteArrayView(""));
    QCOMPARE(request.headers.first("NewFangledHeader"),
             QByteArrayView("newfangled value continued newfangled value"));
    QCOMPARE(request.headers.first("UnknownHeaderWithUnusualValue"), QByteArrayView(";;,,;;,;"));
    QByteArrayList hops;
    for (const Via& via : request.vias()) {
        hops.append(via.toBytes());
    }
    QCOMPARE(hops,
             (QByteArrayList{"SIP/2.0/UDP 192.0.2.2;branch=390skdjuw",
                             "SIP/2.0/TCP spindle.example.com;branch=z9hG4bK9ikj8",
                             "SIP/2.0/UDP 192.168.255.111;branch=z9hG4bK30239"}));
    QCOMPARE(request.contacts().first().toBytes(),
             QByteArray("\"Quoted string \\\"\\\"\" <sip:jdrosen@example.com>"
                        ";newparam=newvalue;secondparam;q=0.33"));
    QCOMPARE(request.routes().first().uri.params.size(), 3);
    QCOMPARE(request.body.size(), 150);
}

void Rfc4475Test::intmeth()
{
    const Request request = acceptedRequest(rfc4475(QStringLiteral("intmeth")));
    QCOMPARE(request.method, QByteArray("!interesting-Method0123456789_*+`.%indeed'~"));
    QCOMPARE(request.cseq()->method, request.method);
    const Uri uri = *request.uri();
    QCOMPARE(uri.user, QByteArray("1_unusual.URI~(to-be!sure)&isn't+it$/crazy?,/;;*"));
    QCOMPARE(uri.password, QByteArray("&it+has=1,weird!*pas$wo~d_too.(doesn't-it)"));
    QCOMPARE(request.to()->displayName, QByteArray("BEL:\a NUL:\0 DEL:\x7f", 17));
    QCOMPARE(request.from()->displayName, QByteArray("token1~` token2'+_ token3*%!.-"));
    QCOMPARE(request.from()->tag(), QByteArray("_token~1'+`*%!-."));
    QCOMPARE(request.from()->params.size(), 2);
    QCOMPARE(request.headers.first("extensionHeader-!.%*+_`'~"),
             QByteArrayView("\xef\xbb\xbf\xe5\xa4\xa7\xe5\x81\x9c\xe9\x9b\xbb"));
}

void Rfc4475Test::escapes()
{
    const Request esc01 = acceptedRequest(rfc4475(QStringLiteral("esc01")));
    QCOMPARE(esc01.uri()->userDecoded(), QByteArray("sips:user@example.com"));
    QCOMPARE(esc01.uri()->host, QByteArray("example.net"));
    const Request escnull = acceptedRequest(rfc4475(QStringLiteral("escnull")));
    QCOMPARE(escnull.contacts().at(1).uri.userDecoded(), QByteArray("\0\0", 2));
    const Request esc02 = acceptedRequest(rfc4475(QStringLiteral("esc02")));
    QCOMPARE(esc02.kind(), Method::Other);
    QCOMPARE(esc02.contacts().size(), 2);
    QCOMPARE(esc02.from()->displayName, QByteArray("%Z%45"));
    const Request semiuri = acceptedRequest(rfc4475(QStringLiteral("semiuri")));
    QCOMPARE(semiuri.uri()->userDecoded(), QByteArray("user;par=u@example.net"));
    QVERIFY(semiuri.accepts("message/sip") && !semiuri.accepts("text/plain"));
}

void Rfc4475Test::bodies()
{
    const Request mpart = acceptedRequest(rfc4475(QStringLiteral("mpart01")));
    QCOMPARE(mpart.body.size(), 553);
    QVERIFY(mpart.body.contains('\0'));
    QCOMPARE(mpart.contentTypeParam("boundary"), QByteArray("7a9cbec02ceef655"));
    const Request dblreq = acceptedRequest(rfc4475(QStringLiteral("dblreq")));
    QCOMPARE(dblreq.kind(), Method::Register);
    QVERIFY(dblreq.body.isEmpty());
    const Request old = acceptedRequest(rfc4475(QStringLiteral("inv2543")));
    QVERIFY(old.body.endsWith("m=audio 49217 RTP/AVP 0\r\n"));
    QVERIFY(old.topVia()->branch().isEmpty() && old.from()->tag().isEmpty());
}

void Rfc4475Test::addresses()
{
    const Request cparam01 = acceptedRequest(rfc4475(QStringLiteral("cparam01")));
    QVERIFY(cparam01.contacts().first().params.has("unknownparam"));
    QVERIFY(cparam01.contacts().first().uri.params.isEmpty());
    const Request cparam02 = acceptedRequest(rfc4475(QStringLiteral("cparam02")));
    QVERIFY(cparam02.contacts().first().uri.params.has("unknownparam"));
    const Request regescrt = acceptedRequest(rfc4475(QStringLiteral("regescrt")));
    QCOMPARE(regescrt.contacts().first().uri.headers,
             QByteArray("Route=%3Csip:sip.example.com%3E"));
    QVERIFY(regescrt.routes().isEmpty());
    QCOMPARE(acceptedRequest(rfc4475(QStringLiteral("longreq"))).vias().size(), 34);
    QCOMPARE(acceptedResponse(rfc4475(QStringLiteral("bcast"))).vias().size(), 2);
}

QTEST_GUILESS_MAIN(Rfc4475Test)
#include "tst_rfc4475.moc"
