// What people are told of a registration that fails: what it means, and what to do.
#include "RegistrationFixture.h"
#include "sip/ua/RegistrationProblem.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Registration::State;

class RegistrationProblemTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void refusals_data();
    void refusals();
    void nothingOfTheServerIsPrintedRaw();
    void silenceNamesThePort();
    void silenceOfAName();
    void missingPasswordIsNamed();
};

void RegistrationProblemTest::refusals_data()
{
    QTest::addColumn<int>("code");
    QTest::addColumn<QByteArray>("headers");
    QTest::addColumn<QStringList>("words");
    const auto row = [](const char* name, int code, const char* headers, const QStringList& words) {
        QTest::newRow(name) << code << QByteArray(headers) << words;
    };
    row("3261 10.2.8 too brief, more than is granted at once", 423, "Min-Expires: 700000\r\n",
        {QStringLiteral("at least 700000 s"), QStringLiteral("423 Interval Too Brief"),
         QStringLiteral("expiry")});
    row("too brief without a word how long", 423, "",
        {QStringLiteral("does not say how long"), QStringLiteral("expiry")});
    row("3261 21.3.3 moved", 302, "Contact: <sip:100@other.example:5070>\r\n",
        {QStringLiteral("sends us to other.example:5070"), QStringLiteral("registrar"),
         QStringLiteral("302")});
    row("moved to nowhere", 302, "", {QStringLiteral("does not say where")});
    row("forbidden", 403, "",
        {QStringLiteral("'100'"), QStringLiteral("403 Forbidden"), QStringLiteral("password"),
         QStringLiteral("how many telephones")});
    row("unknown", 404, "",
        {QStringLiteral("no '100' at 192.0.2.9"), QStringLiteral("user name and domain")});
    row("no registrar", 405, "", {QStringLiteral("takes no registrations")});
    row("out of order", 500, "", {QStringLiteral("at present (500")});
    row("anything else", 488, "", {QStringLiteral("refuses to register '100' (488")});
}

void RegistrationProblemTest::refusals()
{
    QFETCH(int, code);
    QFETCH(QByteArray, headers);
    QFETCH(QStringList, words);
    RegistrationFixture r;
    r.start();
    r.reply(replyTo(r.take(), code, "reg", headers));
    QCOMPARE(r.state(), State::Failed);
    QCOMPARE(r.status().code, code);
    for (const QString& word : std::as_const(words)) {
        QVERIFY2(r.status().problem.contains(word), qPrintable(r.status().problem));
    }
}

void RegistrationProblemTest::nothingOfTheServerIsPrintedRaw()
{
    sip::Response response;
    response.statusCode = 302;
    response.reasonPhrase = QByteArray(5000, 'x') + "\x1b[31m";
    response.headers.add("Contact", "<sip:" + QByteArray(5000, 'y') + ">");
    const QString told =
        sip::RegistrationProblem::ofRefusal(response, *sip::Uri::parse("sip:100@192.0.2.9"));
    QVERIFY(told.size() < 400);
    QVERIFY(!told.contains(QChar(0x1b)));
}

void RegistrationProblemTest::silenceNamesThePort()
{
    sip::Registration::Config config = RegistrationFixture::usual();
    config.registrar = *sip::Uri::parse("sip:192.0.2.9:5071");
    RegistrationFixture r(config);
    r.start();
    r.f.advance(33s);
    QCOMPARE(r.state(), State::Failed);
    QVERIFY2(
        r.status().problem.startsWith(u"the server 192.0.2.9:5071 does not answer over UDP: check"),
        qPrintable(r.status().problem));
    QCOMPARE(r.status().tried->remote.toString(), QByteArray("192.0.2.9:5071"));
    QVERIFY(!r.status().server); // that answered
}

void RegistrationProblemTest::silenceOfAName()
{
    sip::Hop tried{base::Endpoint(*base::IpAddress::parse("2001:db8::9"), 5061)};
    tried.kind = sip::TransportKind::Tls;
    const QString told =
        sip::RegistrationProblem::ofSilence(*sip::Uri::parse("sip:pbx.example"), tried);
    QVERIFY2(
        told.startsWith(u"the server pbx.example ([2001:db8::9]:5061) does not answer over TLS"),
        qPrintable(told));
}

void RegistrationProblemTest::missingPasswordIsNamed()
{
    RegistrationFixture r;
    r.credentials->setCredentials({QStringLiteral("100"), {}});
    r.start();
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n", "home")));
    QCOMPARE(r.status().problem,
             QStringLiteral("the server asks for a password for 'home', and none is known: set the "
                            "account's password"));
}

QTEST_GUILESS_MAIN(RegistrationProblemTest)
#include "tst_registration_problem.moc"
