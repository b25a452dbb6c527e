#include "TestAuthority.h"

#include <QFile>

#include <openssl/ec.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

namespace hs::test {

namespace {
constexpr long secondsOfDay = 24 * 60 * 60;

template <class Write>
void writePem(const QString& path, Write write)
{
    BIO* bio = BIO_new(BIO_s_mem());
    write(bio);
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    QFile file(path);
    if (file.open(QIODevice::WriteOnly)) {
        file.write(data, size);
    }
    BIO_free(bio);
}

X509* newCertificate(EVP_PKEY* key, int serial, const CertificateWish& wish)
{
    X509* certificate = X509_new();
    X509_set_version(certificate, X509_VERSION_3);
    ASN1_INTEGER_set(X509_get_serialNumber(certificate), serial);
    X509_gmtime_adj(X509_getm_notBefore(certificate), wish.validFromDays * secondsOfDay);
    X509_gmtime_adj(X509_getm_notAfter(certificate), wish.validToDays * secondsOfDay);
    X509_NAME_add_entry_by_txt(X509_get_subject_name(certificate), "CN", MBSTRING_UTF8,
                               reinterpret_cast<const unsigned char*>(wish.commonName.constData()),
                               -1, -1, 0);
    X509_set_pubkey(certificate, key);
    return certificate;
}

void extend(X509* certificate, int id, const QByteArray& value)
{
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, certificate, certificate, nullptr, nullptr, 0);
    X509_EXTENSION* extension = X509V3_EXT_conf_nid(nullptr, &context, id, value.constData());
    X509_add_ext(certificate, extension, -1);
    X509_EXTENSION_free(extension);
}
} // namespace

TestAuthority::TestAuthority(const QByteArray& name)
    : m_key(EVP_EC_gen("P-256"))
    , m_certificate(newCertificate(m_key, m_serial, {name, {}, -100, 100}))
{
    X509_set_issuer_name(m_certificate, X509_get_subject_name(m_certificate));
    extend(m_certificate, NID_basic_constraints, "critical,CA:TRUE");
    X509_sign(m_certificate, m_key, EVP_sha256());
    writePem(file(), [this](BIO* bio) { PEM_write_bio_X509(bio, m_certificate); });
}

TestAuthority::~TestAuthority()
{
    X509_free(m_certificate);
    EVP_PKEY_free(m_key);
}

CertificateFiles TestAuthority::make(const CertificateWish& wish, bool bySelf)
{
    EVP_PKEY* key = EVP_EC_gen("P-256");
    X509* certificate = newCertificate(key, ++m_serial, wish);
    X509_set_issuer_name(certificate, X509_get_subject_name(bySelf ? certificate : m_certificate));
    if (!wish.alternatives.isEmpty()) {
        extend(certificate, NID_subject_alt_name, wish.alternatives);
    }
    X509_sign(certificate, bySelf ? key : m_key, EVP_sha256());
    const CertificateFiles files{path(QStringLiteral("%1.pem").arg(m_serial)),
                                 path(QStringLiteral("%1.key").arg(m_serial))};
    writePem(files.certificate, [certificate](BIO* bio) { PEM_write_bio_X509(bio, certificate); });
    writePem(files.key, [key](BIO* bio) {
        PEM_write_bio_PrivateKey(bio, key, nullptr, nullptr, 0, nullptr, nullptr);
    });
    X509_free(certificate);
    EVP_PKEY_free(key);
    return files;
}

} // namespace hs::test
