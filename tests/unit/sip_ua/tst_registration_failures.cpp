// Registration where things go wrong: refusals, silence, rubbish, wrong passwords; what is said and
// when it is tried again (RFC 5626 section 4.5).
#include "RegistrationFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Registration::State;

class RegistrationFailuresTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void intervalTooBriefIsRaised();
    void intervalTooBriefEndsAfterTwo();
    void backOffGrowsAndStaysBounded();
    void retryAfterOfTheServerCounts_data();
    void retryAfterOfTheServerCounts();
    void successResetsBackOff();
    void refreshNowDuringBackOff();
    void failedRefreshKeepsTheBindingWhileItLasts();
    void silentServer();
    void silentServerIsLeftForTheNext();
    void overloadedServerIsLeftForTheNext();
    void wrongPasswordWaitsLong();
    void withoutPassword();
    void yesWithoutBinding();
    void nameThatIsNone();
    void refusalIsASentence();
    void gone();
};

namespace {
int refuseAndWait(RegistrationFixture& r, int code, const QByteArray& more = {},
                  int most = 2 * 3600)
{
    r.reply(replyTo(r.take(), code, "reg", more));
    return r.secondsToNext(most);
}
} // namespace

void RegistrationFailuresTest::intervalTooBriefIsRaised()
{
    RegistrationFixture r;
    r.start();
    r.reply(replyTo(r.take(), 423, "reg", "Min-Expires: 1800\r\n"));
    const sip::Request second = r.take();
    QCOMPARE(second.expires(), std::optional<quint32>(1800));
    QCOMPARE(second.contacts().first().params.find("expires")->toByteArray(), QByteArray("1800"));
    r.grant(second, 1800);
    QVERIFY(r.secondsToNext(1800) >= 1440);
    QCOMPARE(r.take().expires(), std::optional<quint32>(1800)); // not asked for less again
}

void RegistrationFailuresTest::intervalTooBriefEndsAfterTwo()
{
    RegistrationFixture r;
    r.start();
    for (const char* brief : {"Min-Expires: 700\r\n", "Min-Expires: 800\r\n"}) {
        r.reply(replyTo(r.take(), 423, "reg", brief));
        QCOMPARE(r.f.peer.waiting(), 1);
    }
    r.reply(replyTo(r.take(), 423, "reg", "Min-Expires: 900\r\n"));
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(r.state(), State::Failed);
    // One that asks for no more than we did, or for nothing, is refused at once.
    for (const char* senseless : {"Min-Expires: 600\r\n", "", "Min-Expires: 4294967295\r\n"}) {
        RegistrationFixture other;
        other.start();
        other.reply(replyTo(other.take(), 423, "reg", senseless));
        QCOMPARE(other.state(), State::Failed);
        QCOMPARE(other.f.peer.waiting(), 0);
    }
}

void RegistrationFailuresTest::backOffGrowsAndStaysBounded()
{
    RegistrationFixture r;
    r.start();
    int most = 30;
    for (int i = 0; i < 12; ++i) {
        const int waited = refuseAndWait(r, 500);
        QVERIFY2(waited >= most / 2 && waited <= most + 1, qPrintable(QString::number(waited)));
        most = std::min(2 * most, 1800);
    }
    QCOMPARE(most, 1800);
}

void RegistrationFailuresTest::retryAfterOfTheServerCounts_data()
{
    QTest::addColumn<QByteArray>("header");
    QTest::addColumn<int>("atLeast");
    QTest::addColumn<int>("atMost");
    QTest::newRow("longer than ours") << QByteArray("Retry-After: 300\r\n") << 300 << 301;
    QTest::newRow("with a comment")
        << QByteArray("Retry-After: 120 (maintenance);duration=60\r\n") << 120 << 121;
    QTest::newRow("shorter than ours") << QByteArray("Retry-After: 1\r\n") << 15 << 31;
    QTest::newRow("beyond a day") << QByteArray("Retry-After: 4000000000\r\n") << 86400 << 86401;
    QTest::newRow("rubbish") << QByteArray("Retry-After: soon\r\n") << 15 << 31;
}

