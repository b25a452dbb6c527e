// Digest against the examples of the RFCs, and challenges as servers write them.
#include "sip/ua/Digest.h"

#include <QTest>

using namespace hs::sip;

class DigestTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void response_data();
    void response();
    void wholeValueOfRfc7616();
    void withoutQopThereIsNoCount();
    void userAndRealmAreQuotedAndHashedUnquoted();
    void nonceCountIsHexadecimal();
    void parsesWhatServersWrite_data();
    void parsesWhatServersWrite();
    void refusesWhatIsNone_data();
    void refusesWhatIsNone();
    void choice_data();
    void choice();
};

namespace {
const QByteArray rfc7616 = "Digest realm=\"http-auth@example.org\", "
                           "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                           "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\"";
const DigestCredentials mufasa{QStringLiteral("Mufasa"), QStringLiteral("Circle of Life")};

DigestInput input()
{
    return {"GET", "/dir/index.html", "hello", "f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ", 1};
}

std::optional<DigestChallenge> parsed(const QByteArray& value)
{
    return DigestChallenge::parse(value);
}

QByteArray responseIn(const QByteArray& value)
{
    const qsizetype start = value.indexOf("response=\"") + 10;
    return value.sliced(start, value.indexOf('"', start) - start);
}
} // namespace

void DigestTest::response_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("expected");
    QTest::newRow("7616 3.9.1 MD5 auth") << QByteArray("algorithm=MD5, qop=\"auth, auth-int\"")
                                         << QByteArray("8ca523f5e9506fed4657c9700eebdbec");
    QTest::newRow("7616 3.9.1 SHA-256 auth")
        << QByteArray("algorithm=SHA-256, qop=\"auth, auth-int\"")
        << QByteArray("753927fa0e85d155564e2e272a28d1802ca10daf4496794697cf8db5856cb6c1");
    QTest::newRow("no algorithm is MD5")
        << QByteArray("qop=auth") << QByteArray("8ca523f5e9506fed4657c9700eebdbec");
    QTest::newRow("MD5 auth-int hashes the body") << QByteArray("algorithm=md5, qop=\"auth-int\"")
                                                  << QByteArray("1707eaf5c6ed1a8f6ff2e49286b06bc2");
    QTest::newRow("SHA-256 auth-int hashes the body")
        << QByteArray("algorithm=SHA-256, qop=\"auth-int\"")
        << QByteArray("887bb8d7a6c4cc95528278df0ec68f641244105a1d6a3aa8769488086b20e097");
    QTest::newRow("MD5-sess") << QByteArray("algorithm=MD5-sess, qop=\"auth\"")
                              << QByteArray("e783283f46242139c486a698fec7211d");
    QTest::newRow("SHA-256-sess")
        << QByteArray("algorithm=SHA-256-sess, qop=\"auth\"")
        << QByteArray("2fd51b3a77ad75bad6afad6003e818d767133c46d9e2749e7f5232ae1ea3efd7");
    QTest::newRow("MD5-sess without qop")
        << QByteArray("algorithm=MD5-sess") << QByteArray("37a7f42db2090a3fcac4e26e747d4fc8");
    QTest::newRow("2069 without qop")
        << QByteArray("algorithm=MD5") << QByteArray("7b2cc3b30e75b4777ea31027084363fd");
}

void DigestTest::response()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, expected);
    const auto challenge = parsed(rfc7616 + ", " + more);
    QVERIFY(challenge && challenge->isAnswerable());
    QCOMPARE(responseIn(digestAuthorization(*challenge, mufasa, input())), expected);
}

void DigestTest::wholeValueOfRfc7616()
{
    const auto challenge = parsed(rfc7616 + ", algorithm=SHA-256, qop=\"auth, auth-int\"");
    QCOMPARE(digestAuthorization(*challenge, mufasa, input()),
             QByteArray("Digest username=\"Mufasa\", realm=\"http-auth@example.org\", "
                        "nonce=\"7ypf/xlj9XXwfDPEoM4URrv/xwf94BcCAzFZH4GiTo0v\", "
                        "uri=\"/dir/index.html\", response=\"753927fa0e85d155564e2e272a28d1802ca10d"
                        "af4496794697cf8db5856cb6c1\", algorithm=SHA-256, "
                        "opaque=\"FQhe/qaU925kfnzjCev0ciny7QMkPqMAFRtzCUYo5tdS\", qop=auth, "
                        "nc=00000001, cnonce=\"f2/wE4q74E6zIJEtWaHKaf5wv/H5QzzpXusqGemxURZJ\""));
}

