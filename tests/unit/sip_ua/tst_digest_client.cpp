// A request's way through challenges: which is answered, how often, and what is said when it ends.
#include "DigestFixture.h"

#include <QTest>

using namespace hs;
using namespace hs::sip;
using namespace hs::test;
using Verdict = ChallengedRequest::Verdict;

class DigestClientTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void nonceIsUsedAgainWithRisingCount();
    void staleNonceIsReplaced();
    void newNonceWithoutStaleAfterReuseIsNoRefusal();
    void secondChallengeForTheSameRequestIsARefusal();
    void refusedPasswordIsNotSentAgainUnasked();
    void unknownAlgorithmBeforeAKnownOne();
    void strongerAlgorithmIsTaken_data();
    void strongerAlgorithmIsTaken();
    void registrarBehindAProxy();
    void whatTheRegistrarWantsIsNobodyElses();
    void twoRealmsInOneChallenge();
    void neverMoreThanFourRounds();
    void sessionKeepsItsFirstCnonce();
    void withoutPassword();
    void nothingAnswerable();
    void newCredentialsForgetOldNonces();
    void realmsAreBounded();
    void oldestRealmsGo();
    void sentencesNameTheRealm();
};

namespace {
QByteArray cnonceOf(const Request& request)
{
    const QByteArray value = authorization(request);
    return value.sliced(value.indexOf("cnonce="));
}
} // namespace

void DigestClientTest::nonceIsUsedAgainWithRisingCount()
{
    DigestFixture f;
    ChallengedRequest first(f.client);
    first.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).isEmpty());
    QCOMPARE(first.answer(f.request, challenge({simple("n1")}), pbx), Verdict::TryAgain);
    QVERIFY(authorization(f.request).contains("nonce=\"n1\""));
    QVERIFY(authorization(f.request).contains("nc=00000001"));
    const QByteArray cnonce = cnonceOf(f.request);

    for (const char* count : {"nc=00000002", "nc=00000003"}) {
        ChallengedRequest next(f.client);
        next.prepare(f.request, pbx);
        QCOMPARE(f.request.headers.count(HeaderId::Authorization), 1);
        QVERIFY2(authorization(f.request).contains(count), count);
        QVERIFY(cnonceOf(f.request) != cnonce);
    }
}

void DigestClientTest::staleNonceIsReplaced()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("n1")}), pbx), Verdict::TryAgain);
    QCOMPARE(sent.answer(f.request, challenge({simple("n2", "stale=true")}), pbx),
             Verdict::TryAgain);
    QVERIFY(authorization(f.request).contains("nonce=\"n2\""));
    QVERIFY(authorization(f.request).contains("nc=00000001"));
}

void DigestClientTest::newNonceWithoutStaleAfterReuseIsNoRefusal()
{
    DigestFixture f;
    ChallengedRequest first(f.client);
    first.answer(f.request, challenge({simple("n1")}), pbx);
    ChallengedRequest next(f.client);
    next.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).contains("n1"));
    QCOMPARE(next.answer(f.request, challenge({simple("n2")}), pbx), Verdict::TryAgain);
    QVERIFY(authorization(f.request).contains("nonce=\"n2\""));
    QVERIFY(authorization(f.request).contains("nc=00000001"));
}

void DigestClientTest::secondChallengeForTheSameRequestIsARefusal()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("n1")}), pbx), Verdict::TryAgain);
    QCOMPARE(sent.answer(f.request, challenge({simple("n2")}), pbx), Verdict::WrongPassword);
}

void DigestClientTest::refusedPasswordIsNotSentAgainUnasked()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    sent.answer(f.request, challenge({simple("n1")}), pbx);
    sent.answer(f.request, challenge({simple("n2")}), pbx);
    // Each wrong try counts with the server: the next attempt makes one, not two.
    ChallengedRequest later(f.client);
    later.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).isEmpty());
}

void DigestClientTest::unknownAlgorithmBeforeAKnownOne()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    Response response = challenge({simple("n0", "algorithm=SHA-512-256"), simple("n1")});
    response.headers.prepend("WWW-Authenticate", "Bearer realm=\"pbx\"");
    QCOMPARE(sent.answer(f.request, response, pbx), Verdict::TryAgain);
    QCOMPARE(f.request.headers.count(HeaderId::Authorization), 1);
    QVERIFY(authorization(f.request).contains("nonce=\"n1\""));
}

