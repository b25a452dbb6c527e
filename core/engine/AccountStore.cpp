#include "engine/AccountStore.h"

#include "engine/AccountKeys.h"
#include "engine/ConfigFile.h"
#include "engine/ConfigLine.h"

#include <algorithm>
#include <optional>

namespace hs::engine {

using base::Error;
using base::Result;
using model::Account;
using Kind = ConfigLine::Kind;

namespace {
struct Place {
    qsizetype header = 0;
    qsizetype end = 0; // where the next section begins, or behind the last line
};

bool isSection(const QString& text, const QString& name)
{
    const ConfigLine line = ConfigLine::parse(text);
    return line.kind == Kind::Section && line.error.isEmpty()
        && line.key == QStringLiteral("account") && line.value == name;
}

std::optional<Place> find(const QStringList& lines, const QString& name)
{
    const auto header = std::find_if(
        lines.begin(), lines.end(), [&name](const QString& text) { return isSection(text, name); });
    if (header == lines.end()) {
        return std::nullopt;
    }
    const auto next = std::find_if(header + 1, lines.end(), [](const QString& text) {
        return ConfigLine::parse(text).kind == Kind::Section;
    });
    const qsizetype end = next - lines.begin();
    // Behind the last line's end nothing can be.
    return Place{header - lines.begin(), next == lines.end() ? end - 1 : end};
}

// Behind the last key of the section, or its header.
qsizetype endOfKeys(const QStringList& lines, const Place& place)
{
    qsizetype at = place.end;
    while (at > place.header + 1 && ConfigLine::parse(lines.at(at - 1)).kind == Kind::Nothing) {
        --at;
    }
    return at;
}

void setKeys(QStringList& lines, Place place, const QList<AccountValue>& values)
{
    QStringList found;
    for (qsizetype at = place.header + 1; at < place.end; ++at) {
        const ConfigLine line = ConfigLine::parse(lines.at(at));
        if (line.kind != Kind::Assignment) {
            continue;
        }
        const auto wanted =
            std::find_if(values.begin(), values.end(),
                         [&line](const AccountValue& value) { return value.key == line.key; });
        if (wanted == values.end() || found.contains(line.key)) {
            lines.removeAt(at--);
            --place.end;
        } else {
            found << line.key;
            lines[at].replace(line.valueAt, line.valueEnd - line.valueAt,
                              ConfigLine::quoted(wanted->value));
        }
    }
    qsizetype at = endOfKeys(lines, place);
    for (const AccountValue& value : values) {
        if (!found.contains(value.key)) {
            lines.insert(at++, value.key + QStringLiteral(" = ") + ConfigLine::quoted(value.value));
        }
    }
}

void add(QStringList& lines, const Account& account)
{
    QStringList added{QStringLiteral("[account %1]").arg(account.name)};
    for (const AccountValue& value : accountValues(account)) {
        added << value.key + QStringLiteral(" = ") + ConfigLine::quoted(value.value);
    }
    qsizetype at = lines.size() - 1;
    if (at > 0 && !lines.at(at - 1).trimmed().isEmpty()) {
        lines.insert(at++, QString());
    }
    for (const QString& line : added) {
        lines.insert(at++, line);
    }
}

void takeDefaultFromOthers(QStringList& lines, const QString& name)
{
    bool inOther = false;
    for (qsizetype at = 0; at < lines.size(); ++at) {
        const ConfigLine line = ConfigLine::parse(lines.at(at));
        if (line.kind == Kind::Section) {
            inOther = line.key == QStringLiteral("account") && line.value != name;
        } else if (inOther && line.kind == Kind::Assignment
                   && line.key == QStringLiteral("default")) {
            lines.removeAt(at--);
        }
    }
}

// What would make the file one that can't be read again.
QString problemOf(const Account& account)
{
    if (const QString wrong = accountNameProblem(account.name); !wrong.isEmpty()) {
        return wrong;
    }
    if (account.user.isEmpty() || account.domain.isEmpty()) {
        return QStringLiteral("an account needs both a user and a domain");
    }
    Account copy = account;
    for (const AccountValue& value : accountValues(account)) {
        const bool hasControl = std::any_of(value.value.begin(), value.value.end(), [](QChar c) {
            return c.category() == QChar::Other_Control;
        });
        const QString wrong = hasControl ? QStringLiteral("it has control characters; remove them")
                                         : accountKey(value.key)->apply(copy, value.value);
        if (!wrong.isEmpty()) {
            return QStringLiteral("%1: %2").arg(value.key, wrong);
        }
    }
    return {};
}
} // namespace

Result<void> writeAccount(const QString& path, const Account& account, const QString& formerName)
{
    if (const QString wrong = problemOf(account); !wrong.isEmpty()) {
        return Error{wrong};
    }
    const bool isRenamed = !formerName.isEmpty() && formerName != account.name;
    return ConfigFile::change(path, [&](QStringList& lines) -> Result<void> {
        if (isRenamed && find(lines, account.name)) {
            return Error{QStringLiteral("there is an account '%1' already; choose another name")
                             .arg(account.name)};
        }
        const auto place = find(lines, isRenamed ? formerName : account.name);
        if (place && isRenamed) {
            lines[place->header] = QStringLiteral("[account %1]").arg(account.name);
        }
        if (place) {
            setKeys(lines, *place, accountValues(account));
        } else {
            add(lines, account);
        }
        if (account.isDefault) {
            takeDefaultFromOthers(lines, account.name);
        }
        return {};
    });
}

Result<void> removeAccount(const QString& path, const QString& name)
{
    return ConfigFile::change(path, [&](QStringList& lines) -> Result<void> {
        const auto place = find(lines, name);
        if (!place) {
            return Error{
                QStringLiteral("the configuration file '%1' has no account '%2'").arg(path, name)};
        }
        const auto isEmpty = [](const QString& line) { return line.trimmed().isEmpty(); };
        const auto begin = lines.begin();
        qsizetype end = endOfKeys(lines, *place);
        const qsizetype gap = std::find_if(begin + end, begin + place->end, isEmpty) - begin;
        // A comment right below the keys is theirs, one right above a header is the next section's.
        if (gap < place->end || place->end == lines.size() - 1) {
            end = gap;
        }
        const bool stoodApart = place->header > 0 && isEmpty(lines.at(place->header - 1));
        if (stoodApart && end < place->end) {
            ++end; // one of the two empty lines
        }
        lines.remove(place->header, end - place->header);
        return {};
    });
}

} // namespace hs::engine
