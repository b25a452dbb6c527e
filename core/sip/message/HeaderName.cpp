#include "sip/message/HeaderName.h"

#include <array>
#include <string_view>

namespace hs::sip {

namespace {
// In the order of the enumeration.
constexpr std::array longNames = std::to_array<std::string_view>({
    "Accept",
    "Accept-Contact",
    "Accept-Encoding",
    "Accept-Language",
    "Alert-Info",
    "Allow",
    "Allow-Events",
    "Answer-Mode",
    "Authentication-Info",
    "Authorization",
    "Call-ID",
    "Call-Info",
    "Contact",
    "Content-Disposition",
    "Content-Encoding",
    "Content-ID",
    "Content-Language",
    "Content-Length",
    "Content-Type",
    "CSeq",
    "Date",
    "Diversion",
    "Error-Info",
    "Event",
    "Expires",
    "Feature-Caps",
    "Flow-Timer",
    "From",
    "Geolocation",
    "Geolocation-Error",
    "Geolocation-Routing",
    "History-Info",
    "Identity",
    "Identity-Info",
    "In-Reply-To",
    "Info-Package",
    "Join",
    "Max-Breadth",
    "Max-Forwards",
    "MIME-Version",
    "Min-Expires",
    "Min-SE",
    "Organization",
    "P-Access-Network-Info",
    "P-Asserted-Identity",
    "P-Associated-URI",
    "P-Called-Party-ID",
    "P-Charging-Vector",
    "P-Early-Media",
    "P-Preferred-Identity",
    "Path",
    "Priority",
    "Privacy",
    "Proxy-Authenticate",
    "Proxy-Authorization",
    "Proxy-Require",
    "RAck",
    "Reason",
    "Record-Route",
    "Recv-Info",
    "Refer-Sub",
    "Refer-To",
    "Referred-By",
    "Reject-Contact",
    "Remote-Party-ID",
    "Replaces",
    "Reply-To",
    "Request-Disposition",
    "Require",
    "Resource-Priority",
    "Retry-After",
    "Route",
    "RSeq",
    "Security-Client",
    "Security-Server",
    "Security-Verify",
    "Server",
    "Service-Route",
    "Session-Expires",
    "Session-ID",
    "SIP-ETag",
    "SIP-If-Match",
    "Subject",
    "Subscription-State",
    "Supported",
    "Target-Dialog",
    "Timestamp",
    "To",
    "Unsupported",
    "User-Agent",
    "User-to-User",
    "Via",
    "Warning",
    "WWW-Authenticate",
});
static_assert(longNames.size() == static_cast<std::size_t>(HeaderId::Other));

constexpr char lower(char c)
{
    return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c;
}

constexpr std::size_t bucketCount = 512;

constexpr std::size_t bucketOf(std::string_view name)
{
    std::size_t hash = name.size();
    for (const char c : name) {
        hash = hash * 31 + static_cast<unsigned char>(lower(c));
    }
    return (hash ^ hash >> 9) % bucketCount;
}

// Open addressing; a third of the buckets at most is taken.
constexpr std::array<HeaderId, bucketCount> makeBuckets()
{
    std::array<HeaderId, bucketCount> buckets{};
    buckets.fill(HeaderId::Other);
    for (std::size_t i = 0; i < longNames.size(); ++i) {
        std::size_t bucket = bucketOf(longNames[i]);
        while (buckets[bucket] != HeaderId::Other) {
            bucket = (bucket + 1) % bucketCount;
        }
        buckets[bucket] = static_cast<HeaderId>(i);
    }
    return buckets;
}
constexpr std::array<HeaderId, bucketCount> buckets = makeBuckets();
static_assert(longNames.size() * 3 < bucketCount);

constexpr std::size_t longestName = 24;

bool matches(std::string_view known, QByteArrayView name)
{
    if (known.size() != static_cast<std::size_t>(name.size())) {
        return false;
    }
    for (std::size_t i = 0; i < known.size(); ++i) {
        if (lower(known[i]) != lower(name[static_cast<qsizetype>(i)])) {
            return false;
        }
    }
    return true;
}

HeaderId fromCompactForm(char c)
{
    switch (lower(c)) {
    case 'a':
        return HeaderId::AcceptContact;
    case 'b':
        return HeaderId::ReferredBy;
    case 'c':
        return HeaderId::ContentType;
    case 'd':
        return HeaderId::RequestDisposition;
    case 'e':
        return HeaderId::ContentEncoding;
    case 'f':
        return HeaderId::From;
    case 'i':
        return HeaderId::CallId;
    case 'j':
        return HeaderId::RejectContact;
    case 'k':
        return HeaderId::Supported;
    case 'l':
        return HeaderId::ContentLength;
    case 'm':
        return HeaderId::Contact;
    case 'n':
        return HeaderId::IdentityInfo;
    case 'o':
        return HeaderId::Event;
    case 'r':
        return HeaderId::ReferTo;
    case 's':
        return HeaderId::Subject;
    case 't':
        return HeaderId::To;
    case 'u':
        return HeaderId::AllowEvents;
    case 'v':
        return HeaderId::Via;
    case 'x':
        return HeaderId::SessionExpires;
    case 'y':
        return HeaderId::Identity;
    default:
        return HeaderId::Other;
    }
}
} // namespace

HeaderId headerId(QByteArrayView name)
{
    if (name.size() == 1) {
        return fromCompactForm(name.front());
    }
    if (name.isEmpty() || name.size() > static_cast<qsizetype>(longestName)) {
        return HeaderId::Other;
    }
    std::size_t bucket = bucketOf({name.data(), static_cast<std::size_t>(name.size())});
    while (buckets[bucket] != HeaderId::Other) {
        if (matches(longNames[static_cast<std::size_t>(buckets[bucket])], name)) {
            return buckets[bucket];
        }
        bucket = (bucket + 1) % bucketCount;
    }
    return HeaderId::Other;
}

QByteArray headerName(HeaderId id)
{
    if (id >= HeaderId::Other) {
        return {};
    }
    const std::string_view name = longNames[static_cast<std::size_t>(id)];
    return QByteArray::fromRawData(name.data(), static_cast<qsizetype>(name.size()));
}

} // namespace hs::sip
