#include "engine/ConfigurationChecks.h"

#include "engine/ConfigurationDraft.h"
#include "engine/SecretFile.h"

#include <QFileInfo>

#include <algorithm>

namespace hs::engine {

namespace {
// "rtp_ports (option --rtp-ports)"
QString named(const Configuration& configuration, const char* key)
{
    const QString name = QLatin1String(key);
    return QStringLiteral("%1 (%2)").arg(name, configuration.sources.value(name));
}

bool isDefault(const Configuration& configuration, const char* key)
{
    return configuration.sources.value(QLatin1String(key)) == QStringLiteral("default");
}

QStringList checkRtpPorts(Configuration& configuration)
{
    model::Settings& settings = configuration.settings;
    const int first = settings.rtpPortFirst;
    const int last = settings.rtpPortLast;
    const int even = first + first % 2;
    if (first < 1024 || last < even + 1) {
        return {QStringLiteral("%1: %2-%3 is no range that holds a call; the first port must be "
                               "1024 or more, and an even one and the next must be in the range "
                               "(RTP_PORT_START and RTP_PORT_END each give one end)")
                    .arg(named(configuration, "rtp_ports"))
                    .arg(first)
                    .arg(last)};
    }
    settings.rtpPortFirst = static_cast<std::uint16_t>(even);
    return {};
}

QStringList checkListening(const Configuration& configuration)
{
    const model::Settings& settings = configuration.settings;
    const QList<base::Endpoint> endpoints = listenOrDefault(settings);
    const auto open =
        std::find_if(endpoints.begin(), endpoints.end(), [](const base::Endpoint& endpoint) {
            return !endpoint.address().isLoopback();
        });
    QStringList missing;
    if (settings.webSocketTokenFile.isEmpty()) {
        missing << QStringLiteral("name a file with a token with the key 'ws_token_file'");
    }
    if (!settings.webSocketPlainOk) {
        missing << QStringLiteral("say 'ws_plain_ok = yes', because there is no TLS yet and the "
                                  "token can be read on the way");
    }
    if (open == endpoints.end() || missing.isEmpty()) {
        return {};
    }
    return {QStringLiteral("%1: other machines can connect to %2; %3; or listen on 127.0.0.1")
                .arg(named(configuration, "ws_listen"), QString::fromLatin1(open->toString()),
                     missing.join(QStringLiteral(", and ")))};
}

QStringList checkTls(const Configuration& configuration)
{
    const model::Settings& settings = configuration.settings;
    QStringList errors;
    if (settings.tlsCertificate.isEmpty() != settings.tlsKey.isEmpty()) {
        const bool lacksKey = settings.tlsKey.isEmpty();
        errors << QStringLiteral("%1: a certificate and its key go together; give '%2' too")
                      .arg(named(configuration, lacksKey ? "sip_tls_certificate" : "sip_tls_key"),
                           lacksKey ? QStringLiteral("sip_tls_key")
                                    : QStringLiteral("sip_tls_certificate"));
    } else if (settings.tlsPort && settings.tlsCertificate.isEmpty()) {
        errors << QStringLiteral("%1: who connects by TLS wants to see a certificate; name the "
                                 "files of one with 'sip_tls_certificate' and 'sip_tls_key'")
                      .arg(named(configuration, "sip_tls_port"));
    }
    if (settings.tlsPort && *settings.tlsPort != 0 && settings.sipTcp
        && *settings.tlsPort == settings.sipPort) {
        errors << QStringLiteral("%1: port %2 is that of SIP over TCP; choose another, usually "
                                 "5061, or say 'sip_tcp = no'")
                      .arg(named(configuration, "sip_tls_port"))
                      .arg(settings.sipPort);
    }
    return errors;
}

QStringList checkPasswordFiles(const Configuration& configuration)
{
    QStringList errors;
    for (const model::Account& account : configuration.settings.accounts) {
        if (account.passwordFile.isEmpty()) {
            continue;
        }
        if (const auto password = readPasswordFile(account.passwordFile); !password) {
            const QString key = QStringLiteral("account %1/password_file").arg(account.name);
            errors << QStringLiteral("%1: account '%2': key 'password_file': %3")
                          .arg(configuration.sources.value(key), account.name,
                               password.error().text);
        }
    }
    return errors;
}

QStringList checkFiles(const Configuration& configuration)
{
    const model::Settings& settings = configuration.settings;
    QStringList errors;
    const auto mustBeReadable = [&](const char* key, const QString& path) {
        const QFileInfo file(path);
        if (!file.isFile() || !file.isReadable()) {
            errors << QStringLiteral("%1: '%2' %3; name a file that is there and that this user "
                                     "may read")
                          .arg(named(configuration, key), path,
                               file.exists() ? QStringLiteral("is no file that can be read")
                                             : QStringLiteral("does not exist"));
        }
    };
    const std::pair<const char*, QString> readable[] = {
        {"ws_token_file", settings.webSocketTokenFile},
        {"sip_tls_certificate", settings.tlsCertificate},
        {"sip_tls_key", settings.tlsKey},
        {"sip_tls_ca", settings.tlsAuthorities},
    };
    for (const auto& [key, path] : readable) {
        if (!path.isEmpty()) {
            mustBeReadable(key, path);
        }
    }
    const auto mustNotBe = [&](const char* key, const QString& path, bool wrong,
                               const QString& what) {
        if (wrong) {
            errors << QStringLiteral("%1: '%2' %3").arg(named(configuration, key), path, what);
        }
    };
    const QString noFile = QStringLiteral("is a folder; name a file");
    const QFileInfo recordings(settings.recordings);
    mustNotBe("recordings", settings.recordings, recordings.exists() && !recordings.isDir(),
              QStringLiteral("is no folder; name one"));
    mustNotBe("db", settings.database, QFileInfo(settings.database).isDir(), noFile);
    mustNotBe("log_file", settings.logFile, QFileInfo(settings.logFile).isDir(), noFile);
    return errors;
}
} // namespace

QString absolutePath(const QString& path, const StandardPaths& paths, const QString& workingFolder)
{
    const QString home = path == QStringLiteral("~") || path.startsWith(QStringLiteral("~/"))
        ? paths.home() + path.mid(1)
        : path;
    return QDir::cleanPath(QDir(workingFolder).absoluteFilePath(home));
}

void resolvePaths(Configuration& configuration, const StandardPaths& paths,
                  const QString& workingFolder)
{
    model::Settings& settings = configuration.settings;
    const QDir folder(workingFolder);
    // Where the first relay server had them.
    const QString oldGreeting = folder.filePath(QStringLiteral("output/transcode/greeting.wav"));
    const QString oldRecordings = folder.filePath(QStringLiteral("recording"));
    if (isDefault(configuration, "greeting") && QFileInfo(oldGreeting).isFile()) {
        settings.greeting = oldGreeting;
    }
    const auto fill = [&](QString& path, const QString& otherwise) {
        path = path.isEmpty() ? otherwise : absolutePath(path, paths, workingFolder);
    };
    const QDir data(paths.dataFolder());
    fill(settings.recordings,
         QFileInfo(oldRecordings).isDir() ? oldRecordings
                                          : data.filePath(QStringLiteral("recordings")));
    fill(settings.database, data.filePath(QStringLiteral("hookswitch.db")));
    fill(settings.logFile, QDir(paths.stateFolder()).filePath(QStringLiteral("sip_server.log")));
    fill(settings.webSocketTokenFile, QString());
    fill(settings.tlsCertificate, QString());
    fill(settings.tlsKey, QString());
    fill(settings.tlsAuthorities, QString());
    for (model::Account& account : settings.accounts) {
        fill(account.passwordFile, QString());
    }
    for (QString* sound : {&settings.greeting, &settings.holdMusic}) {
        if (*sound != QStringLiteral("none")) {
            fill(*sound, QString());
        }
    }
}

QStringList checkTogether(Configuration& configuration)
{
    QStringList errors = checkRtpPorts(configuration);
    errors += checkListening(configuration);
    errors += checkTls(configuration);
    errors += checkFiles(configuration);
    errors += checkPasswordFiles(configuration);
    return errors;
}

} // namespace hs::engine
