#include "sip/ua/Refer.h"

#include "base/Text.h"
#include "sip/message/StatusCode.h"

namespace hs::sip {

std::variant<ReferRequest, ReferRefusal> readRefer(const Request& request)
{
    const QList<QByteArrayView> targets = request.headers.all(HeaderId::ReferTo);
    if (targets.size() != 1) {
        return ReferRefusal{400, "Exactly One Refer-To Is Needed"}; // RFC 3515 section 2.4.2
    }
    const std::optional<NameAddr> target = NameAddr::parse(targets.first());
    if (!target) {
        return ReferRefusal{400, "Bad Refer-To"};
    }
    ReferRequest refer;
    refer.target = target->uri;
    if (!refer.target.isSip() && refer.target.scheme != "tel") {
        return ReferRefusal{416, {}};
    }
    if (refer.target.isSip() && refer.target.host.isEmpty()) {
        return ReferRefusal{400, "Bad Refer-To"};
    }
    const auto method = refer.target.params.find("method");
    if (method && !base::equalsIgnoreCase(*method, "INVITE")) {
        return ReferRefusal{405, "Only INVITE Can Be Referred To"};
    }
    if (!refer.target.headers.isEmpty()) {
        refer.replaces = ReplacesHeader::fromUriHeaders(refer.target.headers);
    }
    refer.target = refer.target.forRequest(); // no other header of theirs gets into our INVITE
    if (const auto by = request.headers.first(HeaderId::ReferredBy)) {
        if (NameAddr::isValid(*by)) {
            refer.referredBy = by->toByteArray();
        }
    }
    return refer;
}

QByteArray sipFragment(int code, QByteArray reason)
{
    if (reason.isEmpty()) {
        reason = reasonPhrase(code);
    }
    return "SIP/2.0 " + QByteArray::number(code) + ' ' + reason + "\r\n";
}

std::optional<SipFragment> readSipFragment(const QByteArray& body)
{
    const qsizetype end = body.indexOf('\n');
    const QByteArray line = (end < 0 ? body : body.first(end)).trimmed();
    if (!line.startsWith("SIP/2.0 ")) {
        return std::nullopt;
    }
    const QByteArray rest = line.sliced(8);
    const qsizetype blank = rest.indexOf(' ');
    const auto code = base::parseU32(blank < 0 ? rest : rest.first(blank));
    if (!code || *code < 100 || *code > 699) {
        return std::nullopt;
    }
    return SipFragment{static_cast<int>(*code), blank < 0 ? QByteArray() : rest.sliced(blank + 1)};
}

NameAddr referTo(const Uri& target, const std::optional<ReplacesHeader>& replaces, bool required)
{
    NameAddr address;
    address.uri = target;
    address.uri.headers = replaces ? replaces->toUriHeader() : QByteArray();
    if (replaces && required) {
        address.uri.headers += "&Require=replaces";
    }
    return address;
}

} // namespace hs::sip