void RegistrationFailuresTest::retryAfterOfTheServerCounts()
{
    QFETCH(QByteArray, header);
    QFETCH(int, atLeast);
    QFETCH(int, atMost);
    RegistrationFixture r;
    r.start();
    const int waited = refuseAndWait(r, 503, header, 100'000);
    QVERIFY2(waited >= atLeast && waited <= atMost, qPrintable(QString::number(waited)));
}

void RegistrationFailuresTest::successResetsBackOff()
{
    RegistrationFixture r;
    r.start();
    for (int i = 0; i < 4; ++i) {
        refuseAndWait(r, 500);
    }
    r.grant(r.take(), 100);
    r.secondsToNext(100);
    QVERIFY(refuseAndWait(r, 500) <= 31);
}

void RegistrationFailuresTest::refreshNowDuringBackOff()
{
    RegistrationFixture r;
    r.start();
    for (int i = 0; i < 5; ++i) {
        refuseAndWait(r, 500);
    }
    r.reply(replyTo(r.take(), 500, "reg"));
    QVERIFY(r.status().nextTryAt > r.now());
    r.registration->refreshNow();
    QCOMPARE(r.state(), State::Registering);
    QVERIFY(r.status().nextTryAt == base::TimePoint());
    r.f.run();
    QVERIFY(refuseAndWait(r, 500) <= 31); // and the back-off begins anew
}

void RegistrationFailuresTest::failedRefreshKeepsTheBindingWhileItLasts()
{
    RegistrationFixture r;
    r.registerFor(600);
    r.secondsToNext(600);
    r.reply(replyTo(r.take(), 500, "reg"));
    QCOMPARE(r.state(), State::Failed);
    QVERIFY(r.status().isBound(r.now()));
    QVERIFY(r.secondsToNext(100) <= 31);
    r.grant(r.take(), 600);
    QCOMPARE(r.state(), State::Registered);
}

void RegistrationFailuresTest::silentServer()
{
    RegistrationFixture r;
    r.start();
    r.f.advance(33s);
    QCOMPARE(r.state(), State::Failed);
    QCOMPARE(r.status().code, 408);
    QVERIFY(r.status().problem.contains(QStringLiteral("192.0.2.9")));
    QVERIFY(r.status().nextTryAt > r.now());
    r.f.peer.takeRequests();
    QVERIFY(r.secondsToNext(60) >= 14);
}

void RegistrationFailuresTest::silentServerIsLeftForTheNext()
{
    RegistrationFixture r;
    const base::Endpoint dead(*base::IpAddress::parse("192.0.2.8"), 5060);
    const auto registration = std::make_shared<sip::Registration>(
        r.slowCore, RegistrationFixture::usual(), nullptr, [] {});
    registration->start();
    r.slow.answer({sip::Hop{dead}, sip::Hop{r.f.peer.local()}});
    r.f.advance(5900ms);
    QCOMPARE(r.f.peer.waiting(), 0);
    r.f.advance(200ms);
    QCOMPARE(r.slow.failed, std::vector<base::Endpoint>{dead});
    r.grant(r.take(), 600);
    QCOMPARE(registration->status().state, State::Registered);
    QCOMPARE(registration->status().server->remote, r.f.peer.local());
    // The one that has the binding is asked first from now on.
    registration->refreshNow();
    r.slow.answer({sip::Hop{dead}, sip::Hop{r.f.peer.local()}});
    r.f.run();
    QCOMPARE(r.take().method, QByteArray("REGISTER"));
}

void RegistrationFailuresTest::overloadedServerIsLeftForTheNext()
{
    RegistrationFixture r;
    SipPeer second(r.f.network, {*base::IpAddress::parse("192.0.2.10"), 5060},
                   {*base::IpAddress::parse("192.0.2.1"), 5062});
    const auto registration = std::make_shared<sip::Registration>(
        r.slowCore, RegistrationFixture::usual(), nullptr, [] {});
    registration->start();
    r.slow.answer({sip::Hop{r.f.peer.local()}, sip::Hop{second.local()}});
    r.f.run();
    r.reply(replyTo(r.take(), 503, "reg", "Retry-After: 1000\r\n"));
    QCOMPARE(second.takeRequest().method, QByteArray("REGISTER"));
}

void RegistrationFailuresTest::wrongPasswordWaitsLong()
{
    RegistrationFixture r;
    r.start();
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n1", "home")));
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n2", "home")));
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(r.state(), State::Failed);
    QCOMPARE(r.status().code, 401);
    QVERIFY(r.status().problem.contains(QStringLiteral("'home'")));
    QVERIFY(r.status().problem.contains(QStringLiteral("password")));
    QVERIFY(r.secondsToNext(3600) >= 1799); // or the server locks us out
    QVERIFY(!r.take().headers.has("Authorization"));
}

void RegistrationFailuresTest::withoutPassword()
{
    RegistrationFixture r;
    r.credentials->setCredentials({QStringLiteral("100"), QString()});
    r.start();
    r.reply(replyTo(r.take(), 401, "reg", challengeLine("n1")));
    QCOMPARE(r.f.peer.waiting(), 0);
    QCOMPARE(r.state(), State::Failed);
    QVERIFY(r.status().problem.contains(QStringLiteral("none is known")));
}

void RegistrationFailuresTest::yesWithoutBinding()
{
    RegistrationFixture r;
    r.start();
    r.grant(r.take(), 0);
    QCOMPARE(r.state(), State::Failed);
    QVERIFY(r.status().problem.contains(QStringLiteral("keeps no binding")));
    QVERIFY(!r.status().isBound(r.now()));
    const int next = r.secondsToNext(100);
    QVERIFY(next >= 14 && next <= 31);
}

void RegistrationFailuresTest::nameThatIsNone()
{
    sip::Registration::Config config = RegistrationFixture::usual();
    config.registrar = *sip::Uri::parse("sip:224.0.0.1");
    RegistrationFixture r(config);
    r.start();
    QCOMPARE(r.state(), State::Failed);
    QCOMPARE(r.status().code, 0);
    QVERIFY(r.status().problem.contains(QStringLiteral("224.0.0.1")));
    QVERIFY(r.status().nextTryAt > r.now());
}

void RegistrationFailuresTest::refusalIsASentence()
{
    RegistrationFixture r;
    r.start();
    QByteArray bytes = replyTo(r.take(), 403, "reg");
    r.reply(bytes.replace("403 Forbidden", "403 Not\x1b[31m here"));
    QCOMPARE(r.status().code, 403);
    QVERIFY(r.status().problem.contains(QStringLiteral("403 Not")));
    QVERIFY(!r.status().problem.contains(QChar(0x1b)));
}

void RegistrationFailuresTest::gone()
{
    // Let go of at any time: no timer and no answer may find it.
    for (int step = 0; step < 4; ++step) {
        RegistrationFixture r;
        r.start();
        const sip::Request request = r.take();
        if (step == 0) {
            r.registration.reset();
        }
        r.f.peer.send(replyTo(request, step == 2 ? 401 : 200, "reg", challengeLine("n")));
        if (step == 1) {
            r.registration.reset();
        }
        r.f.run();
        r.registration.reset();
        r.f.advance(3000s);
        QCOMPARE(r.f.transactions.size(), std::size_t(0));
    }
}

QTEST_GUILESS_MAIN(RegistrationFailuresTest)
#include "tst_registration_failures.moc"
