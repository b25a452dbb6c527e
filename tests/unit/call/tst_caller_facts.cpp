#include "ParsedRequest.h"
#include "call/CallerFacts.h"
#include "call/DialTarget.h"

#include <QTest>

using namespace hs;
using namespace hs::test;

class CallerFactsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void caller_data();
    void caller();
    void displayNameIsMadeFitToShow();
    void connectedParty_data();
    void connectedParty();
    void diversion_data();
    void diversion();
    void autoAnswer_data();
    void autoAnswer();
    void longHistoryIsRead();
};

void CallerFactsTest::caller_data()
{
    QTest::addColumn<QByteArray>("from");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<bool>("trusted");
    QTest::addColumn<QString>("number");
    QTest::addColumn<QString>("name");
    const QByteArray lin = "\"Lin\" <sip:200@example.com>;tag=a";
    const QByteArray anonymous = "\"Anonymous\" <sip:anonymous@anonymous.invalid>;tag=a";
    const auto row = [](const char* name, const QByteArray& from, const QByteArray& headers,
                        bool trusted, const char* number, const char* shown) {
        QTest::newRow(name) << from << headers << trusted << QString::fromUtf8(number)
                            << QString::fromUtf8(shown);
    };
    row("3261 20.20 From", lin, {}, true, "200", "Lin");
    row("3261 20.20 From without a name", "<sip:200@example.com>;tag=a", {}, false, "200", "");
    row("3261 19.1.1 escapes are resolved", "<sip:%2B49@x.example>;tag=a", {}, false, "+49", "");
    row("3966 tel parameters are no digits", "<tel:+4930123;phone-context=a>;tag=a", {}, false,
        "+4930123", "");
    const QByteArray pai = "P-Asserted-Identity: \"Wang\" <sip:300@pbx.example>\r\n";
    row("3325 9.1 asserted by who is trusted", lin, pai, true, "300", "Wang");
    row("3325 9.1 asserted by a stranger", lin, pai, false, "200", "Lin");
    row("3325 9.1 name stays From's where none is asserted", lin,
        "P-Asserted-Identity: <tel:+4930123>\r\n", true, "+4930123", "Lin");
    row("3325 9.1 the first of two that can be called", lin,
        "P-Asserted-Identity: <http://x.example>, <sip:300@a.example>, <tel:+49301>\r\n", true,
        "300", "Lin");
    row("3325 9.1 malformed is passed over", lin, "P-Asserted-Identity: <<<\r\n", true, "200",
        "Lin");
    row("3323 4.1.1.3 asserted for an anonymous From", anonymous, pai, true, "300", "Wang");
    row("3323 4.1.1.3 nobody is named Anonymous by From", anonymous,
        "P-Asserted-Identity: <sip:300@pbx.example>\r\n", true, "300", "");
    const QByteArray rpid = "Remote-Party-ID: \"Wu\" <sip:400@pbx.example>;party=calling\r\n";
    row("RPID by who is trusted", lin, rpid, true, "400", "Wu");
    row("RPID by a stranger", lin, rpid, false, "200", "Lin");
    row("RPID without party is the caller", lin, "Remote-Party-ID: <sip:400@pbx.example>\r\n", true,
        "400", "Lin");
    row("RPID of the called one", lin, "Remote-Party-ID: <sip:400@x.example>;party=called\r\n",
        true, "200", "Lin");
    row("RPID of both, the caller second", lin,
        "Remote-Party-ID: <sip:400@x.example>;party=called\r\n"
        "Remote-Party-ID: <sip:500@x.example>;party=calling\r\n",
        true, "500", "Lin");
    row("3325 before RPID", lin, rpid + pai, true, "300", "Wang");
}

void CallerFactsTest::caller()
{
    QFETCH(QByteArray, from);
    QFETCH(QByteArray, headers);
    QFETCH(bool, trusted);
    QFETCH(QString, number);
    QFETCH(QString, name);
    const call::CallerFacts facts = call::readCaller(inviteWith(headers, from), trusted);
    QCOMPARE(call::numberOf(facts.caller.uri, facts.displayName), number);
    QCOMPARE(facts.displayName, name);
    QCOMPARE(facts.isAnonymous, from.contains("anonymous.invalid"));
}

void CallerFactsTest::displayNameIsMadeFitToShow()
{
    const QByteArray from = "\"a\xe2\x80\xae" + QByteArray(5000, 'b') + "\" <sip:1@x>;tag=a";
    const call::CallerFacts facts = call::readCaller(inviteWith({}, from), false);
    QVERIFY(!facts.displayName.contains(QChar(0x202e)));
    QVERIFY(facts.displayName.size() <= 140);
}

