#include "engine/ConfigFile.h"

#include "base/Text.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <QStringDecoder>

#include <algorithm>
#include <optional>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
constexpr qint64 mostBytes = 1024 * 1024;

// One line, and where in it the value stands (with its quotes).
struct Line {
    enum class Kind { Nothing, Section, Assignment, Bad };
    Kind kind = Kind::Nothing;
    QString key;
    QString value;
    qsizetype valueAt = 0;
    qsizetype valueEnd = 0;
    QString error;
};

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

Line parseLine(const QString& text)
{
    const qsizetype start = skipBlanks(text, 0);
    if (start == text.size() || text.at(start) == u'#') {
        return {};
    }
    if (text.at(start) == u'[') {
        Line section;
        section.kind = Line::Kind::Section;
        section.key = text.mid(start).trimmed();
        return section;
    }
    const qsizetype equals = text.indexOf(u'=', start);
    if (equals < 0) {
        return bad(QStringLiteral("'%1' has no '='; write 'key = value', or # before a comment")
                       .arg(base::printable(text.trimmed(), 60)));
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

struct Content {
    bool exists = false;
    QString text;
};

Result<Content> contentOf(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return Content{};
    }
    if (QFileInfo(path).isDir()) {
        return Error{
            QStringLiteral("the configuration file '%1' is a folder; name a file").arg(path)};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{QStringLiteral("the configuration file '%1' can't be read (%2); give this "
                                    "user the right to, or name another with --config")
                         .arg(path, file.errorString())};
    }
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes) {
        return Error{QStringLiteral("the configuration file '%1' is larger than a megabyte; is it "
                                    "the right one?")
                         .arg(path)};
    }
    // A byte order mark stays, so that it is written back.
    QStringDecoder decoder(QStringConverter::Utf8, QStringConverter::Flag::ConvertInitialBom);
    QString text = decoder(bytes);
    if (decoder.hasError()) {
        return Error{
            QStringLiteral("the configuration file '%1' is not UTF-8; save it as UTF-8").arg(path)};
    }
    return Content{true, std::move(text)};
}

QString sectionError(const QString& header)
{
    const QString shown = base::printable(header, 60);
    return header.startsWith(QStringLiteral("[account"))
        ? QStringLiteral("section '%1': accounts are not supported yet; remove the section, and "
                         "name the SIP server with the key 'sip_server'")
              .arg(shown)
        : QStringLiteral("section '%1' is unknown; remove it, its keys too").arg(shown);
}

// Where a line with this key is, and where a new one goes: before the first section.
struct Place {
    std::optional<qsizetype> existing;
    qsizetype insertAt = 0;
};

Place placeOf(const QString& key, const QStringList& lines)
{
    Place place;
    place.insertAt = lines.size();
    for (qsizetype i = 0; i < lines.size(); ++i) {
        const Line line = parseLine(lines.at(i));
        if (line.kind == Line::Kind::Section) {
            place.insertAt = i;
            break;
        }
        if (line.kind == Line::Kind::Assignment && line.key == key) {
            place.existing = i;
        }
    }
    return place;
}
} // namespace

ConfigFile ConfigFile::read(const QString& path)
{
    ConfigFile file;
    const Result<Content> content = contentOf(path);
    if (!content) {
        file.errors << content.error().text;
        return file;
    }
    file.exists = content->exists;
    QHash<QString, int> seen;
    bool inSection = false;
    int number = 0;
    for (const QString& text : content->text.split(u'\n')) {
        ++number;
        const Line line = parseLine(text);
        QString error = line.error;
        if (line.kind == Line::Kind::Section) {
            inSection = true;
            error = sectionError(line.key);
        } else if (inSection) {
            continue; // the section was refused as a whole
        } else if (line.kind == Line::Kind::Assignment) {
            if (const int first = seen.value(line.key); first > 0) {
                error = QStringLiteral("key '%1': it stands in line %2 as well; remove one of them")
                            .arg(line.key)
                            .arg(first);
            } else {
                seen.insert(line.key, number);
                file.entries << Entry{line.key, line.value, number};
            }
        }
        if (!error.isEmpty()) {
            file.errors << QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(error);
        }
    }
    return file;
}

Result<void> ConfigFile::setValue(const QString& path, const QString& key, const QString& value)
{
    const Result<Content> content = contentOf(path);
    if (!content) {
        return content.error();
    }
    QStringList lines = content->text.split(u'\n');
    const Place place = placeOf(key, lines);
    if (place.existing) {
        QString& text = lines[*place.existing];
        const Line line = parseLine(text);
        text.replace(line.valueAt, line.valueEnd - line.valueAt, quoted(value));
    } else {
        // The last element is what follows the last line's end, usually nothing.
        const bool atEnd = place.insertAt == lines.size() && lines.constLast().isEmpty();
        lines.insert(place.insertAt - (atEnd ? 1 : 0), key + QStringLiteral(" = ") + quoted(value));
    }
    if (!lines.constLast().isEmpty()) {
        lines << QString();
    }
    QDir().mkpath(QFileInfo(path).absolutePath());
    QSaveFile file(path);
    if (!file.open(QIODevice::WriteOnly) || file.write(lines.join(u'\n').toUtf8()) < 0
        || !file.commit()) {
        return Error{QStringLiteral("the configuration file '%1' can't be written (%2); give this "
                                    "user the right to write to it and its folder")
                         .arg(path, file.errorString())};
    }
    return {};
}

QString ConfigFile::quoted(const QString& value)
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
