// LogSink: where qDebug(), qCInfo() and the like end: in the log file and on standard output, by a
// thread of its own, so that whoever logs waits for neither. What it can't keep up with is dropped,
// and a line says how much. While one exists it is the process's message handler; there can be one.
// A slow or dead reader of standard output loses lines there and stalls nothing; the file goes on.
// Levels below the configured one are off, at the price of a comparison.
// Thread: any may log; the rest is the owner's.
#pragma once

#include "base/WorkerThread.h"
#include "engine/LogFile.h"
#include "engine/LogQueue.h"

#include <QtGlobal>

#include <functional>
#include <memory>

namespace hs::engine {

struct LogOptions {
    QString filePath;
    model::LogLevel level = model::LogLevel::Info;
    int output = 1; // a descriptor; standard output
    qint64 mostFileBytes = LogFile::defaultMostBytes;
    std::size_t mostQueued = 10'000; // lines
    std::chrono::milliseconds fileRetry{5000};
};

class LogSink {
public:
    // Told once when the file can't be written, as a sentence, and with nothing once it can again.
    // In the log's thread; not after the sink is gone. May log.
    using FileProblem = std::function<void(const QString& sentence)>;

    explicit LogSink(const LogOptions& options, FileProblem fileProblem = {});
    // Writes what waits, for up to two seconds.
    ~LogSink();
    LogSink(const LogSink&) = delete;
    LogSink& operator=(const LogSink&) = delete;

    // A line for standard output alone, as it is, in its order among the log's.
    void printLine(const QString& text);
    // True once all that was logged before is written (or dropped, where nobody reads).
    bool flush(std::chrono::milliseconds most);

private:
    class Writer;

    std::shared_ptr<LogQueue> m_queue;
    std::shared_ptr<Writer> m_writer;
    base::WorkerThread m_thread;
    QtMessageHandler m_before = nullptr;
};

} // namespace hs::engine
