#include "sip/transport/ConnectFailure.h"

#include "base/Text.h"

#include <QDateTime>
#include <QSslCertificate>

#include <algorithm>

namespace hs::sip {

namespace {
QString dateOf(const QDateTime& time)
{
    return time.toUTC().date().toString(Qt::ISODate);
}

// The root of it first: an expired certificate brings other errors along.
int rankOf(const QSslError& error)
{
    switch (error.error()) {
    case QSslError::CertificateExpired:
    case QSslError::CertificateNotYetValid:
        return 0;
    case QSslError::CertificateRevoked:
        return 1;
    default:
        return 2;
    }
}
} // namespace

QLatin1String nameOf(TransportKind kind)
{
    switch (kind) {
    case TransportKind::Udp:
        return QLatin1String("UDP");
    case TransportKind::Tcp:
        return QLatin1String("TCP");
    case TransportKind::Tls:
        return QLatin1String("TLS");
    }
    return QLatin1String("UDP");
}

QString connectFailure(const base::Endpoint& remote, TransportKind kind, const QString& why)
{
    return QStringLiteral("connecting to %1 over %2 failed: %3")
        .arg(QString::fromLatin1(remote.toString()), nameOf(kind), why);
}

QString reasonOf(const QAbstractSocket& socket)
{
    // OpenSSL's word (RFC 8446 section 6.2), which comes behind the handshake.
    if (socket.errorString().contains(QStringLiteral("certificate required"))) {
        return QStringLiteral("the far end wants a certificate of ours, and there is none to show");
    }
    switch (socket.error()) {
    case QAbstractSocket::ConnectionRefusedError:
        return QStringLiteral("the connection was refused; nothing listens there");
    case QAbstractSocket::RemoteHostClosedError:
        return QStringLiteral("the far end closed the connection");
    case QAbstractSocket::SocketTimeoutError:
        return QStringLiteral("the far end does not answer");
    case QAbstractSocket::NetworkError:
        return QStringLiteral("the network reports: %1").arg(socket.errorString());
    case QAbstractSocket::SslHandshakeFailedError:
        // OpenSSL's word for an answer in clear text.
        return socket.errorString().contains(QStringLiteral("wrong version number"))
            ? QStringLiteral("what answers there does not speak TLS")
            : base::printable(socket.errorString(), 200);
    default:
        return base::printable(socket.errorString(), 200);
    }
}

QString reasonOf(const QList<QSslError>& errors)
{
    const auto worst =
        std::min_element(errors.begin(), errors.end(), [](const QSslError& a, const QSslError& b) {
            return rankOf(a) < rankOf(b);
        });
    if (worst == errors.end()) {
        return {};
    }
    const QSslCertificate certificate = worst->certificate();
    switch (worst->error()) {
    case QSslError::CertificateExpired:
        return QStringLiteral("the certificate expired on %1")
            .arg(dateOf(certificate.expiryDate()));
    case QSslError::CertificateNotYetValid:
        return QStringLiteral("the certificate is valid from %1 on; is the date of this machine "
                              "right?")
            .arg(dateOf(certificate.effectiveDate()));
    case QSslError::SelfSignedCertificate:
        return QStringLiteral("the certificate is signed by itself and not known here; if it is "
                              "the right one, name it in sip_tls_ca");
    case QSslError::SelfSignedCertificateInChain:
    case QSslError::UnableToGetLocalIssuerCertificate:
    case QSslError::UnableToGetIssuerCertificate:
    case QSslError::UnableToVerifyFirstCertificate:
    case QSslError::CertificateUntrusted:
        return QStringLiteral("the certificate is of an authority that is not known here (%1); "
                              "name the authority's own certificate in sip_tls_ca")
            .arg(base::printable(certificate.issuerDisplayName(), 100));
    case QSslError::NoPeerCertificate:
        return QStringLiteral("the far end showed no certificate");
    default:
        return QStringLiteral("the certificate is not accepted: %1")
            .arg(base::printable(worst->errorString(), 200));
    }
}

} // namespace hs::sip
