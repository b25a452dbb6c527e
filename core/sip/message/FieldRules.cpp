#include "sip/message/FieldRules.h"

#include "base/Text.h"
#include "sip/message/ListSplitter.h"

#include <algorithm>
#include <bitset>

namespace hs::sip {

using namespace grammar;

namespace {
constexpr std::size_t idCount = static_cast<std::size_t>(HeaderId::Other) + 1;
constexpr QByteArrayView magicCookie = "z9hG4bK";

// Fields of which two would leave open what is meant. In a response only those count without which
// it can't be told whose it is.
bool mayStandOnce(HeaderId id, bool inRequest)
{
    switch (id) {
    case HeaderId::From:
    case HeaderId::To:
    case HeaderId::CallId:
    case HeaderId::CSeq:
        return true;
    case HeaderId::MaxForwards:
    case HeaderId::ContentType:
    case HeaderId::ContentDisposition:
    case HeaderId::Expires:
    case HeaderId::Event:
    case HeaderId::SubscriptionState:
    case HeaderId::ReferTo: // RFC 3515 section 2.1
    case HeaderId::ReferredBy:
    case HeaderId::Replaces: // RFC 3891 section 3
    case HeaderId::Join:
    case HeaderId::SessionExpires:
    case HeaderId::MinSe:
    case HeaderId::RAck:
    case HeaderId::SipIfMatch:
        return inRequest;
    default:
        return false;
    }
}

bool isCallId(QByteArrayView value)
{
    // Any visible octets: many in the field are no word ["@" word], and none of it is interpreted.
    return !value.isEmpty() && std::none_of(value.begin(), value.end(), [](char c) {
        return isBlank(c) || isControl(c);
    });
}

bool areAddresses(QByteArrayView value)
{
    ListSplitter splitter(value);
    for (QByteArrayView element; splitter.next(element);) {
        if (!NameAddr::isValid(element)) {
            return false;
        }
    }
    return true;
}

bool areVias(QByteArrayView value, qsizetype& count)
{
    ListSplitter splitter(value);
    for (QByteArrayView element; splitter.next(element); ++count) {
        if (!Via::isValid(element)) {
            return false;
        }
    }
    return true;
}

// type "/" subtype; of the parameters none is needed to tell what the body is.
bool isMediaType(QByteArrayView value)
{
    const qsizetype semicolon = value.indexOf(';');
    const QByteArrayView type = semicolon < 0 ? value : value.first(semicolon);
    const qsizetype slash = type.indexOf('/');
    return slash > 0 && isToken(base::trimmed(type.first(slash)))
        && isToken(base::trimmed(type.sliced(slash + 1)));
}

bool areDigits(QByteArrayView value)
{
    return !value.isEmpty() && std::all_of(value.begin(), value.end(), isDigit);
}

// Of the fields that both kinds of message need.
bool isWellFormed(HeaderId id, QByteArrayView value, qsizetype& viaCount)
{
    switch (id) {
    case HeaderId::Via:
        return areVias(value, viaCount);
    case HeaderId::From:
    case HeaderId::To:
        return NameAddr::isValid(value);
    case HeaderId::CallId:
        return isCallId(value);
    case HeaderId::CSeq:
        return CSeq::parse(value).has_value();
    default:
        return true;
    }
}

// Of those that only a request is refused for.
bool isWellFormedInRequest(HeaderId id, QByteArrayView value)
{
    switch (id) {
    case HeaderId::Contact:
        return value == "*" || areAddresses(value);
    case HeaderId::Route:
    case HeaderId::RecordRoute:
        return areAddresses(value);
    case HeaderId::MaxForwards:
        return areDigits(value);
    case HeaderId::ContentType:
        return isMediaType(value);
    default:
        return true;
    }
}

QByteArray fieldFault(const Headers& headers, bool inRequest, qsizetype mostVias)
{
    std::bitset<idCount> seen;
    qsizetype viaCount = 0;
    for (const Header& header : headers) {
        const auto index = static_cast<std::size_t>(header.id);
        if (seen.test(index) && mayStandOnce(header.id, inRequest)) {
            return "More Than One " + header.name;
        }
        seen.set(index);
        if (!isWellFormed(header.id, header.value, viaCount)
            || (inRequest && !isWellFormedInRequest(header.id, header.value))) {
            return "Bad " + header.name;
        }
        if (viaCount > mostVias) {
            return QByteArrayLiteral("Too Many Via");
        }
    }
    for (const HeaderId id :
         {HeaderId::CallId, HeaderId::CSeq, HeaderId::From, HeaderId::To, HeaderId::Via}) {
        if (!seen.test(static_cast<std::size_t>(id))) {
            return "Missing " + headerName(id);
        }
    }
    return {};
}
} // namespace

QByteArray requestFieldFault(const Request& request, const ParserLimits& limits)
{
    QByteArray fault = fieldFault(request.headers, true, limits.vias);
    if (!fault.isEmpty()) {
        return fault;
    }
    // RFC 4475 section 3.2.1: a cookie with nothing behind it tells no transaction from another.
    if (base::equalsIgnoreCase(request.topVia()->branch(), magicCookie)) {
        return QByteArrayLiteral("Bad Branch");
    }
    // RFC 3261 section 8.1.1.5. For a method that nobody knows 501 is the better answer (RFC 4475
    // section 3.1.2.18), and the user agent's.
    if (request.kind() != Method::Other && request.cseq()->method != request.method) {
        return QByteArrayLiteral("CSeq Method Mismatch");
    }
    return {};
}

QByteArray responseFieldFault(const Response& response)
{
    return fieldFault(response.headers, false, std::numeric_limits<qsizetype>::max());
}

std::optional<Defect> requestUriDefect(const Request& request)
{
    const std::optional<Uri> uri = request.uri();
    if (!uri) {
        return Defect{400, QByteArrayLiteral("Bad Request-URI")};
    }
    // RFC 3261 section 19.1.1: headers are not allowed there; nor may they become header fields of
    // the request (RFC 4475 section 3.1.2.11).
    if (!uri->headers.isEmpty()) {
        return Defect{400, QByteArrayLiteral("Headers in Request-URI")};
    }
    if (!uri->isSip() && uri->scheme != "tel" && request.kind() != Method::Other) {
        return Defect{416, QByteArrayLiteral("Unsupported URI Scheme")};
    }
    return std::nullopt;
}

} // namespace hs::sip
