// Registration over a connection (RFC 5626 section 4.5): when it is lost, and what is lost soon.
#include "RegistrationFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::test;
using namespace std::chrono_literals;
using State = sip::Registration::State;

class RegistrationFlowsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void lostAfterLongIsMadeAnewAtOnce();
    void lostSoonIsAFailure();
    void oneThatLastsEndsTheBackOff();
    void refreshesDontMakeItYounger();
    void anothersIsNoConcern();
};

namespace {
// Bound by a connection: what the hop says counts, the bytes go as ever.
struct Flow : RegistrationFixture {
    explicit Flow()
    {
        hop = sip::Hop{f.peer.local()};
        hop.kind = sip::TransportKind::Tcp;
        flow = std::make_shared<sip::Registration>(slowCore, config, credentials, [] {});
        flow->start();
    }
    // The name is found, the server says yes; -1 if nothing was asked within that time.
    int grantNext(int most)
    {
        slow.answer({hop});
        f.run();
        int waited = 0;
        while (f.peer.waiting() == 0 && waited++ < 4 * most) {
            f.advance(250ms);
            slow.answer({hop});
            f.run();
        }
        if (f.peer.waiting() == 0) {
            return -1;
        }
        grant(take(), 600);
        return waited / 4;
    }
    void close() { flow->onConnectionClosed(hop); }

    sip::Hop hop;
    std::shared_ptr<sip::Registration> flow;
};
} // namespace

void RegistrationFlowsTest::lostAfterLongIsMadeAnewAtOnce()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(61s);
    r.close();
    QCOMPARE(r.flow->status().state, State::Registered);
    QVERIFY(r.grantNext(2) >= 0);
}

void RegistrationFlowsTest::lostSoonIsAFailure()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    int most = 30;
    for (int i = 0; i < 8; ++i) {
        r.f.advance(50ms);
        r.close();
        QCOMPARE(r.flow->status().state, State::Failed);
        QVERIFY2(r.flow->status().problem.contains(u"192.0.2.9:5060 closes the connection"),
                 qPrintable(r.flow->status().problem));
        QVERIFY(r.flow->status().nextTryAt > r.now());
        const int waited = r.grantNext(3600);
        QVERIFY2(waited >= most / 2 && waited <= most + 1, qPrintable(QString::number(waited)));
        QCOMPARE(r.flow->status().state, State::Registered);
        most = std::min(2 * most, 1800);
    }
}

void RegistrationFlowsTest::oneThatLastsEndsTheBackOff()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    for (int i = 0; i < 4; ++i) {
        r.close();
        QVERIFY(r.grantNext(3600) >= 15);
    }
    r.f.advance(61s);
    r.close();
    QVERIFY(r.grantNext(2) >= 0);
    r.close();
    const int waited = r.grantNext(3600);
    QVERIFY2(waited >= 15 && waited <= 31, qPrintable(QString::number(waited)));
}

void RegistrationFlowsTest::refreshesDontMakeItYounger()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(50s);
    r.flow->refreshNow();
    QCOMPARE(r.grantNext(0), 0);
    r.f.advance(20s);
    r.close();
    QCOMPARE(r.flow->status().state, State::Registered);
}

void RegistrationFlowsTest::anothersIsNoConcern()
{
    Flow r;
    QCOMPARE(r.grantNext(0), 0);
    sip::Hop other = r.hop;
    other.kind = sip::TransportKind::Tls;
    r.flow->onConnectionClosed(other);
    other = r.hop;
    other.remote = base::Endpoint(*base::IpAddress::parse("192.0.2.8"), 5060);
    r.flow->onConnectionClosed(other);
    QCOMPARE(r.flow->status().state, State::Registered);
    QCOMPARE(r.grantNext(100), -1);
}

QTEST_GUILESS_MAIN(RegistrationFlowsTest)
#include "tst_registration_flows.moc"
