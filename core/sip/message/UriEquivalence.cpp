// Uri::equivalent(): the comparison of RFC 3261 section 19.1.4.
#include "base/Text.h"
#include "sip/message/Uri.h"

#include <algorithm>
#include <vector>

namespace hs::sip {

using namespace grammar;

namespace {
struct Component {
    QByteArray name;
    QByteArray value;

    friend bool operator==(const Component&, const Component&) = default;
    friend auto operator<=>(const Component& a, const Component& b)
    {
        const int byName = a.name.compare(b.name);
        return byName != 0 ? byName <=> 0 : a.value.compare(b.value) <=> 0;
    }
};
using Components = std::vector<Component>;

bool isReserved(char c)
{
    return QByteArrayView(";/?:@&=+$,").contains(c);
}

void appendEscape(QByteArray& out, char c)
{
    static constexpr char hexDigits[] = "0123456789ABCDEF";
    const auto octet = static_cast<unsigned char>(c);
    out += '%';
    out += hexDigits[octet >> 4];
    out += hexDigits[octet & 15];
}

// One spelling for all that are equivalent: "Characters other than those in the reserved set are
// equivalent to their "%" HEX HEX encoding", and only those.
QByteArray normalized(QByteArrayView text)
{
    QByteArray out;
    out.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const char c = text[i];
        if (c == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0
            && hexValue(text[i + 2]) >= 0) {
            const char decoded =
                static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
            if (isUnreserved(decoded)) {
                out += decoded;
            } else {
                appendEscape(out, decoded);
            }
        } else if (isUnreserved(c) || isReserved(c)) {
            out += c;
        } else {
            appendEscape(out, c);
        }
    }
    return out;
}

QByteArray normalizedLower(QByteArrayView text)
{
    return base::toLower(normalized(text));
}

Components sortedParams(const Params& params)
{
    Components components;
    for (const Param& param : params) {
        components.push_back({normalizedLower(param.name), normalizedLower(param.value)});
    }
    std::sort(components.begin(), components.end());
    return components;
}

Components sortedHeaders(QByteArrayView headers)
{
    Components components;
    for (qsizetype start = 0; start < headers.size();) {
        qsizetype end = headers.indexOf('&', start);
        end = end < 0 ? headers.size() : end;
        const QByteArrayView header = headers.sliced(start, end - start);
        const qsizetype equal = header.indexOf('=');
        const qsizetype nameEnd = equal < 0 ? header.size() : equal;
        components.push_back({normalizedLower(header.first(nameEnd)),
                              equal < 0 ? QByteArray() : normalized(header.sliced(equal + 1))});
        start = end + 1;
    }
    std::sort(components.begin(), components.end());
    return components;
}

// Of these one that stands in only one URI makes a difference, even with its default value. For
// transport the rules say nothing, but the RFC's table of examples does.
bool mattersAlone(const QByteArray& name)
{
    return name == "user" || name == "ttl" || name == "method" || name == "maddr"
        || name == "transport";
}

bool paramsMatch(const Params& ours, const Params& theirs)
{
    const Components a = sortedParams(ours);
    const Components b = sortedParams(theirs);
    std::size_t i = 0;
    std::size_t j = 0;
    while (i < a.size() || j < b.size()) {
        const int order = i == a.size() ? 1 : j == b.size() ? -1 : a[i].name.compare(b[j].name);
        if (order == 0) {
            if (a[i].value != b[j].value) {
                return false;
            }
            ++i;
            ++j;
        } else if (mattersAlone(order < 0 ? a[i].name : b[j].name)) {
            return false;
        } else {
            ++(order < 0 ? i : j);
        }
    }
    return true;
}
} // namespace

bool Uri::equivalent(const Uri& other) const
{
    if (!base::equalsIgnoreCase(scheme, other.scheme)) {
        return false;
    }
    if (!isSip()) {
        return opaque == other.opaque;
    }
    return normalized(user) == normalized(other.user)
        && password.isNull() == other.password.isNull()
        && normalized(password) == normalized(other.password)
        && base::equalsIgnoreCase(host, other.host) && port == other.port
        && paramsMatch(params, other.params)
        && sortedHeaders(headers) == sortedHeaders(other.headers);
}

} // namespace hs::sip
