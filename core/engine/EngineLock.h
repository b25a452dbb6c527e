// EngineLock: says that one engine, and no other, works with a database: a lock on the file
// PATH.lock beside it. The kernel holds the lock (flock) and gives it up when the process ends in
// whatever way, so no lock is ever left over, not even where process ids begin anew, as in a
// container. The file stays, and names who has or had it. Thread: any, one at a time.
#pragma once

#include "base/Result.h"

namespace hs::engine {

// Why there is no lock, as a sentence that says what to do.
struct EngineLockFailure {
    QString holder; // "hookswitchd, process 4711"; empty: nobody, the file can't be had
    QString text;
};

class EngineLock {
public:
    // The same for every name that leads to the database: its file, which need not exist.
    static QString fileOf(const QString& databasePath);

    // Makes a missing folder.
    static base::Result<EngineLock, EngineLockFailure> acquire(const QString& databasePath,
                                                               const QString& program);

    EngineLock(EngineLock&& other) noexcept;
    EngineLock& operator=(EngineLock&& other) noexcept;
    ~EngineLock();

private:
    explicit EngineLock(int descriptor)
        : m_descriptor(descriptor)
    {
    }

    int m_descriptor = -1;
};

} // namespace hs::engine