void DigestClientTest::strongerAlgorithmIsTaken_data()
{
    QTest::addColumn<QList<QByteArray>>("offered");
    const QByteArray md5 = simple("weak", "algorithm=MD5");
    const QByteArray sha = simple("strong", "algorithm=SHA-256");
    QTest::newRow("RFC 8760 2.4 order of the server") << QList<QByteArray>{sha, md5};
    QTest::newRow("the other order") << QList<QByteArray>{md5, sha};
    QTest::newRow("no algorithm is the weak one") << QList<QByteArray>{simple("weak"), sha};
}

void DigestClientTest::strongerAlgorithmIsTaken()
{
    QFETCH(QList<QByteArray>, offered);
    DigestFixture f;
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge(offered), pbx), Verdict::TryAgain);
    QCOMPARE(f.request.headers.count(HeaderId::Authorization), 1);
    QVERIFY(authorization(f.request).contains("nonce=\"strong\""));
    QVERIFY(authorization(f.request).contains("algorithm=SHA-256"));
}

void DigestClientTest::registrarBehindAProxy()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("p1", {}, "proxy")}, 407), pbx),
             Verdict::TryAgain);
    QVERIFY(authorization(f.request, HeaderId::ProxyAuthorization).contains("nonce=\"p1\""));
    QVERIFY(authorization(f.request).isEmpty());
    QCOMPARE(sent.answer(f.request, challenge({simple("n1")}), pbx), Verdict::TryAgain);
    QVERIFY(authorization(f.request).contains("nonce=\"n1\""));
    const QByteArray proxy = authorization(f.request, HeaderId::ProxyAuthorization);
    QVERIFY(proxy.contains("nonce=\"p1\"") && proxy.contains("nc=00000002"));
}

void DigestClientTest::whatTheRegistrarWantsIsNobodyElses()
{
    // RFC 3261 section 22.2: a called party would get it by way of the proxies.
    DigestFixture f;
    f.request.headers.add("To", "<sip:200@pbx.example>");
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("r")}), pbx), Verdict::TryAgain);
    QCOMPARE(sent.answer(f.request, challenge({simple("p")}, 407), pbx), Verdict::TryAgain);

    Request invite;
    invite.method = "INVITE";
    invite.requestUri = "sip:201@pbx.example";
    invite.headers.add("To", "<sip:201@pbx.example>");
    ChallengedRequest call(f.client);
    call.prepare(invite, pbx);
    QVERIFY(authorization(invite).isEmpty());
    QVERIFY(authorization(invite, HeaderId::ProxyAuthorization).contains("nonce=\"p\""));
    // Its own far end may ask too, and the next REGISTER still has what is wanted there.
    QCOMPARE(call.answer(invite, challenge({simple("i")}), pbx), Verdict::TryAgain);
    QVERIFY(authorization(invite).contains("nonce=\"i\""));
    ChallengedRequest next(f.client);
    next.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).contains("nonce=\"r\""));
}

void DigestClientTest::twoRealmsInOneChallenge()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    const auto both = challenge({simple("a1", {}, "a"), simple("b1", {}, "b")}, 407);
    QCOMPARE(sent.answer(f.request, both, pbx), Verdict::TryAgain);
    QCOMPARE(f.request.headers.count(HeaderId::ProxyAuthorization), 2);
}

void DigestClientTest::neverMoreThanFourRounds()
{
    DigestFixture f;
    ChallengedRequest sent(f.client);
    for (int i = 0; i < 4; ++i) {
        const QByteArray nonce = QByteArray::number(i);
        QCOMPARE(sent.answer(f.request, challenge({simple(nonce, "stale=true")}), pbx),
                 Verdict::TryAgain);
    }
    QCOMPARE(sent.answer(f.request, challenge({simple("n", "stale=true")}), pbx),
             Verdict::WrongPassword);
}

void DigestClientTest::sessionKeepsItsFirstCnonce()
{
    // RFC 7616 section 3.4.2: A1 is made once, with the first cnonce of the session. Servers that
    // make it anew each time get the same one too.
    DigestFixture f;
    ChallengedRequest first(f.client);
    first.answer(f.request, challenge({simple("n1", "algorithm=MD5-sess")}), pbx);
    const QByteArray cnonce = cnonceOf(f.request);
    ChallengedRequest next(f.client);
    next.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).contains("nc=00000002"));
    QCOMPARE(cnonceOf(f.request), cnonce);
    QCOMPARE(next.answer(f.request, challenge({simple("n2", "algorithm=MD5-sess")}), pbx),
             Verdict::TryAgain);
    QVERIFY(cnonceOf(f.request) != cnonce);
}

