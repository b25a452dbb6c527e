#include "call/Redirection.h"
#include "sip/message/Parser.h"

#include <QTest>

using namespace hs;

class RedirectionTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void targets_data();
    void targets();
};

void RedirectionTest::targets_data()
{
    QTest::addColumn<QByteArray>("contacts"); // header lines
    QTest::addColumn<QByteArray>("targets"); // joined by blanks
    const auto row = [](const char* name, const char* contacts, const char* targets) {
        QTest::newRow(name) << QByteArray(contacts) << QByteArray(targets);
    };
    row("3261 21.3 none", "", "");
    row("3261 21.3 one", "Contact: <sip:a@x.example>\r\n", "sip:a@x.example");
    row("3261 8.1.3.4 by q, the best first",
        "Contact: <sip:a@x>;q=0.2, <sip:b@x>;q=0.9, <sip:c@x>;q=0.5\r\n",
        "sip:b@x sip:c@x sip:a@x");
    row("3261 8.1.3.4 without q is the best", "Contact: <sip:a@x>;q=0.9, <sip:b@x>\r\n",
        "sip:b@x sip:a@x");
    row("3261 8.1.3.4 equal q in their order",
        "Contact: <sip:a@x>;q=0.5\r\n"
        "Contact: <sip:b@x>;q=0.5\r\n",
        "sip:a@x sip:b@x");
    row("3261 25.1 q that is no qvalue is the last",
        "Contact: <sip:a@x>;q=nan, <sip:b@x>;q=0.1, <sip:c@x>;q=inf, <sip:d@x>;q=-1, "
        "<sip:e@x>;q=7, <sip:f@x>;q=x\r\n",
        "sip:b@x sip:a@x sip:c@x sip:d@x sip:e@x sip:f@x");
    row("3261 8.1.3.4 each once", "Contact: <sip:a@x>, <sip:b@x>, <sip:a@x>;q=0.3\r\n",
        "sip:a@x sip:b@x");
    row("3261 19.1.5 headers and method are not taken",
        "Contact: <sip:a@x;method=REGISTER;transport=tcp?Route=%3Csip:evil%3E>\r\n",
        "sip:a@x;transport=tcp");
    row("3261 21.3 other schemes can't be called",
        "Contact: <mailto:a@x>, <http://x/>, <sips:b@x>\r\n", "sips:b@x");
    row("3261 21.3 a telephone number can", "Contact: <tel:+49301>, <sip:b@x>\r\n",
        "tel:+49301 sip:b@x");
    row("3261 20.10 malformed is passed over", "Contact: <sip:a b>, <sip:b@x>\r\n", "sip:b@x");
    row("3261 20.10 the star is no address", "Contact: *\r\n", "");
    row("at most ten",
        "Contact: <sip:1@x>,<sip:2@x>,<sip:3@x>,<sip:4@x>,<sip:5@x>,<sip:6@x>,<sip:7@x>,"
        "<sip:8@x>,<sip:9@x>,<sip:10@x>,<sip:11@x>\r\n",
        "sip:1@x sip:2@x sip:3@x sip:4@x sip:5@x sip:6@x sip:7@x sip:8@x sip:9@x sip:10@x");
}

void RedirectionTest::targets()
{
    QFETCH(QByteArray, contacts);
    QFETCH(QByteArray, targets);
    const QByteArray text =
        "SIP/2.0 302 Moved\r\nVia: SIP/2.0/UDP 192.0.2.1;branch=z9hG4bK1\r\n"
        "From: <sip:a@b>;tag=a\r\nTo: <sip:c@d>;tag=b\r\nCall-ID: a\r\nCSeq: 1 INVITE\r\n"
        + contacts + "Content-Length: 0\r\n\r\n";
    const sip::Parsed parsed = sip::parseDatagram(text);
    const auto* response = std::get_if<sip::ParsedResponse>(&parsed);
    QVERIFY(response);
    QByteArrayList read;
    for (const sip::Uri& uri : call::redirectionTargets(response->response)) {
        read << uri.toBytes();
    }
    QCOMPARE(read.join(' '), targets);
}

QTEST_GUILESS_MAIN(RedirectionTest)
#include "tst_redirection.moc"
