#include "control/ControlSettings.h"

#include "base/LogCategories.h"

#include <QFile>

#include <algorithm>

namespace hs::control {

using base::lcControl;

base::Result<QByteArray> readTokenFile(const QString& path)
{
    constexpr qint64 mostBytes = 4096;
    QFile file(path);
    if (!file.open(QIODevice::ReadOnly)) {
        return base::Error{QStringLiteral("the token file %1 (ws_token_file, WS_TOKEN_FILE) cannot "
                                          "be read: %2")
                               .arg(path, file.errorString())};
    }
    const QByteArray token = file.read(mostBytes + 1).trimmed();
    if (token.isEmpty()) {
        return base::Error{QStringLiteral("the token file %1 (ws_token_file, WS_TOKEN_FILE) is "
                                          "empty; write one token into it")
                               .arg(path)};
    }
    const bool usable = token.size() <= mostBytes
        && std::all_of(token.begin(), token.end(), [](char c) { return c > 0x20 && c < 0x7f; });
    if (!usable) {
        return base::Error{QStringLiteral("the token file %1 (ws_token_file, WS_TOKEN_FILE) must "
                                          "hold one token of at most %2 visible ASCII characters")
                               .arg(path)
                               .arg(mostBytes)};
    }
    if (file.permissions() & (QFile::ReadOther | QFile::WriteOther)) {
        qCWarning(lcControl).noquote() << QStringLiteral("other users can read the token file %1; "
                                                         "chmod 600 keeps it secret")
                                              .arg(path);
    }
    return token;
}

base::Result<ControlSettings> ControlSettings::from(const model::Settings& settings)
{
    ControlSettings result;
    result.listen = settings.webSocketListen;
    result.plainOk = settings.webSocketPlainOk;
    result.queryToken = settings.webSocketQueryToken;
    result.origins = settings.webSocketOrigins;
    result.legacyRingingEvent = settings.legacyRingingEvent;
    result.clientsHearOperator = settings.clientsHearOperator;
    if (!settings.webSocketTokenFile.isEmpty()) {
        const base::Result<QByteArray> token = readTokenFile(settings.webSocketTokenFile);
        if (!token) {
            return token.error();
        }
        result.token = *token;
    }
    return result;
}

base::Result<void> ControlSettings::check() const
{
    const auto open = std::find_if(listen.begin(), listen.end(), [](const base::Endpoint& each) {
        return !each.address().isLoopback();
    });
    if (open == listen.end()) {
        return {};
    }
    const QString where = QString::fromLatin1(open->toString());
    if (token.isEmpty()) {
        return base::Error{QStringLiteral("ws_listen (WS_HOST) = %1 lets other machines place "
                                          "calls: set ws_token_file (WS_TOKEN_FILE), or listen on "
                                          "127.0.0.1")
                               .arg(where)};
    }
    if (!plainOk) {
        return base::Error{QStringLiteral("ws_listen (WS_HOST) = %1 would send the token and all "
                                          "audio over the network unencrypted: set ws_plain_ok = "
                                          "yes if that is meant, or listen on 127.0.0.1")
                               .arg(where)};
    }
    return {};
}

} // namespace hs::control