void DigestClientTest::withoutPassword()
{
    DigestFixture f;
    f.client->setCredentials({QStringLiteral("100"), QString()});
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge({simple("n1")}), pbx), Verdict::NoCredentials);
    ChallengedRequest nobody(nullptr);
    nobody.prepare(f.request, pbx);
    QCOMPARE(nobody.answer(f.request, challenge({simple("n1")}), pbx), Verdict::NoCredentials);
    QVERIFY(authorization(f.request).isEmpty());
}

void DigestClientTest::nothingAnswerable()
{
    DigestFixture f;
    for (const QList<QByteArray>& offered :
         {QList<QByteArray>{}, {"rubbish"}, {simple("n", "algorithm=AKAv1-MD5")}}) {
        ChallengedRequest sent(f.client);
        QCOMPARE(sent.answer(f.request, challenge(offered), pbx), Verdict::Unanswerable);
    }
    // The wrong header for the code.
    ChallengedRequest sent(f.client);
    Response response = challenge({simple("n")}, 407);
    response.statusCode = 401;
    QCOMPARE(sent.answer(f.request, response, pbx), Verdict::Unanswerable);
}

void DigestClientTest::newCredentialsForgetOldNonces()
{
    DigestFixture f;
    ChallengedRequest first(f.client);
    first.answer(f.request, challenge({simple("n1")}), pbx);
    f.client->setCredentials({QStringLiteral("100"), QStringLiteral("other")});
    ChallengedRequest next(f.client);
    next.prepare(f.request, pbx);
    QVERIFY(authorization(f.request).isEmpty());
}

void DigestClientTest::realmsAreBounded()
{
    DigestFixture f;
    QList<QByteArray> offered;
    for (int i = 0; i < 100; ++i) {
        offered << simple("n", {}, "realm" + QByteArray::number(i));
    }
    ChallengedRequest sent(f.client);
    QCOMPARE(sent.answer(f.request, challenge(offered), pbx), Verdict::TryAgain);
    QVERIFY(f.request.headers.count(HeaderId::Authorization) <= 8);
}

void DigestClientTest::oldestRealmsGo()
{
    DigestFixture f;
    const auto ask = [&f](const QByteArray& name, int count) {
        QList<QByteArray> offered;
        for (int i = 0; i < count; ++i) {
            offered << simple("n", {}, name + QByteArray::number(i));
        }
        ChallengedRequest sent(f.client);
        sent.answer(f.request, challenge(offered), pbx);
    };
    ask("a", 8);
    ask("b", 4);
    ask("c", 8); // whatever else is known, the answer to a challenge is whole
    int answered = 0;
    for (const QByteArrayView value : f.request.headers.all(HeaderId::Authorization)) {
        answered += value.contains("realm=\"c") ? 1 : 0;
    }
    QCOMPARE(answered, 8);
}

void DigestClientTest::sentencesNameTheRealm()
{
    const Response response = challenge({simple("n1", {}, "pbx\xe2\x80\xae")});
    for (const Verdict verdict : {Verdict::WrongPassword, Verdict::NoCredentials}) {
        const QString text = ChallengedRequest::sentence(verdict, response);
        QVERIFY(text.contains(QStringLiteral("'pbx")));
        QVERIFY(!text.contains(QChar(0x202e)));
        QVERIFY(text.contains(QStringLiteral("password")));
    }
    QVERIFY(ChallengedRequest::sentence(Verdict::Unanswerable, response)
                .contains(QStringLiteral("SHA-256")));
    // Of 407 the proxy's realm, whatever else stands there.
    Response both = challenge({simple("n1", {}, "proxy")}, 407);
    both.headers.add("WWW-Authenticate", "Digest " + simple("n2", {}, "other"));
    QVERIFY(ChallengedRequest::sentence(Verdict::WrongPassword, both)
                .contains(QStringLiteral("'proxy'")));
    both.statusCode = 401;
    QVERIFY(ChallengedRequest::sentence(Verdict::WrongPassword, both)
                .contains(QStringLiteral("'other'")));
}

QTEST_GUILESS_MAIN(DigestClientTest)
#include "tst_digest_client.moc"
