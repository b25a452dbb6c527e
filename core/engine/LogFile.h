// LogFile: the log's file. When it would grow beyond its bound it becomes PATH.1, PATH.1 becomes
// PATH.2 and so on, and the oldest is removed. A file that someone else moved away or removed is
// made anew. Only regular files are rotated (not /dev/null). Missing folders are made. Thread: one
// at a time; may block as long as the disk does.
#pragma once

#include "base/Result.h"

#include <QByteArray>

namespace hs::engine {

class LogFile {
public:
    static constexpr qint64 defaultMostBytes = 20'000'000;

    explicit LogFile(const QString& path, qint64 mostBytes = defaultMostBytes, int kept = 5);
    LogFile(const LogFile&) = delete;
    LogFile& operator=(const LogFile&) = delete;
    ~LogFile();

    // Whole lines, with their line ends. They are in the file after flush().
    void append(const QByteArray& line);
    bool isEmpty() const { return m_buffer.isEmpty(); } // nothing to flush
    // An error names the path, the reason and what to do; what was to be written is given up and
    // counted, and the next flush() tries again.
    base::Result<void> flush();
    // Gives up what was appended, and counts it.
    void discard();
    // Lines given up since the last time this was asked.
    quint64 takeLost() { return std::exchange(m_lost, 0); }

private:
    base::Result<void> open();
    base::Result<void> writeBuffer();
    bool isInPlace() const;
    void rotate();
    void close();
    base::Error error(const char* what, int number) const;

    const QString m_path;
    const QByteArray m_name; // as the system wants it
    const qint64 m_mostBytes;
    const int m_kept;
    int m_descriptor = -1;
    bool m_isRegular = true;
    bool m_midLine = false; // the disk was full in the middle of one
    qint64 m_size = 0;
    QByteArray m_buffer;
    quint64 m_buffered = 0; // lines
    quint64 m_lost = 0;
};

} // namespace hs::engine
