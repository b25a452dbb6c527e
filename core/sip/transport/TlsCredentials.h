// TlsCredentials: who we are and whom we believe in TLS: the certificate with its key, and the
// authorities beside the system's. TLS 1.2 or newer (RFC 8996). An error names the file and the key
// of the configuration. Thread: a value; reads files.
#pragma once

#include "base/Result.h"

#include <QList>
#include <QSslCertificate>
#include <QSslConfiguration>
#include <QSslKey>

namespace hs::sip {

class TlsCredentials {
public:
    // Paths of PEM files; each may be empty, certificate and key together only. The certificate's
    // file holds its chain too.
    static base::Result<TlsCredentials> load(const QString& certificate, const QString& key,
                                             const QString& authorities);

    bool canListen() const { return !m_chain.isEmpty(); }
    QSslConfiguration forServer() const;
    // Verifies the far end's chain; its name is checked by whoever connects.
    QSslConfiguration forClient() const;

private:
    QList<QSslCertificate> m_chain;
    QSslKey m_key;
    QList<QSslCertificate> m_authorities;
    mutable std::optional<QSslConfiguration> m_forClient; // the system's take a while to read
};

} // namespace hs::sip
