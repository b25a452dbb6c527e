#include "engine/AccountSections.h"

#include "base/Text.h"
#include "engine/AccountKeys.h"
#include "engine/ConfigurationValues.h"

#include <algorithm>

namespace hs::engine {

using model::Account;

namespace {
class Reader {
public:
    explicit Reader(const QString& path)
        : m_path(path)
    {
    }

    void take(const ConfigFile::Section& section)
    {
        if (section.kind != QStringLiteral("account")) {
            refuse(section.line,
                   QStringLiteral("section '[%1]' is unknown; there are only sections like "
                                  "[account office]: correct it, or remove it and its keys")
                       .arg(base::printable(section.kind, 60)));
            return;
        }
        if (const QString wrong = accountNameProblem(section.name); !wrong.isEmpty()) {
            refuse(section.line, QStringLiteral("section '[account]': ") + wrong);
            return;
        }
        const QString word = QStringLiteral("account ") + section.name;
        if (m_result.sources.contains(word)) {
            refuse(section.line,
                   QStringLiteral("account '%1': it has a section at %2 as well; give this one "
                                  "another name, or remove it")
                       .arg(section.name, m_result.sources.value(word)));
            return;
        }
        m_result.sources.insert(word, place(section.line));
        Account account;
        account.name = section.name;
        QStringList missing{QStringLiteral("'user'"), QStringLiteral("'domain'")};
        for (const ConfigFile::Entry& entry : section.entries) {
            takeEntry(account, entry);
            missing.removeAll(QStringLiteral("'%1'").arg(entry.key));
        }
        if (!missing.isEmpty()) {
            refuse(section.line,
                   QStringLiteral("account '%1': it has no key %2; add it, an account needs both "
                                  "'user' and 'domain'")
                       .arg(account.name, missing.join(QStringLiteral(" and "))));
        }
        m_result.accounts << account;
    }

    AccountSections result()
    {
        const auto isDefault = [](const Account& account) { return account.isDefault; };
        if (std::none_of(m_result.accounts.begin(), m_result.accounts.end(), isDefault)
            && !m_result.accounts.isEmpty()) {
            m_result.accounts.first().isDefault = true;
        }
        return m_result;
    }

private:
    void takeEntry(Account& account, const ConfigFile::Entry& entry)
    {
        const AccountKey* key = accountKey(entry.key);
        QString wrong;
        if (!key) {
            wrong = QStringLiteral("there is no such key of an account%1; correct it or remove the "
                                   "line")
                        .arg(suggestion(entry.key, accountKeyNames()));
        } else if (entry.value.isEmpty() && entry.key != QStringLiteral("password")) {
            wrong = QStringLiteral("it has no value; give one (%1) or remove the line")
                        .arg(QLatin1String(key->valueName));
        } else {
            wrong = key->apply(account, entry.value);
        }
        if (wrong.isEmpty() && entry.key == QStringLiteral("default") && account.isDefault) {
            wrong = std::exchange(m_defaultAt, place(entry.line));
            wrong = wrong.isEmpty() ? QString()
                                    : QStringLiteral("the account at %1 is the default already; "
                                                     "only one can be: say 'no' here or there")
                                          .arg(wrong);
        }
        if (!wrong.isEmpty()) {
            refuse(
                entry.line,
                QStringLiteral("account '%1': key '%2': %3").arg(account.name, entry.key, wrong));
            return;
        }
        m_result.sources.insert(QStringLiteral("account %1/%2").arg(account.name, entry.key),
                                place(entry.line));
    }

    QString place(int line) const { return QStringLiteral("%1:%2").arg(m_path).arg(line); }
    void refuse(int line, const QString& why)
    {
        m_result.errors << QStringLiteral("%1: %2").arg(place(line), why);
    }

    QString m_path;
    QString m_defaultAt;
    AccountSections m_result;
};
} // namespace

AccountSections AccountSections::read(const ConfigFile& file, const QString& path)
{
    Reader reader(path);
    for (const ConfigFile::Section& section : file.sections) {
        if (!section.isBad) {
            reader.take(section);
        }
    }
    return reader.result();
}

} // namespace hs::engine
