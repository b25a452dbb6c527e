#include "sip/message/ReasonHeader.h"

#include <QTest>

using hs::sip::ReasonHeader;

class ReasonHeaderTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void parse_data();
    void parse();
    void words_data();
    void words();
};

void ReasonHeaderTest::parse_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<int>("cause");
    QTest::addColumn<QString>("text");
    const auto row = [](const char* name, const char* value, int cause, const char* text) {
        QTest::newRow(name) << QByteArray(value) << cause << QString::fromUtf8(text);
    };
    row("RFC 3326 section 2", "SIP ;cause=200 ;text=\"Call completed elsewhere\"", 200,
        "Call completed elsewhere");
    row("another protocol's cause is none of SIP", "Q.850 ;cause=16 ;text=\"Terminated\"", 0,
        "Terminated");
    row("several values", "Q.850;cause=16;text=\"a, b\", SIP;cause=600", 600, "a, b");
    row("protocol without case", "sip;cause=487", 487, "");
    row("no cause", "SIP;text=\"x\"", 0, "x");
    row("no number", "SIP;cause=x", 0, "");
    row("no status code", "SIP;cause=99999", 0, "");
    row("malformed", ";;=,\"", 0, "");
    row("empty", "", 0, "");
}

void ReasonHeaderTest::parse()
{
    QFETCH(QByteArray, value);
    const ReasonHeader reason = ReasonHeader::parse(value);
    QTEST(reason.sipCause, "cause");
    QTEST(reason.text, "text");
}

void ReasonHeaderTest::words_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::addColumn<QString>("words");
    const auto row = [](const char* name, const char* value, const char* words) {
        QTest::newRow(name) << QByteArray(value) << QString::fromUtf8(words);
    };
    row("text says it", "Q.850;cause=16;text=\"Normal call clearing\"", "Normal call clearing");
    row("text of another value", "Q.850;cause=16, SIP;cause=480;text=\"gone\"", "gone");
    row("Q.850 cause alone", "Q.850 ; cause=16", "Normal call clearing");
    row("Q.850 protocol without case", "q.850;cause=17", "User busy");
    row("Q.850 cause that has no words", "Q.850;cause=99", "Q.850 cause 99");
    row("Q.850 has no such cause", "Q.850;cause=128", "");
    row("SIP cause alone", "SIP;cause=480", "Temporarily Unavailable");
    row("SIP before Q.850", "Q.850;cause=16, SIP;cause=480", "Temporarily Unavailable");
    row("another protocol", "X-OWN;cause=16", "");
    row("malformed", ";;=,\"", "");
    row("empty", "", "");
}

void ReasonHeaderTest::words()
{
    QFETCH(QByteArray, value);
    QTEST(ReasonHeader::parse(value).words(), "words");
}

QTEST_APPLESS_MAIN(ReasonHeaderTest)
#include "tst_reason_header.moc"
