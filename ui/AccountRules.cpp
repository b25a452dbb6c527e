#include "ui/AccountRules.h"

#include "engine/AccountKeys.h"

namespace hs::ui {

QString AccountRules::applyName(model::Account& account, const QString& text,
                                const QStringList& taken)
{
    const QString name = text.trimmed();
    if (name.isEmpty()) {
        return tr("Give the account a name, such as office.");
    }
    if (!engine::accountNameProblem(name).isEmpty()) {
        return tr("A name has only letters (a to z), digits, dashes, underscores and dots, at most "
                  "64.");
    }
    if (taken.contains(name)) {
        return tr("Another account has this name already.");
    }
    account.name = name;
    return {};
}

QString AccountRules::apply(model::Account& account, const char* key, const QString& text)
{
    const QString name = QLatin1String(key);
    const QString value = text.trimmed();
    if (value.isEmpty()) {
        const bool needed = name == QLatin1String("user") || name == QLatin1String("domain");
        return needed ? problem(name) : QString();
    }
    const engine::AccountKey* rule = engine::accountKey(name);
    return rule->apply(account, value).isEmpty() ? QString() : problem(name);
}

QString AccountRules::problem(const QString& key)
{
    if (key == QLatin1String("user")) {
        return tr("Give the part of the address before the @, such as 200 or anna.");
    }
    if (key == QLatin1String("auth_user")) {
        return tr("A user name has no blanks, quotes and brackets.");
    }
    if (key == QLatin1String("domain")) {
        return tr("Give the part of the address behind the @, such as example.com, without a "
                  "port.");
    }
    if (key == QLatin1String("registrar") || key == QLatin1String("outbound_proxy")) {
        return tr("Give a host name or an IP address, with or without a port, such as "
                  "sip.example.com:5060.");
    }
    if (key == QLatin1String("display_name")) {
        return tr("A name that is shown has at most 128 characters.");
    }
    if (key == QLatin1String("voicemail")) {
        return tr("Give a number or a sip: address that can be dialled, such as *97.");
    }
    if (key == QLatin1String("busy_lamps")) {
        return tr("Give extensions with commas between them, each once, such as 201, 202.");
    }
    if (key == QLatin1String("pickup_prefix")) {
        return tr("Give digits, * and #, such as **, at most 16.");
    }
    return tr("This cannot be used.");
}

} // namespace hs::ui
