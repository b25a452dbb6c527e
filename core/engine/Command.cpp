#include "engine/Command.h"

#include <QJsonDocument>
#include <QJsonObject>

#include <algorithm>
#include <array>
#include <chrono>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
constexpr std::array verbWords{
    "raise",  "call",     "answer",           "hangup", "dtmf",  "hold",
    "unhold", "transfer", "transfer-to-call", "join",   "split", "change-codecs",
    "pickup", "list",     "accounts"};
constexpr std::array kindWords{"done", "refused", "elsewhere"};
constexpr double mostExact = 9007199254740992.0; // the integers that JSON's numbers hold

Result<QJsonObject> objectIn(const QByteArray& line)
{
    const QJsonDocument document = QJsonDocument::fromJson(line);
    if (!document.isObject()) {
        return Error{QStringLiteral("the line is no JSON object")};
    }
    return document.object();
}

template <std::size_t N>
std::optional<std::size_t> indexOf(const std::array<const char*, N>& words, const QString& word)
{
    const auto found = std::find_if(words.begin(), words.end(), [&word](const char* each) {
        return word == QLatin1String(each);
    });
    return found == words.end() ? std::nullopt
                                : std::optional(static_cast<std::size_t>(found - words.begin()));
}

template <class Integer>
Integer wholeNumber(const QJsonValue& value)
{
    const double number = value.toDouble();
    return number > 0 && number < mostExact ? static_cast<Integer>(number) : Integer(0);
}
} // namespace

QString toWord(Command::Verb verb)
{
    return QLatin1String(verbWords[static_cast<std::size_t>(verb)]);
}

QByteArray Command::toJson() const
{
    QJsonObject object{{QStringLiteral("do"), toWord(verb)}};
    const auto put = [&object](const char* name, const QJsonValue& value) {
        object.insert(QLatin1String(name), value);
    };
    if (!target.isEmpty()) {
        put("target", target);
    }
    if (!digits.isEmpty()) {
        put("digits", digits);
    }
    if (!account.isEmpty()) {
        put("account", account);
    }
    if (id != 0) {
        put("id", static_cast<double>(id));
    }
    if (other != 0) {
        put("other", static_cast<double>(other));
    }
    if (all) {
        put("all", true);
    }
    if (isLink) {
        put("link", true);
    }
    if (validUntilMs != 0) {
        put("valid_until_ms", static_cast<double>(validUntilMs));
    }
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<Command> Command::fromJson(const QByteArray& line)
{
    const Result<QJsonObject> object = objectIn(line);
    if (!object) {
        return object.error();
    }
    const auto value = [&object](const char* name) { return object->value(QLatin1String(name)); };
    const auto verb = indexOf(verbWords, value("do").toString());
    if (!verb) {
        return Error{QStringLiteral("there is no such command")};
    }
    Command command;
    command.verb = static_cast<Verb>(*verb);
    command.target = value("target").toString();
    command.digits = value("digits").toString();
    command.account = value("account").toString();
    command.id = wholeNumber<model::CallId>(value("id"));
    command.other = wholeNumber<model::CallId>(value("other"));
    command.all = value("all").toBool();
    command.isLink = value("link").toBool();
    command.validUntilMs = wholeNumber<qint64>(value("valid_until_ms"));
    return command;
}

QByteArray CommandResult::toJson() const
{
    const QString word = QLatin1String(kindWords[static_cast<std::size_t>(kind)]);
    const QJsonObject object{{QStringLiteral("result"), word},
                             {QStringLiteral("text"), text},
                             {QStringLiteral("calls"), calls},
                             {QStringLiteral("accounts"), accounts}};
    return QJsonDocument(object).toJson(QJsonDocument::Compact) + '\n';
}

Result<CommandResult> CommandResult::fromJson(const QByteArray& line)
{
    const Result<QJsonObject> object = objectIn(line);
    if (!object) {
        return object.error();
    }
    const auto kind = indexOf(kindWords, object->value(QLatin1String("result")).toString());
    if (!kind) {
        return Error{QStringLiteral("the answer says nothing")};
    }
    CommandResult result;
    result.kind = static_cast<Kind>(*kind);
    result.text = object->value(QLatin1String("text")).toString();
    result.calls = object->value(QLatin1String("calls")).toArray();
    result.accounts = object->value(QLatin1String("accounts")).toArray();
    return result;
}

std::chrono::milliseconds timeToDo(const Command& command)
{
    // A digit takes 200 ms as an event or a tone, 240 ms and the answer as INFO.
    return command.verb == Command::Verb::Dtmf
        ? std::chrono::milliseconds(5000 + 350 * command.digits.size())
        : std::chrono::milliseconds(0);
}

qint64 uptimeMs()
{
    const auto now = std::chrono::steady_clock::now().time_since_epoch();
    return std::chrono::duration_cast<std::chrono::milliseconds>(now).count();
}

bool isCallLink(const QString& text)
{
    const QStringList schemes{QStringLiteral("tel:"), QStringLiteral("sip:"),
                              QStringLiteral("sips:"), QStringLiteral("callto:")};
    return std::any_of(schemes.begin(), schemes.end(), [&text](const QString& scheme) {
        return text.trimmed().startsWith(scheme, Qt::CaseInsensitive);
    });
}

} // namespace hs::engine