void DigestTest::withoutQopThereIsNoCount()
{
    // RFC 2617's own realm and nonce, as a server of RFC 2069 would use them.
    const auto challenge = DigestChallenge::parse(
        "Digest realm=\"testrealm@host.com\", nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
    const QByteArray value = digestAuthorization(
        *challenge, {QStringLiteral("Mufasa"), QStringLiteral("CircleOfLife")}, input());
    QCOMPARE(responseIn(value), QByteArray("1949323746fe6a43ef61f9606e7febea"));
    for (const char* absent : {"qop", "nc=", "cnonce", "opaque", "algorithm"}) {
        QVERIFY2(!value.contains(absent), absent);
    }
    // And the example of RFC 2617 section 3.5, with qop.
    const auto newer =
        DigestChallenge::parse("Digest realm=\"testrealm@host.com\", qop=\"auth,auth-int\", "
                               "nonce=\"dcd98b7102dd2f0e8b11d0f600bfb0c093\"");
    DigestInput given = input();
    given.cnonce = "0a4f113b";
    QCOMPARE(responseIn(digestAuthorization(
                 *newer, {QStringLiteral("Mufasa"), QStringLiteral("Circle Of Life")}, given)),
             QByteArray("6629fae49393a05397450978507c4ef1"));
}

void DigestTest::userAndRealmAreQuotedAndHashedUnquoted()
{
    const auto challenge =
        DigestChallenge::parse("Digest realm=\"pbx \\\"1\\\"\", nonce=\"n\", algorithm=\"MD5\"");
    QVERIFY(challenge);
    QCOMPARE(challenge->realm, QByteArray("pbx \"1\""));
    const QByteArray value =
        digestAuthorization(*challenge, {QString::fromUtf8("Müller"), QString::fromUtf8("päss")},
                            {"REGISTER", "sip:x", {}, "c", 1});
    QVERIFY(value.contains("username=\"M\xc3\xbcller\""));
    QVERIFY(value.contains("realm=\"pbx \\\"1\\\"\""));
    QVERIFY(value.contains("algorithm=MD5"));
    QCOMPARE(responseIn(value), QByteArray("07eb1b9107ff801a2cf33b24fc035004"));
}

void DigestTest::nonceCountIsHexadecimal()
{
    const auto challenge = parsed(rfc7616 + ", qop=auth");
    DigestInput given = input();
    given.nonceCount = 0x1ab;
    QVERIFY(digestAuthorization(*challenge, mufasa, given).contains("nc=000001ab,"));
}

void DigestTest::parsesWhatServersWrite_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("RFC 3261 22.4") << QByteArray("Digest realm=\"r\",nonce=\"n\",qop=\"auth\"");
    QTest::newRow("scheme in any case") << QByteArray("dIGEST realm=\"r\", nonce=\"n\", qop=auth");
    QTest::newRow("blanks everywhere")
        << QByteArray("  Digest  realm = \"r\" ,\tnonce = \"n\" , qop = \"auth\"  ");
    QTest::newRow("names in any case") << QByteArray("Digest REALM=\"r\",Nonce=\"n\",QOP=\"AUTH\"");
    QTest::newRow("unquoted") << QByteArray("Digest realm=r, nonce=n, qop=auth");
    QTest::newRow("comma at the end") << QByteArray("Digest realm=\"r\", nonce=\"n\", qop=auth,");
    QTest::newRow("empty elements") << QByteArray("Digest realm=\"r\",, nonce=\"n\", ,qop=auth");
    QTest::newRow("unknown parameters")
        << QByteArray("Digest realm=\"r\", nonce=\"n\", charset=UTF-8, userhash=true, qop=auth");
    QTest::newRow("qop of unknown kinds too")
        << QByteArray("Digest realm=\"r\", nonce=\"n\", qop=\"auth-conf,auth\"");
}

void DigestTest::parsesWhatServersWrite()
{
    QFETCH(QByteArray, value);
    const auto challenge = DigestChallenge::parse(value);
    QVERIFY(challenge);
    QCOMPARE(challenge->realm, QByteArray("r"));
    QCOMPARE(challenge->nonce, QByteArray("n"));
    QCOMPARE(challenge->chosenQop(), QByteArray("auth"));
    QVERIFY(challenge->isAnswerable());
}

void DigestTest::refusesWhatIsNone_data()
{
    QTest::addColumn<QByteArray>("value");
    QTest::newRow("empty") << QByteArray();
    QTest::newRow("another scheme") << QByteArray("Basic realm=\"r\"");
    QTest::newRow("scheme alone") << QByteArray("Digest");
    QTest::newRow("no nonce") << QByteArray("Digest realm=\"r\"");
    QTest::newRow("no realm") << QByteArray("Digest nonce=\"n\"");
    QTest::newRow("open quote") << QByteArray("Digest realm=\"r\", nonce=\"n");
    QTest::newRow("no value") << QByteArray("Digest realm, nonce=\"n\"");
    QTest::newRow("no comma") << QByteArray("Digest realm=\"r\" nonce=\"n\"");
    QTest::newRow("over 4 KiB") << "Digest realm=\"r\", nonce=\"" + QByteArray(5000, 'n') + '"';
}

void DigestTest::refusesWhatIsNone()
{
    QFETCH(QByteArray, value);
    QVERIFY(!DigestChallenge::parse(value));
}

void DigestTest::choice_data()
{
    QTest::addColumn<QByteArray>("more");
    QTest::addColumn<QByteArray>("qop");
    QTest::addColumn<bool>("answerable");
    QTest::newRow("auth first") << QByteArray("qop=\"auth-int,auth\"") << QByteArray("auth")
                                << true;
    QTest::newRow("auth-int alone")
        << QByteArray("qop=\"auth-int\"") << QByteArray("auth-int") << true;
    QTest::newRow("no qop") << QByteArray("stale=TRUE") << QByteArray() << true;
    QTest::newRow("unknown qop") << QByteArray("qop=\"token\"") << QByteArray() << false;
    QTest::newRow("unknown algorithm")
        << QByteArray("algorithm=SHA-512-256, qop=auth") << QByteArray("auth") << false;
}

void DigestTest::choice()
{
    QFETCH(QByteArray, more);
    QFETCH(QByteArray, qop);
    QFETCH(bool, answerable);
    const auto challenge = parsed(rfc7616 + ", " + more);
    QVERIFY(challenge);
    QCOMPARE(challenge->chosenQop(), qop);
    QCOMPARE(challenge->isAnswerable(), answerable);
    QCOMPARE(challenge->stale, more.contains("stale"));
}

QTEST_GUILESS_MAIN(DigestTest)
#include "tst_digest.moc"
