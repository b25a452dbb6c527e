#include "support/SipPeer.h"

#include "sip/message/MessageFactory.h"

namespace hs::test {

SipPeer::SipPeer(VirtualNetwork& network, const base::Endpoint& local, const base::Endpoint& target)
    : m_socket(std::move(network.bindNotifying(local)).value())
    , m_local(m_socket->localEndpoint())
    , m_target(target)
{
    m_fields["local"] = m_local.toString();
    m_fields["local_ip"] = m_local.address().toUriHost();
    m_fields["target"] = m_target.toString();
    m_socket->setReadable([this] { read(); });
}

void SipPeer::send(const QByteArray& text)
{
    sendTo(text, m_target);
}

void SipPeer::sendTo(const QByteArray& text, const base::Endpoint& target)
{
    QByteArray bytes = text;
    bytes.replace("\r\n", "\n");
    bytes.replace('\n', "\r\n");
    for (auto it = m_fields.cbegin(); it != m_fields.cend(); ++it) {
        bytes.replace(QByteArray('[' + it.key() + ']'), it.value());
    }
    const qsizetype end = bytes.indexOf("\r\n\r\n");
    bytes.replace("[len]", QByteArray::number(end < 0 ? 0 : bytes.size() - end - 4));
    const base::OutgoingDatagram datagram{
        std::as_bytes(std::span(bytes.constData(), std::size_t(bytes.size()))), target, {}};
    m_socket->send({&datagram, 1});
}

void SipPeer::read()
{
    std::vector<std::byte> buffer(65535);
    base::IncomingDatagram datagram{buffer};
    while (m_socket->receive({&datagram, 1}) == 1) {
        ++m_received;
        sip::Parsed parsed = sip::parseDatagram(
            QByteArrayView(reinterpret_cast<const char*>(buffer.data()), qsizetype(datagram.size)));
        if (auto* request = std::get_if<sip::ParsedRequest>(&parsed)) {
            m_requests.append(request->request);
        } else if (auto* response = std::get_if<sip::ParsedResponse>(&parsed)) {
            m_responses.append(response->response);
        } else {
            qWarning("the peer got something that is no SIP: %s",
                     std::get<sip::Unparsable>(parsed).why.constData());
        }
    }
}

QList<sip::Response> SipPeer::takeResponses()
{
    return std::exchange(m_responses, {});
}

QList<sip::Request> SipPeer::takeRequests()
{
    return std::exchange(m_requests, {});
}

sip::Response SipPeer::takeResponse()
{
    const QList<sip::Response> all = takeResponses();
    return all.size() == 1 ? all.first() : sip::Response();
}

sip::Request SipPeer::takeRequest()
{
    const QList<sip::Request> all = takeRequests();
    return all.size() == 1 ? all.first() : sip::Request();
}

QByteArray replyTo(const sip::Request& request, int code, const QByteArray& toTag,
                   const QByteArray& extraHeaders, const QByteArray& body)
{
    sip::Response response = sip::makeResponse(request, code);
    if (!toTag.isEmpty()) {
        sip::setToTag(response, toTag);
    }
    response.body = body;
    if (!body.isEmpty()) {
        response.headers.set("Content-Type", "application/sdp");
    }
    QByteArray bytes = response.toBytes();
    bytes.insert(bytes.indexOf("\r\n") + 2, extraHeaders);
    return bytes;
}

} // namespace hs::test
