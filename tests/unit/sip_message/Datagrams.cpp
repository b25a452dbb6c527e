#include "Datagrams.h"

#include <QFile>

namespace hs::test {

using namespace sip;

QByteArray withCrlf(const QByteArray& lines)
{
    return QByteArray(lines).replace("\n", "\r\n");
}

QByteArray typicalInvite()
{
    static const QByteArray body = withCrlf("v=0\n"
                                            "o=alice 2890844526 2890844526 IN IP4 192.0.2.10\n"
                                            "s=-\n"
                                            "c=IN IP4 192.0.2.10\n"
                                            "t=0 0\n"
                                            "m=audio 49172 RTP/AVP 8 0 101\n"
                                            "a=rtpmap:8 PCMA/8000\n"
                                            "a=rtpmap:0 PCMU/8000\n"
                                            "a=rtpmap:101 telephone-event/8000\n"
                                            "a=fmtp:101 0-16\n"
                                            "a=ptime:20\n"
                                            "a=sendrecv\n");
    return withCrlf(
               "INVITE sip:+14155550123@pbx.example.com:5062;user=phone SIP/2.0\n"
               "Via: SIP/2.0/UDP 192.0.2.10:5060;rport;branch=z9hG4bKPj3c1d9f0e7a2b4c6d\n"
               "Max-Forwards: 70\n"
               "From: \"Alice Example\" <sip:alice@pbx.example.com>;tag=8f3a1c9d2e\n"
               "To: <sip:+14155550123@pbx.example.com;user=phone>\n"
               "Contact: \"Alice\" <sip:alice@192.0.2.10:5060;ob>\n"
               "Call-ID: 5b1e2a90-7c3d-4f6e-8a1b-2c3d4e5f6071\n"
               "CSeq: 27312 INVITE\n"
               "Route: <sip:edge.example.com:5060;lr>\n"
               "Allow: PRACK, INVITE, ACK, BYE, CANCEL, UPDATE, INFO, SUBSCRIBE, NOTIFY, REFER\n"
               "Supported: replaces, 100rel, timer, norefersub\n"
               "Session-Expires: 1800\n"
               "User-Agent: Telephone 3.2\n"
               "Content-Type: application/sdp\n"
               "Content-Length: ")
        + QByteArray::number(body.size()) + "\r\n\r\n" + body;
}

namespace {
QByteArray replaced(QByteArray head, const QByteArray& extra)
{
    QByteArray added;
    for (const QByteArray& line : extra.split('\n')) {
        const QByteArray name = line.left(line.indexOf(':') + 1);
        const bool continues = line.startsWith(' ') || line.startsWith('\t');
        const qsizetype start =
            name.isEmpty() || continues ? -1 : head.indexOf(QByteArray('\n' + name));
        if (start >= 0) {
            head.remove(start, head.indexOf('\n', start + 1) - start);
        }
        if (!line.isEmpty() && !(start >= 0 && line == name)) {
            added += line + '\n';
        }
    }
    return withCrlf(head + added + '\n');
}
} // namespace

QByteArray optionsWith(const QByteArray& extra, const QByteArray& startLine)
{
    return replaced(startLine
                        + "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\n"
                          "Max-Forwards: 70\n"
                          "From: <sip:alice@example.org>;tag=1928301774\n"
                          "To: <sip:bob@example.com>\n"
                          "Call-ID: a84b4c76e66710@192.0.2.1\n"
                          "CSeq: 63104 OPTIONS\n",
                    extra);
}

QByteArray responseWith(const QByteArray& extra, const QByteArray& startLine)
{
    return replaced(startLine
                        + "\nVia: SIP/2.0/UDP 192.0.2.1:5060;branch=z9hG4bK776asdhds\n"
                          "From: <sip:alice@example.org>;tag=1928301774\n"
                          "To: <sip:bob@example.com>;tag=a6c85cf\n"
                          "Call-ID: a84b4c76e66710@192.0.2.1\n"
                          "CSeq: 63104 OPTIONS\n",
                    extra);
}

QByteArray outcomeOf(const Parsed& parsed)
{
    if (const auto* request = std::get_if<ParsedRequest>(&parsed)) {
        return request->defect ? "defect:" + QByteArray::number(request->defect->statusCode)
                               : QByteArrayLiteral("accept");
    }
    if (const auto* unparsable = std::get_if<Unparsable>(&parsed)) {
        return unparsable->keepAlive ? QByteArrayLiteral("keepalive")
                                     : QByteArrayLiteral("unparsable");
    }
    return QByteArrayLiteral("accept");
}

QByteArray reasonOf(const Parsed& parsed)
{
    const QByteArray outcome = outcomeOf(parsed);
    if (const auto* request = std::get_if<ParsedRequest>(&parsed); request && request->defect) {
        return outcome + ' ' + request->defect->reason;
    }
    if (const auto* unparsable = std::get_if<Unparsable>(&parsed)) {
        return outcome + ' ' + unparsable->why;
    }
    return outcome;
}

Request acceptedRequest(const QByteArray& bytes)
{
    const Parsed parsed = parseDatagram(bytes);
    if (outcomeOf(parsed) != "accept" || !std::holds_alternative<ParsedRequest>(parsed)) {
        qFatal("no request that is accepted: %s", reasonOf(parsed).constData());
    }
    return std::get<ParsedRequest>(parsed).request;
}

Response acceptedResponse(const QByteArray& bytes)
{
    const Parsed parsed = parseDatagram(bytes);
    if (!std::holds_alternative<ParsedResponse>(parsed)) {
        qFatal("no response that is accepted: %s", reasonOf(parsed).constData());
    }
    return std::get<ParsedResponse>(parsed).response;
}

QByteArray rfc4475(const QString& name)
{
    QFile file(QStringLiteral(HS_VECTORS_DIR "/rfc4475/%1.dat").arg(name));
    if (!file.open(QIODevice::ReadOnly)) {
        qFatal("no such message: %s", qPrintable(file.fileName()));
    }
    return file.readAll();
}

} // namespace hs::test
