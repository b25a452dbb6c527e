#include "engine/AccountListing.h"

#include "base/Text.h"
#include "engine/TextTable.h"

#include <QDateTime>

#include <array>

namespace hs::engine {

namespace {
constexpr std::array stateWords{"off",       "registering", "registered",
                                "reachable", "failed",      "unregistering"};
constexpr int longestWord = 60;
constexpr int longestProblem = 300;

QJsonValue count(int messages)
{
    return messages < 0 ? QJsonValue() : QJsonValue(messages);
}

QString orDash(const QString& text)
{
    return text.isEmpty() ? QStringLiteral("-") : text;
}

QString localTime(const QJsonValue& iso)
{
    const QDateTime at = QDateTime::fromString(iso.toString(), Qt::ISODateWithMs);
    return at.isValid() ? at.toLocalTime().toString(QStringLiteral("HH:mm:ss"))
                        : QStringLiteral("-");
}

QString messages(const QJsonValue& account)
{
    const QJsonValue fresh = account[QLatin1String("new_messages")];
    const QJsonValue old = account[QLatin1String("old_messages")];
    return fresh.isDouble() ? QStringLiteral("%1 new, %2 old").arg(fresh.toInt()).arg(old.toInt())
                            : QStringLiteral("-");
}
} // namespace

QJsonValue listedTime(qint64 unixMs)
{
    return unixMs == 0
        ? QJsonValue()
        : QJsonValue(QDateTime::fromMSecsSinceEpoch(unixMs, Qt::UTC).toString(Qt::ISODateWithMs));
}

QString toWord(model::RegistrationState state)
{
    return QLatin1String(stateWords[static_cast<std::size_t>(state)]);
}

QJsonObject listedAccount(const model::AccountState& state)
{
    return {
        {QStringLiteral("name"), state.name},
        {QStringLiteral("address_of_record"), state.addressOfRecord},
        {QStringLiteral("default"), state.isDefault},
        {QStringLiteral("state"), toWord(state.state)},
        {QStringLiteral("registered_until"), listedTime(state.registeredUntil)},
        {QStringLiteral("next_try_at"), listedTime(state.nextTryAt)},
        {QStringLiteral("problem"), state.problem},
        {QStringLiteral("sip_code"), state.sipCode},
        {QStringLiteral("server"), state.server},
        {QStringLiteral("new_messages"), count(state.newMessages)},
        {QStringLiteral("old_messages"), count(state.oldMessages)},
    };
}

QString accountTable(const QJsonArray& accounts)
{
    if (accounts.isEmpty()) {
        return QStringLiteral("no accounts\n");
    }
    QList<QStringList> rows{{QStringLiteral("NAME"), QStringLiteral("ADDRESS"),
                             QStringLiteral("STATE"), QStringLiteral("UNTIL"),
                             QStringLiteral("NEXT TRY"), QStringLiteral("VOICE MAIL"),
                             QStringLiteral("SERVER"), QStringLiteral("PROBLEM")}};
    for (const QJsonValue& account : accounts) {
        const auto text = [&account](const char* name, int longest = longestWord) {
            return orDash(base::printable(account[QLatin1String(name)].toString(), longest));
        };
        rows << QStringList{text("name"),
                            text("address_of_record"),
                            text("state"),
                            localTime(account[QLatin1String("registered_until")]),
                            localTime(account[QLatin1String("next_try_at")]),
                            messages(account),
                            text("server"),
                            text("problem", longestProblem)};
    }
    return textTable(rows);
}

} // namespace hs::engine