void CallerFactsTest::connectedParty_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("number"); // empty: nobody is named
    const auto row = [](const char* name, const QByteArray& headers, const char* number) {
        QTest::newRow(name) << headers << QString::fromUtf8(number);
    };
    row("none", {}, "");
    row("3325 9.2 asserted", "P-Asserted-Identity: \"C\" <sip:300@pbx.example>\r\n", "300");
    row("3325 before RPID",
        "Remote-Party-ID: <sip:400@x>;party=called\r\nP-Asserted-Identity: <sip:300@x>\r\n", "300");
    row("RPID in what answers us", "Remote-Party-ID: <sip:400@x>;party=called\r\n", "400");
    row("RPID in what asks us", "Remote-Party-ID: <sip:400@x>;Party=Calling\r\n", "400");
    row("RPID without party", "Remote-Party-ID: <sip:400@x>\r\n", "400");
    row("RPID of neither", "Remote-Party-ID: <sip:400@x>;party=redirecting\r\n", "");
    row("malformed", "P-Asserted-Identity: <<<\r\nRemote-Party-ID: ;;\r\n", "");
}

void CallerFactsTest::connectedParty()
{
    QFETCH(QByteArray, headers);
    QFETCH(QString, number);
    const auto party = call::connectedParty(inviteWith(headers));
    QCOMPARE(party ? call::numberOf(party->uri, {}) : QString(), number);
}

void CallerFactsTest::diversion_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QString>("divertedBy");
    const auto row = [](const char* name, const QByteArray& headers, const char* number) {
        QTest::newRow(name) << headers << QString::fromUtf8(number);
    };
    row("none", {}, "");
    row("5806 4 Diversion", "Diversion: <sip:500@x.example>;reason=unconditional\r\n", "500");
    row("5806 4 topmost is the last",
        "Diversion: <sip:500@x>;reason=user-busy\r\n"
        "Diversion: <sip:600@x>;reason=no-answer\r\n",
        "500");
    row("5806 4 in one line", "Diversion: <sip:500@x>;reason=x, <sip:600@x>\r\n", "500");
    row("5806 4 tel", "Diversion: <tel:+49301>\r\n", "+49301");
    row("5806 4 malformed", "Diversion: <sip:>>\r\n", "");
    row("5806 before 7044",
        "History-Info: <sip:700@x>;index=1, <sip:100@x;cause=302>;index=1.1\r\n"
        "Diversion: <sip:500@x>\r\n",
        "500");
    row("7044 one entry came straight", "History-Info: <sip:700@x>;index=1\r\n", "");
    row("7044 10.3 mp names who was left",
        "History-Info: <sip:700@x>;index=1, <sip:800@x>;index=1.1;rc=1, "
        "<sip:100@x>;index=1.2;mp=1\r\n",
        "700");
    row("4458 cause in the new target",
        "History-Info: <sip:700@x>;index=1, <sip:100@x;cause=486>;index=1.1\r\n", "700");
    row("7544 entry behind the diversion is its registered contact",
        "History-Info: <sip:700@x>;index=1, <sip:100@x;cause=302>;index=1.1;mp=1, "
        "<sip:100@192.0.2.1>;index=1.1.1;rc=1.1\r\n",
        "700");
    row("4244 reason in the old target",
        "History-Info: <sip:700@x?Reason=SIP%3Bcause%3D302>;index=1, <sip:100@x>;index=1.1\r\n",
        "700");
    row("7544 4 a cause outweighs other tags",
        "History-Info: <sip:700@x>;index=1, <sip:100@x;cause=302>;index=1.1;np=1\r\n", "700");
    row("4244 reason in the old target, of the same user elsewhere",
        "History-Info: <sip:100@a?Reason=SIP%3Bcause%3D302>;index=1, <sip:100@b>;index=1.1\r\n",
        "100");
    row("7044 the last of two diversions",
        "History-Info: <sip:700@x>;index=1, <sip:750@x;cause=302>;index=1.1;mp=1, "
        "<sip:100@x;cause=408>;index=1.2;mp=1.1\r\n",
        "750");
    row("7044 10.1 a registered contact is no diversion",
        "History-Info: <sip:100@example.com>;index=1, <sip:k8s2@192.0.2.1>;index=1.1;rc=1\r\n", "");
    row("7044 10.1 the same user at another host is no diversion",
        "History-Info: <sip:100@example.com>;index=1, <sip:100@192.0.2.1>;index=1.1\r\n", "");
    row("7044 without tags another user is one",
        "History-Info: <sip:700@example.com>;index=1, <sip:100@192.0.2.1>;index=1.1\r\n", "700");
    row("3326 a cause that is no diversion",
        "History-Info: <sip:100@x?Reason=SIP%3Bcause%3D200>;index=1, "
        "<sip:100@192.0.2.1>;index=1.1\r\n",
        "");
    row("7044 malformed entries are passed over",
        "History-Info: <<>, <sip:700@x>;index=1, <sip:100@x;cause=302>;index=1.1\r\n", "700");
}

