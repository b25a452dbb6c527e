#include "engine/Configuration.h"

#include "base/Text.h"
#include "call/DialTarget.h"
#include "engine/AccountSections.h"
#include "engine/ConfigFile.h"
#include "engine/ConfigurationArguments.h"
#include "engine/ConfigurationChecks.h"
#include "engine/ConfigurationKeys.h"

namespace hs::engine {

namespace {
// Whether the dial field has a use for it; full-width digits are digits there.
bool isDialable(const QString& text)
{
    const base::HostPort server{"server.invalid", 0}; // which one there is does not matter here
    return call::parseDialTarget(text.normalized(QString::NormalizationForm_KC), server).ok();
}

// Lays the layers on each other, from the lowest to the highest.
class Loader {
public:
    explicit Loader(const Configuration::Input& input)
        : m_input(input)
        , m_paths(input.environment)
        , m_arguments(ConfigurationArguments::parse(input.arguments,
                                                    input.face == Configuration::Face::Console))
    {
    }

    base::Result<Configuration, QStringList> run()
    {
        m_result.help = m_arguments.help;
        m_result.version = m_arguments.version && !m_arguments.help;
        if (m_arguments.help || m_arguments.version) {
            return m_result; // whatever else is wrong
        }
        m_errors = m_arguments.errors;
        m_result.printConfig = m_arguments.printConfig;
        m_result.command = m_arguments.command;
        m_result.json = m_arguments.json;
        m_result.setPassword = m_arguments.setPassword;
        m_result.removePassword = m_arguments.removePassword;
        takeDefaults();
        takeFile();
        takeEnvironment();
        takeOptions();
        takePositional();
        finish();
        if (!m_errors.isEmpty()) {
            return m_errors;
        }
        return m_result;
    }

private:
    // The two parts of a value may come from two places.
    struct Source {
        QString first;
        QString second;
    };

    void takeDefaults()
    {
        if (m_input.face == Configuration::Face::Daemon) {
            m_draft.settings.autoAnswerAfter = std::chrono::seconds(0);
        }
        for (const ConfigurationKey& key : configurationKeys()) {
            const QString text = QStringLiteral("default");
            m_sources.insert(QLatin1String(key.name), Source{text, text});
        }
    }

    void takeFile()
    {
        const bool named = !m_arguments.configFile.isEmpty();
        m_result.filePath = named
            ? absolutePath(m_arguments.configFile, m_paths, m_input.workingFolder)
            : QDir(m_paths.configFolder()).filePath(QStringLiteral("hookswitch.conf"));
        const ConfigFile file = ConfigFile::read(m_result.filePath);
        m_result.fileExists = file.exists;
        m_errors += file.errors;
        if (named && !file.exists && file.errors.isEmpty()) {
            m_errors << QStringLiteral("option --config: the file '%1' does not exist; name one "
                                       "that does, or leave the option out")
                            .arg(m_result.filePath);
        }
        for (const ConfigFile::Entry& entry : file.entries) {
            takeEntry(entry);
        }
        const AccountSections sections = AccountSections::read(file, m_result.filePath);
        m_draft.settings.accounts = sections.accounts;
        m_result.sources = sections.sources;
        m_errors += sections.errors;
    }

    void takeEntry(const ConfigFile::Entry& entry)
    {
        const QString where = QStringLiteral("%1:%2").arg(m_result.filePath).arg(entry.line);
        const QString named = QStringLiteral("%1: key '%2'").arg(where, entry.key);
        const ConfigurationKey* key = configurationKey(entry.key);
        if (!key) {
            refuse(named,
                   QStringLiteral("there is no such key%1; correct it or remove the line")
                       .arg(suggestion(entry.key, configurationKeyNames())));
        } else if (entry.value.isEmpty()) {
            refuse(named,
                   QStringLiteral("it has no value; give one (%1) or remove the line")
                       .arg(QLatin1String(key->valueName)));
        } else if (const QString wrong = key->apply(m_draft, entry.value); !wrong.isEmpty()) {
            refuse(named, wrong);
        } else {
            m_sources.insert(entry.key, Source{where, where});
        }
    }

    void takeEnvironment()
    {
        for (const ConfigurationKey& key : configurationKeys()) {
            for (const EnvironmentVariable& variable : key.environment) {
                if (variable.name) {
                    takeVariable(key, variable);
                }
            }
        }
    }

