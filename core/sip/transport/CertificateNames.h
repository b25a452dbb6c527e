// CertificateNames: for which SIP domains a certificate stands (RFC 5922 section 7.1), read with
// OpenSSL because Qt tells nothing of URIs in it. Thread: values and pure functions.
#pragma once

#include "base/Endpoint.h"

#include <QList>

class QSslCertificate;

namespace hs::sip {

struct CertificateNames {
    // In lower case: of "sip:" URIs without a user if there are any, else the DNS names; the common
    // name only of a certificate without any subjectAltName.
    QByteArrayList domains;
    QList<base::IpAddress> addresses; // iPAddress

    static CertificateNames of(const QSslCertificate& certificate);

    // `domain` is a name or an address. Whole and literally: no wildcards (section 7.2).
    bool standFor(QByteArrayView domain) const;
    // "'pbx.example.org', 192.0.2.1" for a person to read.
    QString toText() const;
};

} // namespace hs::sip
