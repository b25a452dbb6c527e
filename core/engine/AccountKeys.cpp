#include "engine/AccountKeys.h"

#include "base/Text.h"
#include "engine/CodecList.h"
#include "engine/ConfigurationDraft.h"

#include <algorithm>
#include <array>

namespace hs::engine {

using model::Account;

namespace {
constexpr qsizetype longestName = 64;
constexpr qsizetype longestText = 128;
constexpr qsizetype mostLamps = 200;

const QStringList& transportWords()
{
    static const QStringList words{QStringLiteral("auto"), QStringLiteral("udp"),
                                   QStringLiteral("tcp"), QStringLiteral("tls")};
    return words;
}

const QStringList& dtmfWords()
{
    static const QStringList words{QStringLiteral("auto"), QStringLiteral("rfc4733"),
                                   QStringLiteral("info"), QStringLiteral("inband")};
    return words;
}

QString isWrong(const QString& value, const QString& why)
{
    return QStringLiteral("'%1' %2").arg(base::printable(value, 100), why);
}

bool isNone(const QString& value)
{
    return value.compare(QLatin1String("none"), Qt::CaseInsensitive) == 0;
}

// One word for the wire: nothing that would end it there.
bool isOneWord(const QString& value)
{
    return value.size() <= longestText && std::none_of(value.begin(), value.end(), [](QChar c) {
               return c.isSpace() || c.category() == QChar::Other_Control
                   || QStringLiteral("<>\"").contains(c);
           });
}

QString applyUser(Account& account, const QString& value)
{
    if (!isOneWord(value) || value.contains(u'@') || value.contains(u':')) {
        return isWrong(value,
                       QStringLiteral("is no user part; give what stands before the '@' of the "
                                      "account's address, like 200 or anna, and the rest as "
                                      "'domain'"));
    }
    account.user = value;
    return {};
}

QString applyDomain(Account& account, const QString& value)
{
    const auto host = base::HostPort::parse(value.toUtf8());
    const bool bare = host && (host->host == value.toUtf8() || host->address());
    if (!bare || host->port != 0) {
        return isWrong(value,
                       QStringLiteral("is no domain; give what stands behind the '@' of the "
                                      "account's address, like example.com, without a port (that "
                                      "goes to 'registrar' or 'outbound_proxy')"));
    }
    account.domain = value;
    return {};
}

// HOST[:PORT], or none.
QString applyServer(const QString& value, QString& server)
{
    const auto parsed = parseServer(value);
    if (parsed) {
        server = *parsed ? value : QString();
        return {};
    }
    return parsed.error().text;
}

QString applyWord(const QString& value, QString& word, const QString& what)
{
    if (!isOneWord(value)) {
        return isWrong(value, what);
    }
    word = isNone(value) ? QString() : value;
    return {};
}

QString applyDisplayName(Account& account, const QString& value)
{
    if (value.size() > longestText) {
        return isWrong(value, QStringLiteral("is longer than 128 characters; shorten it"));
    }
    account.displayName = value;
    return {};
}

QString applyLamps(Account& account, const QString& value)
{
    QStringList lamps;
    for (const QString& part : isNone(value) ? QStringList() : value.split(u',')) {
        const QString lamp = part.trimmed();
        if (lamp.isEmpty() || !isOneWord(lamp)) {
            return isWrong(value,
                           QStringLiteral("is no list of extensions; write it like 201, 202, "
                                          "sip:desk@example.com"));
        }
        if (lamps.contains(lamp)) {
            return isWrong(lamp, QStringLiteral("stands there twice; remove one"));
        }
        lamps << lamp;
    }
    if (lamps.size() > mostLamps) {
        return QStringLiteral("it names more than %1 extensions; name fewer").arg(mostLamps);
    }
    account.busyLamps = lamps;
    return {};
}

QString applyPickup(Account& account, const QString& value)
{
    const QString digits = isNone(value) ? QString() : value;
    for (const QChar c : digits) {
        if (!QStringLiteral("0123456789*#+").contains(c) || digits.size() > 16) {
            return isWrong(value,
                           QStringLiteral("can't be dialled before an extension; give digits, * "
                                          "and #, like **, or none"));
        }
    }
    account.pickupPrefix = digits;
    return {};
}

QString refusePassword(Account& account, const QString&)
{
    return QStringLiteral("a password has no place in this file, which others may read; remove the "
                          "line and store it with: hookswitchd --set-password %1 (or name a file "
                          "that only you can read with 'password_file')")
        .arg(account.name);
}

QString yesNo(bool value)
{
    return value ? QStringLiteral("yes") : QStringLiteral("no");
}

constexpr std::array keys{
    AccountKey{"user", "USER", applyUser, [](const Account& a) { return a.user; }},
    AccountKey{"auth_user", "USER",
               [](Account& a, const QString& v) {
                   return applyWord(v, a.authUser,
                                    QStringLiteral("is no name for authentication; give one "
                                                   "without blanks, quotes and brackets"));
               },
               [](const Account& a) { return a.authUser; }},
    AccountKey{"domain", "HOST", applyDomain, [](const Account& a) { return a.domain; }},
    AccountKey{"registrar", "HOST[:PORT]",
               [](Account& a, const QString& v) { return applyServer(v, a.registrar); },
               [](const Account& a) { return a.registrar; }},
    AccountKey{"outbound_proxy", "HOST[:PORT]",
               [](Account& a, const QString& v) { return applyServer(v, a.outboundProxy); },
               [](const Account& a) { return a.outboundProxy; }},
    AccountKey{"transport", "auto|udp|tcp|tls",
               [](Account& a, const QString& v) {
                   return take(parseWord(v, transportWords()), a.transport);
               },
               [](const Account& a) { return transportWords().at(static_cast<int>(a.transport)); }},
    AccountKey{"display_name", "TEXT", applyDisplayName,
               [](const Account& a) { return a.displayName; }},
    AccountKey{
        "expires", "SECONDS",
        [](Account& a, const QString& v) { return take(parseNumber(v, 60, 86400), a.expires); },
        [](const Account& a) { return QString::number(a.expires.count()); }},
    AccountKey{"register", "yes|no",
               [](Account& a, const QString& v) { return take(parseYesNo(v), a.registers); },
               [](const Account& a) { return yesNo(a.registers); }},
    AccountKey{"default", "yes|no",
               [](Account& a, const QString& v) { return take(parseYesNo(v), a.isDefault); },
               [](const Account& a) { return yesNo(a.isDefault); }},
    AccountKey{"password_file", "FILE",
               [](Account& a, const QString& v) {
                   a.passwordFile = isNone(v) ? QString() : v; // made absolute when all is known
                   return QString();
               },
               [](const Account& a) { return a.passwordFile; }},
    AccountKey{"dtmf", "auto|rfc4733|info|inband",
               [](Account& a, const QString& v) { return take(parseWord(v, dtmfWords()), a.dtmf); },
               [](const Account& a) { return dtmfWords().at(static_cast<int>(a.dtmf)); }},
    AccountKey{"codecs", "CODECS",
               [](Account& a, const QString& v) { return take(parseCodecs(v), a.codecs); },
               [](const Account& a) { return printCodecs(a.codecs); }},
    AccountKey{"voicemail", "NUMBER",
               [](Account& a, const QString& v) {
                   return applyWord(v, a.voicemailNumber,
                                    QStringLiteral("can't be dialled; give a number or a sip: "
                                                   "URI, or none"));
               },
               [](const Account& a) { return a.voicemailNumber; }},
    AccountKey{"busy_lamps", "EXTENSIONS", applyLamps,
               [](const Account& a) { return a.busyLamps.join(QStringLiteral(", ")); }},
    AccountKey{"pickup_prefix", "DIGITS", applyPickup,
               [](const Account& a) { return a.pickupPrefix; }},
};

constexpr AccountKey passwordKey{"password", "", refusePassword,
                                 [](const Account&) { return QString(); }};
} // namespace

std::span<const AccountKey> accountKeys()
{
    return keys;
}

const AccountKey* accountKey(const QString& name)
{
    const auto found = std::find_if(keys.begin(), keys.end(), [&name](const AccountKey& key) {
        return name == QLatin1String(key.name);
    });
    if (found != keys.end()) {
        return found;
    }
    return name == QLatin1String(passwordKey.name) ? &passwordKey : nullptr;
}

QStringList accountKeyNames()
{
    QStringList names;
    for (const AccountKey& key : keys) {
        names << QLatin1String(key.name);
    }
    return names;
}

QList<AccountValue> accountValues(const Account& account)
{
    const Account byDefault;
    QList<AccountValue> values;
    for (const AccountKey& key : keys) {
        const QString value = key.print(account);
        if (value != key.print(byDefault)) {
            values << AccountValue{QLatin1String(key.name), value};
        }
    }
    return values;
}

QString accountNameProblem(const QString& name)
{
    const bool fits = !name.isEmpty() && name.size() <= longestName
        && std::all_of(name.begin(), name.end(), [](QChar c) {
               const char16_t u = c.unicode();
               return (u >= u'a' && u <= u'z') || (u >= u'A' && u <= u'Z')
                   || (u >= u'0' && u <= u'9') || u == u'-' || u == u'_' || u == u'.';
           });
    return fits ? QString()
                : isWrong(name,
                          QStringLiteral("is no name for an account; give one of letters, digits, "
                                         "'-', '_' and '.', at most 64"));
}

} // namespace hs::engine
