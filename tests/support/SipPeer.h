// SipPeer: the other end of a SIP conversation, played by a test line by line: sends exact bytes,
// keeps what comes, parsed. Templates: [our_ip] and such are replaced, LF becomes CRLF.
#pragma once

#include "sip/message/Parser.h"
#include "support/VirtualNetwork.h"

#include <QList>
#include <QMap>

namespace hs::test {

class SipPeer {
public:
    SipPeer(VirtualNetwork& network, const base::Endpoint& local, const base::Endpoint& target);

    // Text with LF line ends; [key] is replaced by fields()[key], Content-Length: [len] by the
    // body's length.
    void send(const QByteArray& text);
    void sendTo(const QByteArray& text, const base::Endpoint& target);
    QMap<QByteArray, QByteArray>& fields() { return m_fields; }

    // All that came and was not yet taken, oldest first.
    QList<sip::Response> takeResponses();
    QList<sip::Request> takeRequests();
    // Of what came, the only response or request (else one with status 0 or an empty method).
    sip::Response takeResponse();
    sip::Request takeRequest();
    qsizetype waiting() const { return m_responses.size() + m_requests.size(); }
    int received() const { return m_received; }
    const base::Endpoint& local() const { return m_local; }

private:
    void read();

    std::unique_ptr<base::NotifyingDatagramSocket> m_socket;
    base::Endpoint m_local;
    base::Endpoint m_target;
    QMap<QByteArray, QByteArray> m_fields;
    QList<sip::Response> m_responses;
    QList<sip::Request> m_requests;
    int m_received = 0;
};

// "reply with the same Via, From, To (plus tag), Call-ID, CSeq", as a test's answer to our request.
QByteArray replyTo(const sip::Request& request, int code, const QByteArray& toTag = {},
                   const QByteArray& extraHeaders = {}, const QByteArray& body = {});

} // namespace hs::test
