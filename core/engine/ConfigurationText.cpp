#include "engine/ConfigurationText.h"

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
} // namespace

QString helpText(Configuration::Face face)
{
    const bool isConsole = face == Configuration::Face::Console;
    QString text =
        QStringLiteral("Usage: %1\n%2\n\n")
            .arg(isConsole ? QStringLiteral("hookswitch [options] [tel:NUMBER | sip:URI]")
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
    if (isConsole) {
        text += line(QStringLiteral("--theme system|light|dark"),
                     QStringLiteral("the window's colours"));
    }
    text += QStringLiteral("\nConfiguration; in the file, names have '_' in place of '-':\n");
    for (const ConfigurationKey& key : configurationKeys()) {
        text += described(key);
    }
    text += QStringLiteral("\nAn option overrides the environment, which overrides the file.\n");
    if (!isConsole) {
        text += QStringLiteral("Exit codes: 0 stopped by SIGTERM or SIGINT; 2 bad usage or "
                               "configuration;\n3 an address or port can't be bound.\n");
    }
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
    return text;
}

} // namespace hs::engine
