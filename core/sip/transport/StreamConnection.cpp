#include "sip/transport/StreamConnection.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "sip/transport/CertificateNames.h"
#include "sip/transport/ConnectFailure.h"
#include "sip/transport/StreamLimits.h"
#include "sip/transport/StreamSocketOptions.h"

#include <QNetworkProxy>

#include <unistd.h>

namespace hs::sip {

namespace {
QString seconds(base::Duration time)
{
    return QString::number(std::chrono::duration_cast<std::chrono::seconds>(time).count());
}
} // namespace

StreamConnection::StreamConnection(const Parts& parts, std::uint64_t id, TransportKind kind)
    : m_parts(parts)
    , m_parser(parts.limits)
    , m_lastHeard(now())
    , m_lastMessage(now())
{
    m_hop.connection = id;
    m_hop.kind = kind;
    if (kind == TransportKind::Tls) {
        auto secure = std::make_unique<QSslSocket>();
        m_secure = secure.get();
        m_socket = std::move(secure);
    } else {
        m_socket = std::make_unique<QTcpSocket>();
    }
    m_socket->setProxy(QNetworkProxy::NoProxy);
    m_socket->setReadBufferSize(limits::readBufferBytes);
    watchSocket();
}

StreamConnection::~StreamConnection()
{
    m_socket->disconnect(this);
    if (m_state == State::Open) {
        m_socket->flush();
        m_socket->disconnectFromHost(); // a goodbye that was just written still leaves
    }
}

void StreamConnection::watchSocket()
{
    connect(m_socket.get(), &QTcpSocket::connected, this, &StreamConnection::onConnected);
    connect(m_socket.get(), &QTcpSocket::readyRead, this, &StreamConnection::read);
    connect(m_socket.get(), &QTcpSocket::errorOccurred, this, &StreamConnection::onError);
    connect(m_socket.get(), &QTcpSocket::disconnected, this,
            [this] { finish(QStringLiteral("it was closed")); });
    connect(m_socket.get(), &QTcpSocket::bytesWritten, this,
            [this](qint64 bytes) { m_sentBytes += bytes; });
    if (!m_secure) {
        return;
    }
    connect(m_secure, &QSslSocket::encrypted, this, &StreamConnection::onEncrypted);
    connect(m_secure, &QSslSocket::sslErrors, this, [this](const QList<QSslError>& errors) {
        // The name is checked by RFC 5922, which Qt does not know; nothing else is let pass.
        QList<QSslError> names;
        QList<QSslError> others;
        for (const QSslError& error : errors) {
            (error.error() == QSslError::HostNameMismatch ? names : others).append(error);
        }
        m_certificateProblem = reasonOf(others);
        m_secure->ignoreSslErrors(names);
    });
}

void StreamConnection::open(const Hop& to, const base::IpAddress& from,
                            const QSslConfiguration& tls)
{
    m_hop.remote = to.remote;
    m_hop.domain = to.domain;
    if (m_secure) {
        m_secure->setSslConfiguration(tls);
        // For SNI (RFC 6066 section 3), which takes names only.
        m_secure->setPeerVerifyName(QString::fromLatin1(to.domain));
    }
    m_deadline = m_parts.scheduler.after(limits::connectTime, [this] {
        finish(failure(QStringLiteral("no answer within %1 s").arg(seconds(limits::connectTime))));
    });
    if (!from.isNull() && !from.isAny()) {
        m_socket->bind(from.toQt());
    }
    m_socket->connectToHost(to.remote.address().toQt(), to.remote.port());
}

// A descriptor that the socket does not take is closed here.
bool StreamConnection::take(qintptr descriptor, const QSslConfiguration& tls)
{
    m_isInbound = true;
    if (!m_socket->setSocketDescriptor(descriptor)) {
        ::close(static_cast<int>(descriptor));
        return false;
    }
    m_hop.remote = {base::IpAddress::fromQt(m_socket->peerAddress()), m_socket->peerPort()};
    if (m_hop.remote.port() == 0) {
        return false; // gone before it was accepted
    }
    if (m_secure) {
        m_secure->setSslConfiguration(tls);
    }
    onConnected();
    return true;
}

void StreamConnection::onConnected()
{
    m_hop.local = base::IpAddress::fromQt(m_socket->localAddress());
    setStreamOptions(m_socket->socketDescriptor());
    if (!m_secure) {
        becomeOpen();
        return;
    }
    m_state = State::Securing;
    m_deadline = m_parts.scheduler.after(limits::handshakeTime, [this] {
        finish(failure(
            QStringLiteral("no TLS handshake within %1 s").arg(seconds(limits::handshakeTime))));
    });
    if (m_isInbound) {
        m_secure->startServerEncryption();
    } else {
        m_secure->startClientEncryption();
    }
}

void StreamConnection::onEncrypted()
{
    if (m_state != State::Securing) {
        return;
    }
    if (!m_isInbound) {
        const CertificateNames names = CertificateNames::of(m_secure->peerCertificate());
        const QByteArray wanted =
            m_hop.domain.isEmpty() ? m_hop.remote.address().toString() : m_hop.domain;
        if (!names.standFor(wanted)) {
            const QString why =
                failure(QStringLiteral("the certificate is for %1, not for '%2'")
                            .arg(names.toText(), base::printable(QByteArrayView(wanted), 100)));
            // Not from within the handshake.
            m_deadline = m_parts.scheduler.after(base::Duration(0), [this, why] { finish(why); });
            return;
        }
    }
    becomeOpen();
}

void StreamConnection::becomeOpen()
{
    m_state = State::Open;
    m_wasOpen = true;
    m_deadline.cancel();
    m_lastHeard = m_lastMessage = now();
    qCDebug(base::lcSip).noquote()
        << nameOf(m_hop.kind) << "connection" << (m_isInbound ? "from" : "to")
        << m_hop.remote.toString() << "is open";
    if (m_isInbound) {
        armIdle();
    } else {
        armPing();
    }
    for (auto& [bytes, failed] : std::exchange(m_queue, {})) {
        write(bytes, std::move(failed));
    }
    if (m_state == State::Open) {
        m_parts.owner.onOpen(*this);
    }
    if (m_state == State::Open && m_socket->bytesAvailable() > 0) {
        read();
    }
}

bool StreamConnection::write(const QByteArray& bytes, Transport::Failed failed)
{
    if (isClosed()) {
        return false;
    }
    m_lastMessage = now();
    if (m_state != State::Open) {
        m_queuedBytes += bytes.size();
        if (m_queuedBytes > limits::unsentBytes) {
            return false;
        }
        m_queue.emplace_back(bytes, std::move(failed));
        return true;
    }
    m_writtenBytes += bytes.size();
    if (failed) {
        m_unproven.push_back({m_writtenBytes, std::move(failed)});
    }
    m_socket->write(bytes);
    const qint64 waiting =
        m_socket->bytesToWrite() + (m_secure ? m_secure->encryptedBytesToWrite() : 0);
    if (m_state == State::Open && waiting > limits::unsentBytes) {
        finish(QStringLiteral("the far end does not read what is sent to it"));
    }
    return true;
}

void StreamConnection::onError()
{
    if (m_state == State::Open && m_socket->error() == QAbstractSocket::RemoteHostClosedError) {
        read(); // its last words
    }
    const bool wasOpen = m_state == State::Open;
    const QString reason =
        m_certificateProblem.isEmpty() ? reasonOf(*m_socket) : m_certificateProblem;
    finish(wasOpen ? reason : failure(reason));
}

QString StreamConnection::failure(const QString& why) const
{
    return m_isInbound ? why : connectFailure(m_hop.remote, m_hop.kind, why);
}

void StreamConnection::read()
{
    if (m_state != State::Open) {
        if (m_state == State::Closing) {
            m_socket->readAll(); // unread octets would turn the close into a reset
        }
        return;
    }
    const QByteArray bytes = m_socket->readAll();
    if (bytes.isEmpty()) {
        return;
    }
    noteHeard();
    m_parser.append(bytes);
    bool oneBecameWhole = false;
    while (m_state == State::Open) {
        std::optional<StreamItem> item = m_parser.next();
        if (!item) {
            break;
        }
        oneBecameWhole = true;
        takeItem(std::move(*item));
    }
    if (m_state == State::Open) {
        watchMessage(oneBecameWhole);
    }
}

void StreamConnection::noteHeard()
{
    m_lastHeard = now();
    // Whoever speaks is there: what was sent before has most likely arrived.
    while (!m_unproven.empty() && m_unproven.front().end <= m_sentBytes) {
        m_unproven.pop_front();
    }
}

void StreamConnection::takeItem(StreamItem&& item)
{
    if (const auto* lineEnds = std::get_if<StreamLineEnds>(&item)) {
        takeLineEnds(lineEnds->count);
        return;
    }
    m_lineEnds = 0;
    m_pong.cancel();
    const auto* ending = std::get_if<StreamEnd>(&item);
    const QString why = ending ? QString::fromUtf8(ending->why) : QString();
    if (!ending) {
        m_carriedMessage = true;
        m_lastMessage = now();
    }
    m_parts.owner.onItem(*this, std::move(item));
    if (!why.isEmpty()) {
        closeGently(QStringLiteral("what came by it can't be read on: %1").arg(why));
    }
}

void StreamConnection::closeGently(const QString& why)
{
    if (m_state != State::Open) {
        finish(why);
        return;
    }
    m_state = State::Closing;
    m_why = why;
    for (base::Timer* timer : {&m_messageDeadline, &m_idle, &m_ping, &m_pong}) {
        timer->cancel();
    }
    qCDebug(base::lcSip).noquote() << nameOf(m_hop.kind) << "connection of"
                                   << m_hop.remote.toString() << "is being closed:" << why;
    m_deadline = m_parts.scheduler.after(limits::closingTime, [this, why] { finish(why); });
    m_socket->disconnectFromHost();
}

void StreamConnection::close(const QString& why)
{
    finish(why);
}

void StreamConnection::finish(const QString& why)
{
    if (m_state == State::Closed) {
        return;
    }
    m_state = State::Closed;
    for (base::Timer* timer : {&m_deadline, &m_messageDeadline, &m_idle, &m_ping, &m_pong}) {
        timer->cancel();
    }
    m_socket->disconnect(this);
    m_socket->abort();
    Failures failures;
    for (Unproven& unproven : m_unproven) {
        failures.push_back(std::move(unproven.failed));
    }
    for (auto& [bytes, failed] : m_queue) {
        if (failed) {
            failures.push_back(std::move(failed));
        }
    }
    m_unproven.clear();
    m_queue.clear();
    if (m_why.isEmpty()) {
        m_why = why;
    }
    m_parts.owner.onClosed(*this, std::move(failures));
}

} // namespace hs::sip
