#include "sip/message/Grammar.h"

#include <algorithm>
#include <string_view>

namespace hs::sip::grammar {

namespace detail {
namespace {
constexpr bool isAlphanumeric(int c)
{
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

constexpr bool contains(std::string_view set, int c)
{
    return c < 0x80 && set.find(static_cast<char>(c)) != std::string_view::npos;
}

constexpr unsigned char classesOf(int c)
{
    const bool alphanumeric = isAlphanumeric(c);
    const bool visible = c > 0x20 && c != 0x7f;
    const bool unreserved = alphanumeric || contains("-_.!~*'()", c);
    unsigned classes = 0;
    const auto put = [&classes](CharClass which, bool belongs) {
        classes |= belongs ? static_cast<unsigned>(which) : 0U;
    };
    put(TokenChar, alphanumeric || contains("-.!%*_+`'~", c));
    put(UnreservedChar, unreserved);
    put(UserChar, unreserved || contains("&=+$,;?/", c));
    put(ParamValueChar, visible && !contains(";,\"<>", c));
    put(UriChar, visible && !contains("\"<>", c));
    put(HostChar, alphanumeric || contains("-_", c));
    return static_cast<unsigned char>(classes);
}

constexpr std::array<unsigned char, 256> makeCharClasses()
{
    std::array<unsigned char, 256> classes{};
    for (int c = 0; c < 256; ++c) {
        classes[static_cast<std::size_t>(c)] = classesOf(c);
    }
    return classes;
}
} // namespace

constinit const std::array<unsigned char, 256> charClasses = makeCharClasses();
} // namespace detail

int hexValue(char c)
{
    if (isDigit(c)) {
        return c - '0';
    }
    if (c >= 'A' && c <= 'F') {
        return c - 'A' + 10;
    }
    return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool isToken(QByteArrayView text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), isTokenChar);
}

bool hasWholeEscapes(QByteArrayView text)
{
    for (qsizetype at = text.indexOf('%'); at >= 0; at = text.indexOf('%', at + 3)) {
        if (at + 2 >= text.size() || hexValue(text[at + 1]) < 0 || hexValue(text[at + 2]) < 0) {
            return false;
        }
    }
    return true;
}

QByteArray percentDecoded(QByteArrayView text)
{
    QByteArray result;
    result.reserve(text.size());
    for (qsizetype i = 0; i < text.size(); ++i) {
        const bool escape = text[i] == '%' && i + 2 < text.size() && hexValue(text[i + 1]) >= 0
            && hexValue(text[i + 2]) >= 0;
        if (escape) {
            result += static_cast<char>(hexValue(text[i + 1]) * 16 + hexValue(text[i + 2]));
            i += 2;
        } else {
            result += text[i];
        }
    }
    return result;
}

qsizetype skipBlanks(QByteArrayView text, qsizetype from)
{
    while (from < text.size() && isBlank(text[from])) {
        ++from;
    }
    return from;
}

qsizetype skipToken(QByteArrayView text, qsizetype from)
{
    while (from < text.size() && isTokenChar(text[from])) {
        ++from;
    }
    return from;
}

qsizetype skipQuotedString(QByteArrayView text, qsizetype from)
{
    for (qsizetype i = from + 1; i < text.size(); ++i) {
        if (text[i] == '"') {
            return i + 1;
        }
        if (text[i] == '\\') {
            ++i; // a quoted-pair may hold any character, NUL and DEL among them
        } else if (isControl(text[i])) {
            return -1;
        }
    }
    return -1;
}

QByteArray unquoted(QByteArrayView raw)
{
    if (raw.size() < 2 || raw.front() != '"' || raw.back() != '"') {
        return raw.toByteArray();
    }
    const QByteArrayView content = raw.sliced(1, raw.size() - 2);
    if (!content.contains('\\')) {
        return content.toByteArray();
    }
    QByteArray result;
    result.reserve(content.size());
    for (qsizetype i = 0; i < content.size(); ++i) {
        if (content[i] == '\\' && i + 1 < content.size()) {
            ++i;
        }
        result += content[i];
    }
    return result;
}

QByteArray quoted(QByteArrayView content)
{
    QByteArray result;
    result.reserve(content.size() + 2);
    result += '"';
    for (const char c : content) {
        if (c == '\r' || c == '\n') {
            result += ' ';
            continue;
        }
        if (c == '"' || c == '\\' || isControl(c)) {
            result += '\\';
        }
        result += c;
    }
    result += '"';
    return result;
}

} // namespace hs::sip::grammar
