#include "sip/transport/TlsCredentials.h"

#include "base/LogCategories.h"

#include <QDateTime>
#include <QFile>

#include <memory>
#include <openssl/pem.h>
#include <openssl/x509.h>

namespace hs::sip {

namespace {
constexpr qint64 largestFile = 4 << 20;

base::Result<QByteArray> contentOf(const char* key, const QString& path)
{
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Error{QStringLiteral("%1: '%2' can't be read: %3")
                               .arg(QLatin1String(key), path, file.errorString())};
    }
    return file.read(largestFile);
}

base::Result<QList<QSslCertificate>> certificatesIn(const char* key, const QString& path)
{
    const base::Result<QByteArray> content = contentOf(key, path);
    if (!content) {
        return content.error();
    }
    QList<QSslCertificate> certificates = QSslCertificate::fromData(*content, QSsl::Pem);
    if (certificates.isEmpty()) {
        return base::Error{QStringLiteral("%1: '%2' holds no certificate in PEM "
                                          "(\"-----BEGIN CERTIFICATE-----\")")
                               .arg(QLatin1String(key), path)};
    }
    return certificates;
}

base::Result<QSslKey> keyIn(const QString& path)
{
    const base::Result<QByteArray> content = contentOf("sip_tls_key", path);
    if (!content) {
        return content.error();
    }
    for (const QSsl::KeyAlgorithm algorithm : {QSsl::Rsa, QSsl::Ec}) {
        QSslKey key(*content, algorithm, QSsl::Pem, QSsl::PrivateKey);
        if (!key.isNull()) {
            return key;
        }
    }
    return base::Error{
        QStringLiteral("sip_tls_key: '%1' holds no private key (RSA or EC) in PEM that can be read "
                       "without a passphrase")
            .arg(path)};
}

bool belongTogether(const QSslCertificate& certificate, const QSslKey& key)
{
    const QByteArray der = certificate.toDer();
    const auto* data = reinterpret_cast<const unsigned char*>(der.constData());
    const std::unique_ptr<X509, decltype(&X509_free)> x509(
        d2i_X509(nullptr, &data, static_cast<long>(der.size())), X509_free);
    const QByteArray pem = key.toPem();
    const std::unique_ptr<BIO, decltype(&BIO_free)> bio(
        BIO_new_mem_buf(pem.constData(), static_cast<int>(pem.size())), BIO_free);
    const std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)> secret(
        PEM_read_bio_PrivateKey(bio.get(), nullptr, nullptr, nullptr), EVP_PKEY_free);
    return x509 && secret && X509_check_private_key(x509.get(), secret.get()) == 1;
}
} // namespace

base::Result<TlsCredentials> TlsCredentials::load(const QString& certificate, const QString& key,
                                                  const QString& authorities)
{
    TlsCredentials credentials;
    if (certificate.isEmpty() != key.isEmpty()) {
        return base::Error{QStringLiteral("sip_tls_certificate and sip_tls_key belong together; "
                                          "one of them is missing")};
    }
    if (!certificate.isEmpty()) {
        const auto chain = certificatesIn("sip_tls_certificate", certificate);
        if (!chain) {
            return chain.error();
        }
        const auto secret = keyIn(key);
        if (!secret) {
            return secret.error();
        }
        if (!belongTogether(chain->first(), *secret)) {
            return base::Error{QStringLiteral("sip_tls_key: the key in '%1' is not that of the "
                                              "first certificate in '%2' (sip_tls_certificate)")
                                   .arg(key, certificate)};
        }
        credentials.m_chain = *chain;
        credentials.m_key = *secret;
        if (chain->first().expiryDate() < QDateTime::currentDateTimeUtc()) {
            qCWarning(base::lcSip).noquote()
                << "sip_tls_certificate:" << certificate << "expired on"
                << chain->first().expiryDate().date().toString(Qt::ISODate)
                << "- telephones will refuse to connect";
        }
    }
    if (!authorities.isEmpty()) {
        const auto trusted = certificatesIn("sip_tls_ca", authorities);
        if (!trusted) {
            return trusted.error();
        }
        credentials.m_authorities = *trusted;
    }
    return credentials;
}

QSslConfiguration TlsCredentials::forServer() const
{
    QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
    configuration.setProtocol(QSsl::TlsV1_2OrLater);
    configuration.setPeerVerifyMode(QSslSocket::VerifyNone); // telephones have no certificates
    configuration.setLocalCertificateChain(m_chain);
    configuration.setPrivateKey(m_key);
    return configuration;
}

QSslConfiguration TlsCredentials::forClient() const
{
    if (!m_forClient) {
        QSslConfiguration configuration = QSslConfiguration::defaultConfiguration();
        configuration.setProtocol(QSsl::TlsV1_2OrLater);
        configuration.setPeerVerifyMode(QSslSocket::VerifyPeer);
        configuration.setCaCertificates(QSslConfiguration::systemCaCertificates() + m_authorities);
        if (canListen()) { // a trunk may ask who we are
            configuration.setLocalCertificateChain(m_chain);
            configuration.setPrivateKey(m_key);
        }
        m_forClient = configuration;
    }
    return *m_forClient;
}

} // namespace hs::sip