    void takeVariable(const ConfigurationKey& key, const EnvironmentVariable& variable)
    {
        const QString name = QLatin1String(variable.name);
        const QString value = m_input.environment.value(name);
        if (value.isEmpty()) {
            return;
        }
        const QString where = QStringLiteral("environment variable ") + name;
        if (const QString wrong = variable.apply(m_draft, value); !wrong.isEmpty()) {
            refuse(where, wrong);
            return;
        }
        Source& source = m_sources[QLatin1String(key.name)];
        if (variable.part != KeyPart::Second) {
            source.first = where;
        }
        if (variable.part != KeyPart::First) {
            source.second = where;
        }
    }

    void takeOptions()
    {
        for (const ConfigurationArguments::Option& option : m_arguments.options) {
            const QString where = QStringLiteral("option --") + option.name;
            const QString name = QString(option.name).replace(u'-', u'_');
            const ConfigurationKey* key = configurationKey(name); // they differ in nothing else
            if (const QString wrong = key->apply(m_draft, option.value); !wrong.isEmpty()) {
                refuse(where, wrong);
            } else {
                m_sources.insert(name, Source{where, where});
            }
        }
    }

    void takePositional()
    {
        if (m_input.face == Configuration::Face::Console) {
            m_result.positional = m_arguments.positional;
            takeLink();
        } else if (!m_arguments.positional.isEmpty() && !m_arguments.command) {
            m_errors << QStringLiteral("'%1' is no option; --help lists all")
                            .arg(base::printable(m_arguments.positional.constFirst(), 60));
        }
        if (!m_arguments.theme.isEmpty()) {
            const QStringList words{QStringLiteral("system"), QStringLiteral("light"),
                                    QStringLiteral("dark")};
            const QString wrong = take(parseWord(m_arguments.theme, words), m_result.theme);
            if (!wrong.isEmpty()) {
                refuse(QStringLiteral("option --theme"), wrong);
            }
        }
    }

    // What is no option: one link, or what goes into the dial field.
    void takeLink()
    {
        if (m_result.positional.isEmpty() || m_result.command) {
            return; // a command's own are checked with it
        }
        const QString first = m_result.positional.constFirst();
        const QString shown = base::printable(first, 60);
        if (m_result.positional.size() > 1) {
            m_errors << QStringLiteral("'%1' is too many: one number or link is taken at a time "
                                       "(here '%2'); write one that has blanks in quotation marks")
                            .arg(base::printable(m_result.positional.at(1), 60), shown);
        } else if (!isCallLink(first) && !isDialable(first)) {
            m_errors << QStringLiteral("'%1' can't be called: it is no number, no name@host, and "
                                       "no link with tel:, sip:, sips: or callto:")
                            .arg(shown);
        } else if (isCallLink(first)) {
            m_result.command.emplace();
            m_result.command->verb = Command::Verb::Call;
            m_result.command->target = first;
            m_result.command->isLink = true;
        }
    }

    void finish()
    {
        for (auto it = m_sources.cbegin(); it != m_sources.cend(); ++it) {
            const auto& [first, second] = it.value();
            m_result.sources.insert(
                it.key(), first == second ? first : QStringLiteral("%1; %2").arg(first, second));
        }
        m_result.settings = m_draft.settings;
        if (m_draft.serverPortAlone) {
            m_result.warnings << QStringLiteral("SIP_SERVER_PORT is set, but there is no SIP "
                                                "server: set SIP_SERVER_IP as well");
        }
        std::optional<base::HostPort>& server = m_result.settings.sipServer;
        // A name without a port is looked up with its port (RFC 3263 4.2), an address has none.
        if (server && server->port == 0 && server->address()) {
            server->port = 5060;
        }
        resolvePaths(m_result, m_paths, m_input.workingFolder);
        m_errors += checkTogether(m_result);
    }

    void refuse(const QString& where, const QString& why)
    {
        m_errors << QStringLiteral("%1: %2").arg(where, why);
    }

    const Configuration::Input& m_input;
    const StandardPaths m_paths;
    const ConfigurationArguments m_arguments;
    ConfigurationDraft m_draft;
    QMap<QString, Source> m_sources;
    QStringList m_errors;
    Configuration m_result;
};
} // namespace

base::Result<Configuration, QStringList> Configuration::load(const Input& input)
{
    return Loader(input).run();
}

} // namespace hs::engine
