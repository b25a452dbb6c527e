#include "engine/SecretFile.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSaveFile>

#include <sys/stat.h>

namespace hs::engine {

using base::Error;
using base::Result;

namespace {
constexpr qint64 mostBytes = 1024 * 1024;
constexpr QFile::Permissions onlyOwner = QFile::ReadOwner | QFile::WriteOwner;

Result<QByteArray> readPrivate(QFile& file, const QString& what)
{
    const QString path = file.fileName();
    if (QFileInfo(path).isDir()) {
        return Error{QStringLiteral("the %1 '%2' is a folder; name a file").arg(what, path)};
    }
    if (!file.open(QIODevice::ReadOnly)) {
        return Error{QStringLiteral("the %1 '%2' can't be read (%3); give this user the right to")
                         .arg(what, path, file.errorString())};
    }
    // Of the file that is open, whatever has taken its name since.
    struct stat status { };
    if (::fstat(file.handle(), &status) != 0 || (status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
        return Error{QStringLiteral("the %1 '%2' is open to other users; make it yours alone: "
                                    "chmod 600 '%2'")
                         .arg(what, path)};
    }
    const QByteArray bytes = file.read(mostBytes + 1);
    if (bytes.size() > mostBytes) {
        return Error{QStringLiteral("the %1 '%2' is larger than a megabyte; is it the right one?")
                         .arg(what, path)};
    }
    return bytes;
}

// The account that a line is for; empty if it is for none.
QByteArray accountOf(const QByteArray& line)
{
    const QByteArray trimmed = line.trimmed();
    const qsizetype blank = trimmed.indexOf(' ');
    return trimmed.startsWith('#') || blank < 0 ? QByteArray() : trimmed.first(blank);
}
} // namespace

Result<QByteArray> SecretFile::content() const
{
    QFile file(m_path);
    return file.exists() ? readPrivate(file, QStringLiteral("file of passwords")) : QByteArray();
}

Result<std::optional<QString>> SecretFile::find(const QString& account) const
{
    const Result<QByteArray> bytes = content();
    if (!bytes) {
        return bytes.error();
    }
    for (const QByteArray& line : bytes->split('\n')) {
        if (accountOf(line) == account.toUtf8()) {
            const QByteArray trimmed = line.trimmed();
            const auto decoded =
                QByteArray::fromBase64Encoding(trimmed.mid(trimmed.indexOf(' ')).trimmed(),
                                               QByteArray::AbortOnBase64DecodingErrors);
            if (!decoded) {
                return Error{QStringLiteral("the password of '%1' in the file '%2' is damaged; "
                                            "store it again with --set-password %1")
                                 .arg(account, m_path)};
            }
            return std::optional(QString::fromUtf8(*decoded));
        }
    }
    return std::optional<QString>();
}

Result<void> SecretFile::set(const QString& account, const QString& password) const
{
    const Result<QByteArray> before = content();
    if (!before) {
        return before.error();
    }
    QByteArray after;
    for (const QByteArray& line : before->split('\n')) {
        if (!line.isEmpty() && accountOf(line) != account.toUtf8()) {
            after += line + '\n';
        }
    }
    after += account.toUtf8() + ' ' + password.toUtf8().toBase64() + '\n';
    return write(after);
}

Result<bool> SecretFile::remove(const QString& account) const
{
    const Result<QByteArray> before = content();
    if (!before) {
        return before.error();
    }
    QByteArray after;
    bool isFound = false;
    for (const QByteArray& line : before->split('\n')) {
        if (accountOf(line) == account.toUtf8()) {
            isFound = true;
        } else if (!line.isEmpty()) {
            after += line + '\n';
        }
    }
    if (!isFound) {
        return false;
    }
    const Result<void> written = write(after);
    return written ? Result<bool>(true) : Result<bool>(written.error());
}

Result<void> SecretFile::write(const QByteArray& content) const
{
    QDir().mkpath(QFileInfo(m_path).absolutePath());
    QSaveFile file(m_path);
    // The mode before the content: at no moment can another user read it.
    if (!file.open(QIODevice::WriteOnly) || !file.setPermissions(onlyOwner)
        || file.write(content) != content.size() || !file.commit()) {
        return Error{QStringLiteral("the file of passwords '%1' can't be written (%2); give this "
                                    "user the right to write to it and its folder")
                         .arg(m_path, file.errorString())};
    }
    return {};
}

Result<QString> readPasswordFile(const QString& path)
{
    QFile file(path);
    if (!file.exists()) {
        return Error{QStringLiteral("the password file '%1' does not exist; name one that is "
                                    "there, or remove the key 'password_file'")
                         .arg(path)};
    }
    const Result<QByteArray> bytes = readPrivate(file, QStringLiteral("password file"));
    if (!bytes) {
        return bytes.error();
    }
    QByteArray first = bytes->left(bytes->indexOf('\n') < 0 ? bytes->size() : bytes->indexOf('\n'));
    if (first.endsWith('\r')) {
        first.chop(1);
    }
    if (first.isEmpty()) {
        return Error{QStringLiteral("the password file '%1' is empty; write the password into its "
                                    "first line")
                         .arg(path)};
    }
    return QString::fromUtf8(first);
}

} // namespace hs::engine
