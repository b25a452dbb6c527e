#include "app/PasswordMode.h"

#include "app/ProgramStart.h"
#include "engine/SecretStore.h"

#include <QEventLoop>

#include <algorithm>
#include <array>
#include <cstdio>
#include <termios.h>
#include <unistd.h>

namespace hs::app {

using engine::Configuration;

namespace {
constexpr std::size_t longestLine = 4096;

// A terminal shows nothing of what is typed, as long as this lives.
class Silence {
public:
    Silence()
    {
        m_isTerminal = ::tcgetattr(STDIN_FILENO, &m_before) == 0;
        if (m_isTerminal) {
            termios silent = m_before;
            silent.c_lflag &= ~static_cast<tcflag_t>(ECHO);
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &silent);
        }
    }
    ~Silence()
    {
        if (m_isTerminal) {
            ::tcsetattr(STDIN_FILENO, TCSAFLUSH, &m_before);
        }
    }
    Silence(const Silence&) = delete;
    Silence& operator=(const Silence&) = delete;

private:
    termios m_before{};
    bool m_isTerminal = false;
};

// The first line of standard input; empty if there is none.
QString readPassword(const QString& account)
{
    const bool isTerminal = ::isatty(STDIN_FILENO) != 0;
    const Silence silence; // before anyone is asked to type
    if (isTerminal) {
        print(stderr, QStringLiteral("Password of the account '%1': ").arg(account));
    }
    std::array<char, longestLine> buffer{};
    const char* line = std::fgets(buffer.data(), static_cast<int>(buffer.size()), stdin);
    if (isTerminal) {
        print(stderr, QStringLiteral("\n"));
    }
    QByteArray bytes(line ? line : "");
    buffer.fill('\0');
    while (bytes.endsWith('\n') || bytes.endsWith('\r')) {
        bytes.chop(1);
    }
    return QString::fromUtf8(bytes);
}

const model::Account* find(const QList<model::Account>& accounts, const QString& name)
{
    const auto found =
        std::find_if(accounts.begin(), accounts.end(),
                     [&name](const model::Account& account) { return account.name == name; });
    return found == accounts.end() ? nullptr : &*found;
}
} // namespace

int runPasswordMode(const Configuration& configuration, Configuration::Face face)
{
    const bool isStoring = !configuration.setPassword.isEmpty();
    const QString name = isStoring ? configuration.setPassword : configuration.removePassword;
    const auto fail = [face](int code, const QString& why) {
        print(stderr, QStringLiteral("%1: %2\n").arg(programName(face), why));
        return code;
    };
    const model::Account* account = find(configuration.settings.accounts, name);
    if (!account) {
        return fail(2,
                    QStringLiteral("there is no account '%1'; write a section [account %1] into "
                                   "'%2' first")
                        .arg(name, configuration.filePath));
    }
    if (isStoring && !account->passwordFile.isEmpty()) {
        return fail(2,
                    QStringLiteral("the account '%1' has its password in the file '%2'; write it "
                                   "there, or remove the key 'password_file'")
                        .arg(name, account->passwordFile));
    }
    const QString password = isStoring ? readPassword(name) : QString();
    if (isStoring && password.isEmpty()) {
        return fail(2, QStringLiteral("no password came; it is the first line of standard input"));
    }
    engine::SecretStore secrets(engine::SecretStore::Options::standard());
    QEventLoop loop;
    int code = 0;
    const auto done = [&](const base::Result<QString>& where) {
        if (where) {
            print(stdout,
                  (isStoring ? QStringLiteral("the password of '%1' is stored in %2\n")
                             : QStringLiteral("the password of '%1' is removed from %2\n"))
                      .arg(name, *where));
        } else {
            code = fail(1, where.error().text);
        }
        loop.quit();
    };
    if (isStoring) {
        secrets.store(*account, password, done);
    } else {
        secrets.remove(*account, done);
    }
    loop.exec();
    return code;
}

} // namespace hs::app
