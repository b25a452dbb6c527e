// SecretFile: passwords of accounts in a file that only its owner may read (mode 0600), for
// machines without a keyring: a line `NAME BASE64` for each account, with `#` comments. And the
// first line of a file that someone else keeps. Errors are sentences that name the file and never a
// password. Thread: one at a time.
#pragma once

#include "base/Result.h"

#include <QString>

#include <optional>

namespace hs::engine {

class SecretFile {
public:
    explicit SecretFile(const QString& path)
        : m_path(path)
    {
    }

    QString path() const { return m_path; }
    // Nothing if it is not there; a file that others may read is an error.
    base::Result<std::optional<QString>> find(const QString& account) const;
    // Replaces the file as a whole; makes it and its folder if missing.
    base::Result<void> set(const QString& account, const QString& password) const;
    // Whether there was one.
    base::Result<bool> remove(const QString& account) const;

private:
    base::Result<QByteArray> content() const;
    base::Result<void> write(const QByteArray& content) const;

    QString m_path;
};

// The file's first line, without its end. Refused if others may read the file.
base::Result<QString> readPasswordFile(const QString& path);

} // namespace hs::engine
