#include "engine/ConfigurationArguments.h"

#include "base/Text.h"
#include "engine/ConfigurationKeys.h"

#include <QSet>

namespace hs::engine {

namespace {
class Parser {
public:
    Parser(const QStringList& arguments, bool hasTheme)
        : m_left(arguments)
        , m_valued(configurationOptionNames() << QStringLiteral("config"))
    {
        if (hasTheme) {
            m_valued << QStringLiteral("theme");
        }
    }

    ConfigurationArguments run()
    {
        bool onlyPositional = false;
        while (!m_left.isEmpty()) {
            const QString argument = m_left.takeFirst();
            if (onlyPositional || !argument.startsWith(u'-') || argument == QStringLiteral("-")) {
                m_result.positional << argument;
            } else if (argument == QStringLiteral("--")) {
                onlyPositional = true;
            } else if (!takeFlag(argument)) {
                takeValued(argument);
            }
        }
        return m_result;
    }

private:
    bool takeFlag(const QString& argument)
    {
        if (argument == QStringLiteral("-h") || argument == QStringLiteral("--help")) {
            m_result.help = true;
        } else if (argument == QStringLiteral("-v") || argument == QStringLiteral("--version")) {
            m_result.version = true;
        } else if (argument == QStringLiteral("--print-config")) {
            m_result.printConfig = true;
        } else {
            return false;
        }
        return true;
    }

    void takeValued(const QString& argument)
    {
        const qsizetype equals = argument.indexOf(u'=');
        const QString shown = base::printable(argument.left(equals), 60);
        const QString name =
            argument.startsWith(QStringLiteral("--")) ? argument.left(equals).mid(2) : QString();
        if (!m_valued.contains(name)) {
            const bool isFlag = QStringList{QStringLiteral("help"), QStringLiteral("version"),
                                            QStringLiteral("print-config")}
                                    .contains(name);
            refuse(shown,
                   isFlag ? QStringLiteral("it takes no value; remove what follows the '='")
                          : QStringLiteral("there is no such option%1; --help lists all")
                                .arg(suggestion(name, m_valued)));
            return;
        }
        QString value;
        if (equals >= 0) {
            value = argument.mid(equals + 1);
        } else if (!m_left.isEmpty() && !m_left.constFirst().startsWith(QStringLiteral("--"))) {
            value = m_left.takeFirst();
        }
        if (value.isEmpty()) {
            refuse(shown, QStringLiteral("it needs a value; write %1 VALUE").arg(shown));
        } else if (m_seen.contains(name)) {
            refuse(shown, QStringLiteral("it is given twice; remove one"));
        } else {
            m_seen.insert(name);
            keep(name, value);
        }
    }

    void keep(const QString& name, const QString& value)
    {
        if (name == QStringLiteral("config")) {
            m_result.configFile = value;
        } else if (name == QStringLiteral("theme")) {
            m_result.theme = value;
        } else {
            m_result.options << ConfigurationArguments::Option{name, value};
        }
    }

    void refuse(const QString& option, const QString& why)
    {
        m_result.errors << QStringLiteral("option %1: %2").arg(option, why);
    }

    QStringList m_left;
    QStringList m_valued;
    QSet<QString> m_seen;
    ConfigurationArguments m_result;
};
} // namespace

ConfigurationArguments ConfigurationArguments::parse(const QStringList& arguments, bool hasTheme)
{
    return Parser(arguments, hasTheme).run();
}

} // namespace hs::engine