void CallerFactsTest::diversion()
{
    QFETCH(QByteArray, headers);
    QFETCH(QString, divertedBy);
    QCOMPARE(call::readCaller(inviteWith(headers), false).divertedBy, divertedBy);
}

void CallerFactsTest::autoAnswer_data()
{
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<int>("seconds"); // -1: it does not ask
    const auto row = [](const char* name, const QByteArray& headers, int seconds) {
        QTest::newRow(name) << headers << seconds;
    };
    row("none", {}, -1);
    row("Call-Info of Asterisk", "Call-Info: <sip:pbx.example>;answer-after=0\r\n", 0);
    row("Call-Info after some seconds", "Call-Info: <sip:pbx>;answer-after=5\r\n", 5);
    row("Call-Info with blanks and case", "Call-Info: <sip:pbx> ; Answer-After = 3\r\n", 3);
    row("Call-Info in quotes", "Call-Info: <sip:pbx>;answer-after=\"2\"\r\n", 2);
    row("Call-Info second of a list",
        "Call-Info: <http://x>;purpose=icon, "
        "<sip:pbx>;answer-after=4\r\n",
        4);
    row("Call-Info second line",
        "Call-Info: <http://x>;purpose=icon\r\nCall-Info: <sip:p>;answer-after=1\r\n", 1);
    row("Call-Info a minute at most", "Call-Info: <sip:pbx>;answer-after=4000000000\r\n", 60);
    row("Call-Info no number", "Call-Info: <sip:pbx>;answer-after=soon\r\n", -1);
    row("Call-Info empty number", "Call-Info: <sip:pbx>;answer-after=\r\n", -1);
    row("Call-Info beyond any number", "Call-Info: <sip:pbx>;answer-after=99999999999999\r\n", -1);
    row("Call-Info in a URI it is none", "Call-Info: <http://x/answer-after=0>\r\n", -1);
    row("Call-Info of other things", "Call-Info: <http://x/a.png>;purpose=icon\r\n", -1);
    row("5373 4.3.1 Auto", "Answer-Mode: Auto\r\n", 0);
    row("5373 4.3.1 Auto;require", "Answer-Mode: Auto;require\r\n", 0);
    row("5373 4.3.1 case", "Answer-Mode: auTO\r\n", 0);
    row("5373 4.3.1 Manual", "Answer-Mode: Manual\r\n", -1);
    row("5373 4.3.1 unknown", "Answer-Mode: Automobile\r\n", -1);
    row("Alert-Info of Polycom", "Alert-Info: Auto Answer\r\n", 0);
    row("Alert-Info Ring Answer", "Alert-Info: Ring Answer\r\n", 0);
    row("Alert-Info of Grandstream", "Alert-Info: <http://x>;info=alert-autoanswer\r\n", 0);
    row("Alert-Info of Grandstream, delayed",
        "Alert-Info: <http://x>;info=alert-autoanswer;delay=3\r\n", 3);
    row("Alert-Info of Snom", "Alert-Info: <http://x>;info=alert-autoanswer;delay=0\r\n", 0);
    row("Alert-Info intercom", "Alert-Info: <sip:pbx>;info=intercom\r\n", 0);
    row("Alert-Info answer-after", "Alert-Info: <http://x>;answer-after=2\r\n", 2);
    row("Alert-Info a ring tone", "Alert-Info: <http://x/bell.wav>\r\n", -1);
    row("7462 a source", "Alert-Info: <urn:alert:source:external>\r\n", -1);
    row("Call-Info before Alert-Info",
        "Alert-Info: Auto Answer\r\nCall-Info: <sip:pbx>;answer-after=7\r\n", 7);
}

void CallerFactsTest::autoAnswer()
{
    QFETCH(QByteArray, headers);
    QFETCH(int, seconds);
    const auto wish = call::autoAnswerWish(inviteWith(headers));
    QCOMPARE(wish ? int(wish->count()) : -1, seconds);
}

// As many entries as a message may hold, of which the last names one that is not there.
void CallerFactsTest::longHistoryIsRead()
{
    QByteArray headers;
    for (int line = 0; line < 10; ++line) {
        headers += "History-Info: <sip:700@x>;index=1";
        for (int i = 0; i < 250; ++i) {
            headers += ",<sip:800@x>;index=2;mp=9";
        }
        headers += "\r\n";
    }
    QCOMPARE(call::readCaller(inviteWith(headers), false).divertedBy, QStringLiteral("800"));
}

QTEST_GUILESS_MAIN(CallerFactsTest)
#include "tst_caller_facts.moc"
