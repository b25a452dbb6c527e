#include "engine/ConfigurationArguments.h"

#include "base/Text.h"
#include "engine/ConfigurationKeys.h"

#include <QSet>

#include <algorithm>
#include <array>
#include <utility>

namespace hs::engine {

namespace {
struct VerbOption {
    Command::Verb verb;
    QString Command::*into; // what its value is; nullptr: the ID of the other call, or nothing
    const char* valueName; // empty: it takes none
    bool takesId;
};

constexpr std::array verbs{
    VerbOption{Command::Verb::Call, &Command::target, "NUMBER", false},
    VerbOption{Command::Verb::Answer, nullptr, "", true},
    VerbOption{Command::Verb::HangUp, nullptr, "", true},
    VerbOption{Command::Verb::Dtmf, &Command::digits, "DIGITS", true},
    VerbOption{Command::Verb::Hold, nullptr, "", true},
    VerbOption{Command::Verb::Unhold, nullptr, "", true},
    VerbOption{Command::Verb::Transfer, &Command::target, "NUMBER", true},
    VerbOption{Command::Verb::PickUp, &Command::target, "EXTENSION", false},
    VerbOption{Command::Verb::TransferToCall, nullptr, "OTHER", true},
    VerbOption{Command::Verb::Join, nullptr, "OTHER", true},
    VerbOption{Command::Verb::Split, nullptr, "", true},
    VerbOption{Command::Verb::ChangeCodecs, &Command::target, "NAMES", true},
    VerbOption{Command::Verb::List, nullptr, "", false},
    VerbOption{Command::Verb::Accounts, nullptr, "", false},
};

QStringList verbWords()
{
    QStringList words;
    for (const VerbOption& each : verbs) {
        words << toWord(each.verb);
    }
    return words;
}

class Parser {
public:
    Parser(const QStringList& arguments, bool hasTheme)
        : m_left(arguments)
        , m_valued(configurationOptionNames() << QStringLiteral("config"))
    {
        m_valued << QStringLiteral("account") << QStringLiteral("set-password")
                 << QStringLiteral("remove-password");
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
            } else if (!takeFlag(argument) && !takeVerb(argument)) {
                takeValued(argument);
            }
        }
        checkVerbs();
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
        } else if (argument == QStringLiteral("--json")) {
            m_result.json = true;
        } else {
            return false;
        }
        return true;
    }

    // "--answer", "--dtmf=12# 3"
    bool takeVerb(const QString& argument)
    {
        const qsizetype equals = argument.indexOf(u'=');
        const auto verb = std::find_if(verbs.begin(), verbs.end(), [&](const VerbOption& each) {
            return argument.left(equals) == QStringLiteral("--") + toWord(each.verb);
        });
        if (verb == verbs.end()) {
            return false;
        }
        const QString option = argument.left(equals);
        Command command;
        command.verb = verb->verb;
        std::optional<QString> value =
            equals >= 0 ? std::optional(argument.mid(equals + 1)) : std::nullopt;
        if (*verb->valueName != '\0') {
            if (!value && hasValueNext()) {
                value = m_left.takeFirst();
            }
            if (!value || value->isEmpty()) {
                refuse(option,
                       QStringLiteral("it needs a value; write %1 %2")
                           .arg(option, QLatin1String(verb->valueName)));
                return true;
            }
            if (verb->into) {
                command.*verb->into = *value;
            } else {
                takeId(option, *value, command);
                command.other = std::exchange(command.id, 0);
            }
            value.reset();
        }
        if (!value && verb->takesId && !m_left.isEmpty()
            && isId(m_left.constFirst(), command.verb)) {
            value = m_left.takeFirst();
        }
        if (value) {
            takeId(option, *value, command);
        }
        if (m_result.command) {
            refuse(option,
                   QStringLiteral("--%1 is given too; give one thing to do at a time")
                       .arg(toWord(m_result.command->verb)));
        }
        m_result.command = command;
        return true;
    }

    static bool prints(const Command& command)
    {
        return command.verb == Command::Verb::List || command.verb == Command::Verb::Accounts;
    }

    static bool isId(const QString& text, Command::Verb verb)
    {
        return base::parseU32(text.toUtf8())
            || (verb == Command::Verb::HangUp && text == QStringLiteral("all"));
    }

    void takeId(const QString& option, const QString& value, Command& command)
    {
        const auto number = base::parseU32(value.toUtf8());
        command.all = command.verb == Command::Verb::HangUp && value == QStringLiteral("all");
        command.id = number.value_or(0);
        if (prints(command)) {
            refuse(option, QStringLiteral("it takes no value; remove what follows the '='"));
        } else if (!command.all && command.id == 0) {
            refuse(option,
                   QStringLiteral("'%1' is no call; give the ID that --list shows")
                       .arg(base::printable(value, 60)));
        }
    }

    // What goes with something else, and what goes with nothing else.
    void checkVerbs()
    {
        const bool isCall = m_result.command
            && (m_result.command->verb == Command::Verb::Call
                || m_result.command->verb == Command::Verb::PickUp);
        if (!m_account.isEmpty() && !isCall) {
            refuse(QStringLiteral("--account"),
                   QStringLiteral("it goes with --call and --pickup; write --call NUMBER --account "
                                  "NAME"));
        } else if (isCall) {
            m_result.command->account = m_account;
        }
        if (m_result.json && !(m_result.command && prints(*m_result.command))) {
            refuse(QStringLiteral("--json"), QStringLiteral("it goes with --list or --accounts"));
        }
        const int things = (m_result.command ? 1 : 0) + (m_result.setPassword.isEmpty() ? 0 : 1)
            + (m_result.removePassword.isEmpty() ? 0 : 1);
        if (things > 1 && m_result.errors.isEmpty()) {
            m_result.errors << QStringLiteral("several things to do are given; give one at a time");
        }
        if (things > 0 && !m_result.positional.isEmpty()) {
            m_result.errors << QStringLiteral("'%1' does not belong there; --help says what "
                                              "each option takes")
                                   .arg(base::printable(m_result.positional.constFirst(), 60));
        }
    }

    bool hasValueNext() const
    {
        return !m_left.isEmpty() && !m_left.constFirst().startsWith(QStringLiteral("--"));
    }

    void takeValued(const QString& argument)
    {
        const qsizetype equals = argument.indexOf(u'=');
        const QString shown = base::printable(argument.left(equals), 60);
        const QString name =
            argument.startsWith(QStringLiteral("--")) ? argument.left(equals).mid(2) : QString();
        if (!m_valued.contains(name)) {
            const bool isFlag = QStringList{QStringLiteral("help"), QStringLiteral("version"),
                                            QStringLiteral("print-config"), QStringLiteral("json")}
                                    .contains(name);
            refuse(shown,
                   isFlag ? QStringLiteral("it takes no value; remove what follows the '='")
                          : QStringLiteral("there is no such option%1; --help lists all")
                                .arg(suggestion(name, m_valued + verbWords())));
            return;
        }
        QString value;
        if (equals >= 0) {
            value = argument.mid(equals + 1);
        } else if (hasValueNext()) {
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
        } else if (name == QStringLiteral("account")) {
            m_account = value;
        } else if (name == QStringLiteral("set-password")) {
            m_result.setPassword = value;
        } else if (name == QStringLiteral("remove-password")) {
            m_result.removePassword = value;
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
    QString m_account;
    ConfigurationArguments m_result;
};
} // namespace

ConfigurationArguments ConfigurationArguments::parse(const QStringList& arguments, bool hasTheme)
{
    return Parser(arguments, hasTheme).run();
}

} // namespace hs::engine
