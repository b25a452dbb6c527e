#include "store/Database.h"

#include "store/Migrations.h"

#include <QDir>
#include <QFile>
#include <QFileInfo>
#include <QSqlQuery>

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

namespace hs::store {

using base::Error;
using base::Result;

namespace {
Error sentence(const QString& path, const QString& causeAndRemedy)
{
    return Error{QStringLiteral("the call log '%1' %2").arg(path, causeAndRemedy)};
}

QString moveAway()
{
    return QStringLiteral("move it away and a new one is made, or name another with the key 'db'");
}

// https://www.sqlite.org/rescode.html; the extended codes have the plain one in their low byte.
QString causeAndRemedy(int code, const QString& text)
{
    switch (code & 0xff) {
    case 13: // SQLITE_FULL
        return QStringLiteral("can't be written (%1): free some space on its disk").arg(text);
    case 3: // SQLITE_PERM
    case 8: // SQLITE_READONLY
    case 14: // SQLITE_CANTOPEN
        return QStringLiteral("can't be opened or written (%1): give this user the right to write "
                              "to the file and its folder, or name another with the key 'db'")
            .arg(text);
    case 11: // SQLITE_CORRUPT
    case 26: // SQLITE_NOTADB
        return QStringLiteral("is damaged (%1): %2").arg(text, moveAway());
    case 5: // SQLITE_BUSY
    case 6: // SQLITE_LOCKED
        return QStringLiteral("is locked (%1): end the other program that has it open").arg(text);
    case 10: // SQLITE_IOERR
        return QStringLiteral("can't be read or written (%1): see that its disk works and is not "
                              "full, or name another with the key 'db'")
            .arg(text);
    default:
        return QStringLiteral("can't be used (%1): see the text in parentheses, or name another "
                              "with the key 'db'")
            .arg(text);
    }
}

// What the system would refuse later and SQLite would only call "unable to open".
Result<void> checkPath(const QString& path)
{
    const QFileInfo file(path);
    if (file.exists() && !file.isFile()) {
        return sentence(path, QStringLiteral("is no file: name a file with the key 'db'"));
    }
    const QFileInfo folder(file.absolutePath());
    if (!folder.isDir() && !QDir().mkpath(folder.filePath())) {
        return sentence(path,
                        QStringLiteral("has no folder, and '%1' can't be made: make it for this "
                                       "user, or name another file with the key 'db'")
                            .arg(folder.filePath()));
    }
    if (file.exists() && !file.isWritable()) {
        return sentence(path,
                        QStringLiteral("is read-only: give this user the right to write to it, or "
                                       "name another with the key 'db'"));
    }
    if (!folder.isWritable()) { // SQLite makes files beside it
        return sentence(path,
                        QStringLiteral("is in a folder that can't be written, '%1': give this "
                                       "user the right to, or name another file with the key 'db'")
                            .arg(folder.filePath()));
    }
    return {};
}

// Who called whom is nobody else's affair; SQLite gives the files beside it the same mode. A file
// that is there keeps its own. What can't be made, SQLite tells of.
void makePrivate(const QString& path)
{
    const int made = ::open(QFile::encodeName(path).constData(), O_CREAT | O_EXCL | O_CLOEXEC,
                            S_IRUSR | S_IWUSR);
    if (made >= 0) {
        ::close(made);
    }
}
} // namespace

Database::Database(const QString& path)
    : m_path(path)
{
}

Result<std::unique_ptr<Database>> Database::open(const QString& path, Access access,
                                                 std::chrono::milliseconds busyTimeout)
{
    if (access == Access::ReadWrite) {
        if (const auto possible = checkPath(path); !possible) {
            return possible.error();
        }
        makePrivate(path);
    }
    std::unique_ptr<Database> database(new Database(path));
    if (const auto connected = database->connect(access, busyTimeout); !connected) {
        return connected.error();
    }
    if (const auto sound = database->check(access); !sound) {
        return sound.error();
    }
    database->rememberFile();
    return database;
}

Database::~Database()
{
    const QString name = m_connection.connectionName();
    m_connection = QSqlDatabase(); // Qt warns of a removed connection that someone still holds
    QSqlDatabase::removeDatabase(name);
}

Result<void> Database::connect(Access access, std::chrono::milliseconds busyTimeout)
{
    const QString name = QStringLiteral("hs-store-%1").arg(quintptr(this), 0, 16);
    m_connection = QSqlDatabase::addDatabase(QStringLiteral("QSQLITE"), name);
    if (!m_connection.isValid()) {
        return sentence(m_path,
                        QStringLiteral("can't be opened, because Qt's SQLite driver is missing: "
                                       "install the package libqt6sql6-sqlite"));
    }
    QString options = QStringLiteral("QSQLITE_BUSY_TIMEOUT=%1").arg(busyTimeout.count());
    if (access == Access::ReadOnly) {
        options += QStringLiteral(";QSQLITE_OPEN_READONLY");
    }
    m_connection.setConnectOptions(options);
    m_connection.setDatabaseName(m_path);
    if (!m_connection.open()) {
        return error(m_connection.lastError());
    }
    return {};
}

Result<void> Database::check(Access access)
{
    // The first look into the file; before it nothing may write there.
    const auto version = number(QStringLiteral("PRAGMA user_version"));
    if (!version) {
        return version.error();
    }
    if (*version > latestVersion()) {
        return sentence(m_path,
                        QStringLiteral("is of version %1, and this program knows versions up to "
                                       "%2: use the newer program that wrote it, or name another "
                                       "file with the key 'db'")
                            .arg(*version)
                            .arg(latestVersion()));
    }
    if (access == Access::ReadOnly) {
        return {};
    }
    QSqlQuery query(m_connection);
    if (!query.exec(QStringLiteral("PRAGMA quick_check(1)")) || !query.next()) {
        return error(query.lastError());
    }
    if (const QString verdict = query.value(0).toString(); verdict != QStringLiteral("ok")) {
        return sentence(m_path, causeAndRemedy(11, verdict.simplified()));
    }
    query.finish();
    const auto tables = number(QStringLiteral("SELECT count(*) FROM sqlite_master"));
    if (!tables) {
        return tables.error();
    }
    if (*version == 0 && *tables > 0) {
        return sentence(m_path,
                        QStringLiteral("is a database of another program: name another file with "
                                       "the key 'db'"));
    }
    for (const char* pragma : {"PRAGMA journal_mode=WAL", "PRAGMA synchronous=NORMAL",
                               "PRAGMA foreign_keys=ON", "PRAGMA journal_size_limit=16777216"}) {
        if (const auto done = exec(QLatin1String(pragma)); !done) {
            return done;
        }
    }
    return migrate(*this, migrations());
}

void Database::rememberFile()
{
    struct stat status { };
    if (::stat(QFile::encodeName(m_path).constData(), &status) == 0) {
        m_device = status.st_dev;
        m_inode = status.st_ino;
    }
}

bool Database::isInPlace() const
{
    struct stat status { };
    return ::stat(QFile::encodeName(m_path).constData(), &status) == 0 && status.st_dev == m_device
        && status.st_ino == m_inode;
}

Result<void> Database::exec(const QString& sql)
{
    QSqlQuery query(m_connection);
    if (!query.exec(sql)) {
        return error(query.lastError());
    }
    return {};
}

Result<qint64> Database::number(const QString& sql)
{
    QSqlQuery query(m_connection);
    if (!query.exec(sql) || !query.next()) {
        return error(query.lastError());
    }
    return query.value(0).toLongLong();
}

Result<void> Database::begin()
{
    return exec(QStringLiteral("BEGIN IMMEDIATE"));
}

Result<void> Database::commit()
{
    return exec(QStringLiteral("COMMIT"));
}

void Database::rollback()
{
    QSqlQuery(m_connection).exec(QStringLiteral("ROLLBACK"));
}

Error Database::error(const QSqlError& error) const
{
    bool hasCode = false;
    const int code = error.nativeErrorCode().toInt(&hasCode);
    QString text = error.databaseText().simplified();
    if (text.isEmpty()) {
        text = error.driverText().simplified();
    }
    return sentence(m_path, causeAndRemedy(hasCode ? code : 0, text));
}

} // namespace hs::store
