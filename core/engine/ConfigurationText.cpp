#include "engine/ConfigurationText.h"

#include "engine/AccountKeys.h"
#include "engine/ConfigFile.h"
#include "engine/ConfigurationKeys.h"

namespace hs::engine {

namespace {
QString line(const QString& option, const QString& help)
{
    return QStringLiteral("  %1\n      %2\n").arg(option, help);
}

QString defaultOf(const ConfigurationKey& key)
{
    return key.defaultText ? QLatin1String(key.defaultText) : key.print(model::Settings());
}

QString described(const ConfigurationKey& key)
{
    const QString name = QLatin1String(key.name);
    const QString value = QLatin1String(key.valueName);
    const QString head = key.option
        ? QStringLiteral("--%1 %2").arg(QLatin1String(key.option), value)
        : QStringLiteral("(no option) %1 = %2").arg(name, value);
    QStringList variables;
    for (const EnvironmentVariable& variable : key.environment) {
        if (variable.name) {
            variables << QLatin1String(variable.name);
        }
    }
    return line(head, QString::fromUtf8(key.help))
        + QStringLiteral("      Environment: %1\n      Default: %2\n")
              .arg(variables.join(QStringLiteral(", ")), defaultOf(key));
}

QString verbsText(bool isConsole)
{
    QString text = QStringLiteral("\nOptions that drive the instance that is running; ID is a "
                                  "call's number as --list shows it:\n");
    text += line(QStringLiteral("--call TARGET [--account NAME]"),
                 isConsole ? QStringLiteral("dial a number or a sip: URI; starts the console if "
                                            "nothing runs")
                           : QStringLiteral("dial a number or a sip: URI"));
    text += line(QStringLiteral("--answer [ID]"), QStringLiteral("the one that rings longest"));
    text += line(QStringLiteral("--hangup [ID|all]"), QStringLiteral("end a call, or all"));
    text += line(QStringLiteral("--dtmf DIGITS [ID]"), QStringLiteral("send these digits"));
    text += line(QStringLiteral("--hold [ID], --unhold [ID]"),
                 QStringLiteral("put a call on hold, and take it back"));
    text += line(QStringLiteral("--transfer TARGET [ID]"),
                 QStringLiteral("connect the far end with this number or sip: URI"));
    text += line(QStringLiteral("--pickup EXTENSION [--account NAME]"),
                 QStringLiteral("answer here what rings at a watched extension"));
    text += line(QStringLiteral("--transfer-to-call OTHER [ID]"),
                 QStringLiteral("connect the far ends of two answered calls with each other; OTHER "
                                "is an ID too"));
    text += line(QStringLiteral("--join OTHER [ID]"),
                 QStringLiteral("let two answered calls, or their conferences, hear each other"));
    text += line(QStringLiteral("--split [ID]"),
                 QStringLiteral("take a call out of its conference, on hold"));
    text += line(QStringLiteral("--change-codecs NAMES [ID]"),
                 QStringLiteral("speak the first of these that the far end knows: opus, G722, "
                                "PCMU, PCMA"));
    text += line(QStringLiteral("--list [--json]"), QStringLiteral("print the calls"));
    text += line(QStringLiteral("--accounts [--json]"),
                 QStringLiteral("print the accounts: registered until, failing because, next try, "
                                "voice mail"));
    return text;
}
} // namespace

QString helpText(Configuration::Face face)
{
    const bool isConsole = face == Configuration::Face::Console;
    QString text =
        QStringLiteral("Usage: %1\n%2\n\n")
            .arg(isConsole ? QStringLiteral("hookswitch [options] [tel: | sip: | callto: link]")
                           : QStringLiteral("hookswitchd [options]"),
                 isConsole
                     ? QStringLiteral("A softphone for operators, and a SIP relay for programs.")
                     : QStringLiteral("A SIP relay for programs, without a window."));
    text += QStringLiteral("Options:\n");
    text += line(QStringLiteral("-h, --help"), QStringLiteral("print this and end"));
    text += line(QStringLiteral("-v, --version"), QStringLiteral("print the version and end"));
    text += line(QStringLiteral("--config FILE"),
                 QStringLiteral("read this file and not "
                                "$XDG_CONFIG_HOME/hookswitch/hookswitch.conf"));
    text += line(QStringLiteral("--print-config"),
                 QStringLiteral("print what is in force and where it came from, and end"));
    text += line(QStringLiteral("--set-password NAME, --remove-password NAME"),
                 QStringLiteral("keep the password of this account (it is read from standard "
                                "input), or forget it"));
    if (isConsole) {
        text += line(QStringLiteral("--theme system|light|dark"),
                     QStringLiteral("the window's colours"));
    }
    text += verbsText(isConsole);
    text += QStringLiteral("\nConfiguration; in the file, names have '_' in place of '-':\n");
    for (const ConfigurationKey& key : configurationKeys()) {
        text += described(key);
    }
    text += QStringLiteral("\nAccounts at a PBX or a provider are sections [account NAME] of the "
                           "file, with the keys:\n");
    for (const AccountKey& key : accountKeys()) {
        text += QStringLiteral("  %1 = %2\n")
                    .arg(QLatin1String(key.name), QLatin1String(key.valueName));
    }
    text += QStringLiteral("\nAn option overrides the environment, which overrides the file.\n");
    text += isConsole
        ? QStringLiteral("Exit codes: 0 done; 1 refused; 2 bad usage or configuration; 4 no "
                         "instance is running.\n")
        : QStringLiteral("Exit codes: 0 done, or stopped by SIGTERM or SIGINT; 1 refused; 2 bad "
                         "usage or\nconfiguration; 3 an address or port can't be bound; 4 no "
                         "instance is running.\n");
    return text;
}

QString printedConfiguration(const Configuration& configuration)
{
    QString text = QStringLiteral("# The file %1 %2.\n")
                       .arg(configuration.filePath,
                            configuration.fileExists ? QStringLiteral("was read")
                                                     : QStringLiteral("does not exist"));
    for (const ConfigurationKey& key : configurationKeys()) {
        const QString name = QLatin1String(key.name);
        text += QStringLiteral("%1 = %2  # %3\n")
                    .arg(name, ConfigFile::quoted(key.print(configuration.settings)),
                         configuration.sources.value(name));
    }
    for (const model::Account& account : configuration.settings.accounts) {
        const QString word = QStringLiteral("account ") + account.name;
        text += QStringLiteral("\n[%1]  # %2\n").arg(word, configuration.sources.value(word));
        for (const AccountValue& each : accountValues(account)) {
            const QString source = configuration.sources.value(word + u'/' + each.key,
                                                               QStringLiteral("the first account"));
            text += QStringLiteral("%1 = %2  # %3\n")
                        .arg(each.key, ConfigFile::quoted(each.value), source);
        }
    }
    return text;
}

} // namespace hs::engine
