// Database: one connection to the SQLite file of the call log. Opening for writing makes folder and
// file where they are missing, checks the file for damage and brings its schema up to date; nothing
// is ever deleted or replaced. Errors name the path, the cause and the remedy: a damaged file, a
// file or folder that can't be written, another program's file, a file of a newer version.
// Thread: the one that opened it (as Qt Sql wants), for everything.
#pragma once

#include "base/Result.h"

#include <QSqlDatabase>
#include <QSqlError>

#include <chrono>
#include <memory>

namespace hs::store {

class Database {
public:
    enum class Access { ReadWrite, ReadOnly };
    // How long to wait for a lock that another program holds on the file.
    static constexpr std::chrono::milliseconds patience{1000};

    static base::Result<std::unique_ptr<Database>>
    open(const QString& path, Access access, std::chrono::milliseconds busyTimeout = patience);
    ~Database();
    Database(const Database&) = delete;
    Database& operator=(const Database&) = delete;

    const QSqlDatabase& connection() const { return m_connection; }
    const QString& path() const { return m_path; }
    // False when the file was removed or replaced since: what is written then goes nowhere.
    bool isInPlace() const;

    base::Result<void> exec(const QString& sql);
    base::Result<qint64> number(const QString& sql); // the only value of the only row
    base::Result<void> begin(); // takes the lock for writing at once
    base::Result<void> commit();
    void rollback();

    // What went wrong, as a sentence with the path, the cause and the remedy.
    base::Error error(const QSqlError& error) const;

private:
    explicit Database(const QString& path);
    base::Result<void> connect(Access access, std::chrono::milliseconds busyTimeout);
    base::Result<void> check(Access access);
    void rememberFile();

    QString m_path;
    QSqlDatabase m_connection;
    quint64 m_device = 0;
    quint64 m_inode = 0;
};

} // namespace hs::store
