#include "sip/ua/RequestScreening.h"

#include "base/Text.h"
#include "sip/ua/SdpBody.h"

namespace hs::sip {

namespace {
bool isAllowed(Method method)
{
    switch (method) {
    case Method::Register:
    case Method::Subscribe:
    case Method::Publish:
    case Method::Other:
        return false;
    default:
        return true;
    }
}

std::optional<Refusal> screenMethod(const Request& request)
{
    if (isAllowed(request.kind())) {
        return std::nullopt;
    }
    // Known to SIP but not done here, against never heard of (sections 21.4.6 and 21.5.2).
    const int code = request.kind() == Method::Other ? 501 : 405;
    return Refusal{code, {}, {{"Allow", allowedMethods}}};
}

// It asks for TLS on the whole way (section 19.1, RFC 5630 section 3.1).
std::optional<Refusal> screenScheme(const Request& request, bool isSecure)
{
    const std::optional<Uri> uri = request.uri();
    return uri && uri->isSips() && !isSecure ? std::optional(Refusal{416, {}, {}}) : std::nullopt;
}

std::optional<Refusal> screenRequire(const Request& request)
{
    const QList<QByteArray> ours = QByteArray(supportedOptions).replace(" ", "").split(',');
    QList<QByteArray> unknown; // section 8.2.2.3
    for (const QByteArray& tag : request.required()) {
        if (!ours.contains(tag)) {
            unknown.append(tag);
        }
    }
    if (unknown.isEmpty()) {
        return std::nullopt;
    }
    return Refusal{420, {}, {{"Unsupported", unknown.join(", ")}}};
}

std::optional<Refusal> screenInviteBody(const Request& request)
{
    const QList<ExtraHeader> whatWeTake{
        {"Accept", "application/sdp"}, {"Accept-Encoding", "identity"}, {"Accept-Language", "en"}};
    if (const auto encoding = request.headers.first("Content-Encoding");
        encoding && !base::equalsIgnoreCase(base::trimmed(*encoding), "identity")) {
        return Refusal{415, {}, whatWeTake};
    }
    if (findSdp(request).kind == BodyKind::Unsupported) {
        return Refusal{415, {}, whatWeTake};
    }
    if (!request.accepts("application/sdp")) {
        return Refusal{406, {}, {}};
    }
    return std::nullopt;
}
} // namespace

std::optional<Refusal> screen(const Request& request, bool isSecure)
{
    if (auto refusal = screenMethod(request)) {
        return refusal;
    }
    if (auto refusal = screenScheme(request, isSecure)) {
        return refusal;
    }
    if (auto refusal = screenRequire(request)) {
        return refusal;
    }
    const bool isNotify = request.kind() == Method::Notify;
    if (request.body.size() > (isNotify ? mostNotifyBodyBytes : mostBodyBytes)) {
        return Refusal{413, {}, {}};
    }
    if (request.kind() == Method::Invite) {
        return screenInviteBody(request);
    }
    return std::nullopt;
}

} // namespace hs::sip
