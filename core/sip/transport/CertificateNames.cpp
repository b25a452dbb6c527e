#include "sip/transport/CertificateNames.h"

#include "base/Text.h"
#include "sip/message/Uri.h"

#include <QSslCertificate>

#include <cstring>
#include <memory>
#include <openssl/x509v3.h>

namespace hs::sip {

namespace {
template <auto free>
struct Free {
    template <class T>
    void operator()(T* object) const
    {
        free(object);
    }
};
using X509Pointer = std::unique_ptr<X509, Free<X509_free>>;
using NamesPointer = std::unique_ptr<GENERAL_NAMES, Free<GENERAL_NAMES_free>>;

// Empty for what holds a NUL, by which others have been fooled.
QByteArray textOf(const ASN1_STRING* string)
{
    const QByteArray text(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                          ASN1_STRING_length(string));
    return text.contains('\0') ? QByteArray() : base::toLower(text);
}

base::IpAddress addressOf(const ASN1_OCTET_STRING* octets)
{
    const unsigned char* data = ASN1_STRING_get0_data(octets);
    if (ASN1_STRING_length(octets) == 4) {
        return base::IpAddress::v4(std::uint32_t(data[0]) << 24 | std::uint32_t(data[1]) << 16
                                   | std::uint32_t(data[2]) << 8 | data[3]);
    }
    if (ASN1_STRING_length(octets) == 16) {
        Q_IPV6ADDR bytes;
        std::memcpy(&bytes, data, 16);
        return base::IpAddress::fromQt(QHostAddress(bytes));
    }
    return {};
}

QByteArray commonName(X509* certificate)
{
    X509_NAME* subject = X509_get_subject_name(certificate);
    int last = -1; // the most specific one, as RFC 2818 has it
    for (int at = -1; (at = X509_NAME_get_index_by_NID(subject, NID_commonName, at)) >= 0;) {
        last = at;
    }
    return last < 0 ? QByteArray()
                    : textOf(X509_NAME_ENTRY_get_data(X509_NAME_get_entry(subject, last)));
}

// Nothing for what names no domain: another scheme (sips is one), or a user.
QByteArray domainOfUri(const QByteArray& text)
{
    const std::optional<Uri> uri = text.startsWith("sip:") ? Uri::parse(text) : std::nullopt;
    return uri && !text.contains('@') ? base::toLower(uri->host) : QByteArray();
}
} // namespace

CertificateNames CertificateNames::of(const QSslCertificate& certificate)
{
    CertificateNames names;
    const QByteArray der = certificate.toDer();
    const auto* data = reinterpret_cast<const unsigned char*>(der.constData());
    const X509Pointer x509(d2i_X509(nullptr, &data, static_cast<long>(der.size())));
    if (!x509) {
        return names;
    }
    if (X509_get_ext_by_NID(x509.get(), NID_subject_alt_name, -1) < 0) {
        if (const QByteArray name = commonName(x509.get()); !name.isEmpty()) {
            names.domains.append(name);
        }
        return names;
    }
    const NamesPointer alternatives(static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(x509.get(), NID_subject_alt_name, nullptr, nullptr)));
    QByteArrayList dns;
    for (int i = 0; i < sk_GENERAL_NAME_num(alternatives.get()); ++i) {
        const GENERAL_NAME* name = sk_GENERAL_NAME_value(alternatives.get(), i);
        if (name->type == GEN_URI) {
            names.domains.append(domainOfUri(textOf(name->d.uniformResourceIdentifier)));
        } else if (name->type == GEN_DNS) {
            dns.append(textOf(name->d.dNSName));
        } else if (name->type == GEN_IPADD) {
            names.addresses.append(addressOf(name->d.iPAddress));
        }
    }
    names.domains.removeAll(QByteArray());
    dns.removeAll(QByteArray());
    names.addresses.removeAll(base::IpAddress());
    if (names.domains.isEmpty()) {
        names.domains = dns;
    }
    return names;
}

bool CertificateNames::standFor(QByteArrayView domain) const
{
    if (const auto address = base::IpAddress::parse(domain)) {
        return addresses.contains(*address);
    }
    QByteArray wanted = base::toLower(domain);
    if (wanted.endsWith('.')) {
        wanted.chop(1);
    }
    return !wanted.isEmpty() && !wanted.contains('*') && domains.contains(wanted);
}

QString CertificateNames::toText() const
{
    QStringList all;
    for (const QByteArray& domain : domains) {
        all.append(QStringLiteral("'%1'").arg(base::printable(domain, 100)));
    }
    for (const base::IpAddress& address : addresses) {
        all.append(QString::fromLatin1(address.toString()));
    }
    constexpr qsizetype most = 5;
    if (all.size() > most) {
        all = all.first(most) << QStringLiteral("others");
    }
    return all.isEmpty() ? QStringLiteral("no name at all") : all.join(QStringLiteral(", "));
}

} // namespace hs::sip
