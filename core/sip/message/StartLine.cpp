#include "sip/message/StartLine.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::sip {

using namespace grammar;

namespace {
constexpr QByteArrayView ourVersion = "SIP/2.0";

// "SIP/" 1*DIGIT "." 1*DIGIT, of any protocol that names its version so.
bool isVersion(QByteArrayView word, qsizetype slash)
{
    const QByteArrayView number = word.sliced(slash + 1);
    const qsizetype dot = number.indexOf('.');
    const auto areDigits = [](QByteArrayView text) {
        return !text.isEmpty() && std::all_of(text.begin(), text.end(), isDigit);
    };
    return dot >= 0 && areDigits(number.first(dot)) && areDigits(number.sliced(dot + 1));
}

Defect badRequestLine()
{
    return {400, QByteArrayLiteral("Bad Request-Line")};
}

std::optional<Defect> versionDefect(QByteArrayView version)
{
    // Section 7.1: the version is a literal text, "SIP/02.0" is another one.
    if (base::equalsIgnoreCase(version, ourVersion)) {
        return std::nullopt;
    }
    return isVersion(version, 3) ? Defect{505, QByteArrayLiteral("Version Not Supported")}
                                 : Defect{400, QByteArrayLiteral("Bad SIP-Version")};
}
} // namespace

bool beginsLikeResponse(QByteArrayView line)
{
    return line.size() >= 4 && base::equalsIgnoreCase(line.first(4), "SIP/");
}

std::optional<RequestLine> parseRequestLine(QByteArrayView line)
{
    const auto* const firstBlank = std::find_if(line.begin(), line.end(), isBlank);
    RequestLine result;
    result.method = line.first(firstBlank - line.begin());
    const QByteArrayView rest = base::trimmed(line.sliced(result.method.size()));
    if (result.method.isEmpty() || rest.isEmpty()) {
        return std::nullopt;
    }
    qsizetype wordStart = rest.size();
    while (wordStart > 0 && !isBlank(rest[wordStart - 1])) {
        --wordStart;
    }
    const QByteArrayView version = rest.sliced(wordStart);
    if (!beginsLikeResponse(version)) {
        const qsizetype slash = version.indexOf('/');
        if (slash > 0 && isToken(version.first(slash)) && isVersion(version, slash)) {
            return std::nullopt; // HTTP, RTSP
        }
        result.uri = rest;
        result.defect = badRequestLine();
        return result;
    }
    result.uri = base::trimmed(rest.first(wordStart));
    result.defect = versionDefect(version);
    // One SP between the three parts, none elsewhere (section 7.1; RFC 4475 3.1.2.8 to 3.1.2.10).
    const bool exact = line.size() == result.method.size() + result.uri.size() + version.size() + 2
        && !line.contains('\t')
        && std::find_if(result.uri.begin(), result.uri.end(), isBlank) == result.uri.end();
    if (!result.defect && (!exact || !isToken(result.method))) {
        result.defect = badRequestLine();
    }
    return result;
}

std::optional<StatusLine> parseStatusLine(QByteArrayView line)
{
    const qsizetype codeStart = ourVersion.size() + 1;
    const qsizetype codeEnd = codeStart + 3;
    if (line.size() < codeEnd || !base::equalsIgnoreCase(line.first(ourVersion.size()), ourVersion)
        || line[ourVersion.size()] != ' ' || line.contains('\r')) {
        return std::nullopt;
    }
    // Three digits and then a blank: 4294967301 is not to be taken for a 1xx (RFC 4475 3.1.2.19).
    // The blank may be missing with the reason phrase.
    const QByteArrayView code = line.sliced(codeStart, 3);
    const bool ends = line.size() == codeEnd || line[codeEnd] == ' ';
    const std::optional<std::uint32_t> number = base::parseU32(code);
    if (!ends || !number || *number < 100 || *number > 699) {
        return std::nullopt;
    }
    StatusLine result;
    result.code = static_cast<int>(*number);
    result.reason = line.sliced(qMin(codeEnd + 1, line.size()));
    return result;
}

} // namespace hs::sip
