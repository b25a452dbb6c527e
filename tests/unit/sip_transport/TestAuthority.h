// TestAuthority: a certificate authority of a test's own, that signs whatever the test wants, in
// files of a temporary folder.
#pragma once

#include <QByteArray>
#include <QString>
#include <QTemporaryDir>

#include <memory>
#include <openssl/types.h>

namespace hs::test {

struct CertificateWish {
    QByteArray commonName = "test";
    QByteArray alternatives; // "DNS:pbx.example.org,URI:sip:example.org"; empty: no extension
    int validFromDays = -1; // from now
    int validToDays = 30;
};

struct CertificateFiles {
    QString certificate;
    QString key;
};

class TestAuthority {
public:
    explicit TestAuthority(const QByteArray& name = "Test Authority");
    ~TestAuthority();

    QString file() const { return m_folder.filePath(QStringLiteral("ca.pem")); }
    CertificateFiles sign(const CertificateWish& wish) { return make(wish, false); }
    CertificateFiles selfSigned(const CertificateWish& wish) { return make(wish, true); }
    QString path(const QString& name) const { return m_folder.filePath(name); }

private:
    CertificateFiles make(const CertificateWish& wish, bool bySelf);

    QTemporaryDir m_folder;
    EVP_PKEY* m_key = nullptr;
    X509* m_certificate = nullptr;
    int m_serial = 1;
};

} // namespace hs::test
