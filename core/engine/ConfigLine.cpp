#include "engine/ConfigLine.h"

#include "base/Text.h"

#include <algorithm>

namespace hs::engine {

namespace {
using Line = ConfigLine;

bool isBlank(QChar c)
{
    return c == u' ' || c == u'\t' || c == u'\r' || c == QChar(QChar::ByteOrderMark);
}

qsizetype skipBlanks(const QString& text, qsizetype at)
{
    while (at < text.size() && isBlank(text.at(at))) {
        ++at;
    }
    return at;
}

Line bad(const QString& error)
{
    Line line;
    line.kind = Line::Kind::Bad;
    line.error = error;
    return line;
}

bool isKey(const QString& text)
{
    return !text.isEmpty() && std::all_of(text.begin(), text.end(), [](QChar c) {
        return (c >= u'a' && c <= u'z') || (c >= u'0' && c <= u'9') || c == u'_';
    });
}

void readPlainValue(const QString& text, Line& line)
{
    qsizetype end = line.valueAt;
    while (end < text.size()
           && !(text.at(end) == u'#' && isBlank(text.at(end - 1)))) { // '=' is before at least
        ++end;
    }
    if (line.valueAt < text.size() && text.at(line.valueAt) == u'#') {
        end = line.valueAt; // only a comment stands after the equals sign
    }
    while (end > line.valueAt && isBlank(text.at(end - 1))) {
        --end;
    }
    line.valueEnd = end;
    line.value = text.mid(line.valueAt, end - line.valueAt);
}

void readQuotedValue(const QString& text, Line& line)
{
    qsizetype at = line.valueAt + 1;
    for (; at < text.size() && text.at(at) != u'"'; ++at) {
        const bool escapes = text.at(at) == u'\\' && at + 1 < text.size()
            && (text.at(at + 1) == u'"' || text.at(at + 1) == u'\\');
        at += escapes ? 1 : 0;
        line.value += text.at(at);
    }
    line.valueEnd = at + 1;
    const qsizetype rest = skipBlanks(text, line.valueEnd);
    if (at >= text.size()) {
        line = bad(QStringLiteral("key '%1': the value's closing quote is missing; add a \" at "
                                  "its end")
                       .arg(line.key));
    } else if (rest < text.size() && text.at(rest) != u'#') {
        line = bad(QStringLiteral("key '%1': something stands after the closing quote; put it in "
                                  "the quotes, or # before it")
                       .arg(line.key));
    }
}

// "[account office]  # why"
Line sectionLine(const QString& text)
{
    Line line;
    line.kind = Line::Kind::Section;
    line.key = text;
    const qsizetype closing = text.indexOf(u']');
    const QString rest = text.mid(closing + 1).trimmed();
    if (closing < 0 || (!rest.isEmpty() && !rest.startsWith(u'#'))) {
        line.error = QStringLiteral("section '%1': write it like [account office], with nothing "
                                    "but a comment behind it")
                         .arg(base::printable(text, 60));
        return line;
    }
    const QString inside = text.mid(1, closing - 1).simplified();
    line.key = inside.section(u' ', 0, 0);
    line.value = inside.section(u' ', 1);
    return line;
}

} // namespace

ConfigLine ConfigLine::parse(const QString& text)
{
    const qsizetype start = skipBlanks(text, 0);
    if (start == text.size() || text.at(start) == u'#') {
        return {};
    }
    if (text.at(start) == u'[') {
        return sectionLine(text.mid(start).trimmed());
    }
    const qsizetype equals = text.indexOf(u'=', start);
    if (equals < 0) {
        // Of a line that may hold a password only the first word is told.
        const QString all = text.trimmed();
        const QString shown =
            all.startsWith(QStringLiteral("password"), Qt::CaseInsensitive) ? all.left(8) : all;
        return bad(QStringLiteral("'%1' has no '='; write 'key = value', or # before a comment")
                       .arg(base::printable(shown, 60)));
    }
    Line line;
    line.kind = Line::Kind::Assignment;
    line.key = text.mid(start, equals - start).trimmed();
    if (!isKey(line.key)) {
        return bad(QStringLiteral("'%1' is no key; keys have small letters, digits and '_'")
                       .arg(base::printable(line.key, 60)));
    }
    line.valueAt = skipBlanks(text, equals + 1);
    if (line.valueAt < text.size() && text.at(line.valueAt) == u'"') {
        readQuotedValue(text, line);
    } else {
        readPlainValue(text, line);
    }
    const bool hasControl = std::any_of(line.value.begin(), line.value.end(), [](QChar c) {
        return c.category() == QChar::Other_Control;
    });
    return hasControl ? bad(QStringLiteral("key '%1': the value has control characters; remove "
                                           "them")
                                .arg(line.key))
                      : line;
}

QString ConfigLine::quoted(const QString& value)
{
    const bool plain = !value.isEmpty() && !isBlank(value.front()) && !isBlank(value.back())
        && !value.startsWith(u'"') && !value.startsWith(u'#')
        && !value.contains(QStringLiteral(" #")) && !value.contains(QStringLiteral("\t#"));
    if (plain) {
        return value;
    }
    QString text = value;
    text.replace(QStringLiteral("\\"), QStringLiteral("\\\\"));
    text.replace(QStringLiteral("\""), QStringLiteral("\\\""));
    return u'"' + text + u'"';
}

} // namespace hs::engine
