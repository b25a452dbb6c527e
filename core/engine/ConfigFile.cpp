#include "engine/ConfigFile.h"

#include "engine/ConfigLine.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QHash>
#include <QSaveFile>
#include <QStringDecoder>

#include <optional>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
constexpr qint64 mostBytes = 1024 * 1024;

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
        const ConfigLine line = ConfigLine::parse(lines.at(i));
        if (line.kind == ConfigLine::Kind::Section) {
            place.insertAt = i;
            break;
        }
        if (line.kind == ConfigLine::Kind::Assignment && line.key == key) {
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
    QHash<QString, int> seen; // in the section
    QList<Entry>* entries = &file.entries;
    int number = 0;
    for (const QString& text : content->text.split(u'\n')) {
        ++number;
        const ConfigLine line = ConfigLine::parse(text);
        QString error = line.error;
        if (line.kind == ConfigLine::Kind::Section) {
            file.sections << Section{line.key, line.value, number, !error.isEmpty(), {}};
            entries = &file.sections.last().entries;
            seen.clear();
        } else if (line.kind == ConfigLine::Kind::Assignment) {
            if (const int first = seen.value(line.key); first > 0) {
                error = QStringLiteral("key '%1': it stands in line %2 as well; remove one of them")
                            .arg(line.key)
                            .arg(first);
            } else {
                seen.insert(line.key, number);
                *entries << Entry{line.key, line.value, number};
            }
        }
        if (!error.isEmpty()) {
            file.errors << QStringLiteral("%1:%2: %3").arg(path).arg(number).arg(error);
        }
    }
    return file;
}

Result<void> ConfigFile::change(const QString& path, const Edit& edit)
{
    const Result<Content> content = contentOf(path);
    if (!content) {
        return content.error();
    }
    QStringList lines = content->text.split(u'\n');
    if (!lines.constLast().isEmpty()) {
        lines << QString(); // what follows the last line's end
    }
    if (const Result<void> edited = edit(lines); !edited) {
        return edited;
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

Result<void> ConfigFile::setValue(const QString& path, const QString& key, const QString& value)
{
    return change(path, [&](QStringList& lines) -> Result<void> {
        const Place place = placeOf(key, lines);
        if (place.existing) {
            QString& text = lines[*place.existing];
            const ConfigLine line = ConfigLine::parse(text);
            text.replace(line.valueAt, line.valueEnd - line.valueAt, quoted(value));
        } else {
            const bool atEnd = place.insertAt == lines.size();
            lines.insert(place.insertAt - (atEnd ? 1 : 0),
                         key + QStringLiteral(" = ") + quoted(value));
        }
        return {};
    });
}

QString ConfigFile::quoted(const QString& value)
{
    return ConfigLine::quoted(value);
}

} // namespace hs::engine
