// For which domains a certificate stands: RFC 5922 section 7.
#include "TestAuthority.h"
#include "sip/transport/CertificateNames.h"

#include <QSslCertificate>
#include <QTest>

using namespace hs::sip;
using namespace hs::test;

class CertificateNamesTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void names_data();
    void names();
    void text();

private:
    TestAuthority m_authority;
};

void CertificateNamesTest::names_data()
{
    QTest::addColumn<QByteArray>("alternatives");
    QTest::addColumn<QByteArray>("commonName");
    QTest::addColumn<QByteArray>("domain");
    QTest::addColumn<bool>("stands");
    const auto row = [](const char* name, const char* alternatives, const char* commonName,
                        const char* domain, bool stands) {
        QTest::newRow(name) << QByteArray(alternatives) << QByteArray(commonName)
                            << QByteArray(domain) << stands;
    };
    row("7.1 URI", "URI:sip:example.org", "x", "example.org", true);
    row("7.1 URI in capitals", "URI:SIP:Example.ORG", "x", "example.org", true);
    row("7.2 domain in capitals", "URI:sip:example.org", "x", "EXAMPLE.org", true);
    row("7.1 URI with a user is a user's", "URI:sip:bob@example.org", "x", "example.org", false);
    row("7.1 sips is no identity", "URI:sips:example.org", "x", "example.org", false);
    row("7.1 https is none", "URI:https://example.org", "x", "example.org", false);
    row("7.1 DNS", "DNS:example.org", "x", "example.org", true);
    row("7.1 DNS beside a URI does not count", "URI:sip:a.example,DNS:example.org", "x",
        "example.org", false);
    row("7.1 DNS beside a user's URI counts", "URI:sip:bob@a.example,DNS:example.org", "x",
        "example.org", true);
    row("7.1 CN without alternatives", "", "example.org", "example.org", true);
    row("7.1 CN beside alternatives", "DNS:a.example", "example.org", "example.org", false);
    row("7.1 CN beside another kind", "email:a@a.example", "example.org", "example.org", false);
    row("7.2 no wildcard", "DNS:*.example.org", "x", "pbx.example.org", false);
    row("7.2 not even literally", "DNS:*.example.org", "x", "*.example.org", false);
    row("7.2 no part of it", "DNS:pbx.example.org", "x", "example.org", false);
    row("7.2 no subdomain", "DNS:example.org", "x", "pbx.example.org", false);
    row("trailing dot", "DNS:example.org", "x", "example.org.", true);
    row("address", "IP:192.0.2.1", "x", "192.0.2.1", true);
    row("address of IPv6", "IP:2001:db8::1", "x", "2001:DB8:0::1", true);
    row("another address", "IP:192.0.2.1", "x", "192.0.2.2", false);
    row("an address is no DNS name", "DNS:192.0.2.1", "192.0.2.1", "192.0.2.1", false);
    row("an address is no CN", "", "192.0.2.1", "192.0.2.1", false);
    row("nothing asked", "DNS:example.org", "x", "", false);
}

void CertificateNamesTest::names()
{
    QFETCH(QByteArray, alternatives);
    QFETCH(QByteArray, commonName);
    QFETCH(QByteArray, domain);
    QFETCH(bool, stands);
    const CertificateFiles files = m_authority.sign({commonName, alternatives});
    const auto certificates = QSslCertificate::fromPath(files.certificate);
    QCOMPARE(certificates.size(), 1);
    QCOMPARE(CertificateNames::of(certificates.first()).standFor(domain), stands);
}

void CertificateNamesTest::text()
{
    CertificateNames names;
    QCOMPARE(names.toText(), QStringLiteral("no name at all"));
    names.domains = {"a.example", "b\n.example"};
    names.addresses = {*hs::base::IpAddress::parse("192.0.2.1")};
    QCOMPARE(names.toText(), QStringLiteral("'a.example', 'b\\x0a.example', 192.0.2.1"));
    names.domains = QByteArrayList(9, "x");
    QVERIFY(names.toText().endsWith(QStringLiteral(", others")));
    QVERIFY(CertificateNames::of(QSslCertificate()).domains.isEmpty());
}

QTEST_GUILESS_MAIN(CertificateNamesTest)
#include "tst_certificate_names.moc"
