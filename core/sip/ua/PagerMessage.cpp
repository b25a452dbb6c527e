#include "sip/ua/PagerMessage.h"

#include "base/Text.h"
#include "sip/ua/BodyPart.h"
#include "sip/ua/NewRequest.h"

namespace hs::sip {

namespace {
std::optional<QString> decoded(const BodyPart& part)
{
    const QByteArray charset = base::toLower(part.charset);
    if (charset.isEmpty() || charset == "utf-8" || charset == "us-ascii") {
        return QString::fromUtf8(part.content);
    }
    if (charset == "iso-8859-1") {
        return QString::fromLatin1(part.content);
    }
    return std::nullopt;
}

Refusal unreadable()
{
    return {415, {}, {{"Accept", "text/plain"}, {"Accept-Encoding", "identity"}}};
}

Request makeRequest(UaCore& core, const OutgoingMessage& message)
{
    Request request = NewRequest{Method::Message, message.target, message.from,
                                 core.newTag(),   message.routes, core.random.token(24)}
                          .make();
    core.addOurHeaders(request);
    request.headers.set("Content-Type", "text/plain;charset=UTF-8");
    request.body = message.text.toUtf8();
    return request;
}
} // namespace

base::Result<IncomingMessage, Refusal> IncomingMessage::fromRequest(const Request& request)
{
    if (const auto encoding = request.headers.first("Content-Encoding");
        encoding && !base::equalsIgnoreCase(base::trimmed(*encoding), "identity")) {
        return unreadable();
    }
    // Without a Content-Type it is what RFC 2045 section 5.2 makes of it.
    const BodyPart part = request.headers.has(HeaderId::ContentType)
        ? findBodyPart(request, "text/plain")
        : BodyPart{BodyPart::Kind::Found, request.body, {}};
    const std::optional<QString> text = decoded(part);
    if (part.kind == BodyPart::Kind::Unsupported || !text) {
        return unreadable();
    }
    return IncomingMessage{request.from().value_or(NameAddr()), request.to().value_or(NameAddr()),
                           request.uri().value_or(Uri()), request.callId(), *text};
}

std::shared_ptr<ClientRequest> sendMessage(UaCore& core, const OutgoingMessage& message,
                                           std::function<void(const MessageOutcome&)> done)
{
    Request request = makeRequest(core, message);
    if (request.body.isEmpty() || request.body.size() > mostMessageBytes
        || message.hops.isEmpty()) {
        return nullptr;
    }
    const QString target = base::printable(request.requestUri, 100);
    ClientRequest::Callbacks callbacks{
        [done, target](const Response& response, const Hop&, const QString& problem) {
            MessageOutcome outcome{response.statusCode, problem};
            if (!response.isSuccess() && problem.isEmpty()) {
                outcome.problem = QStringLiteral("the message to %1 is refused: %2 %3")
                                      .arg(target)
                                      .arg(response.statusCode)
                                      .arg(base::printable(response.reasonPhrase, 80));
            }
            done(outcome);
        },
        [done, target](const ClientFailure& failure) {
            const bool silent = failure.kind == ClientFailure::Kind::Timeout;
            const QString why = failure.why.isEmpty()
                ? QStringLiteral("nobody answered the message to %1").arg(target)
                : failure.why;
            done({silent ? 408 : 503, why});
        }};
    const auto sent = std::make_shared<ClientRequest>(
        core, ClientRequest::Plan{std::move(request), message.hops, message.credentials, {}, {}},
        std::move(callbacks));
    sent->start();
    return sent;
}

} // namespace hs::sip
