#include "engine/LogSink.h"

#include "engine/LogStream.h"

#include <QDateTime>
#include <QLoggingCategory>

namespace hs::engine {

using model::LogLevel;

namespace {
// Qt's message handler is a plain function, so what it needs has to be found from anywhere.
struct Installed {
    std::mutex mutex;
    std::shared_ptr<LogQueue> queue;
    LogLevel level = LogLevel::Info;
};

Installed& installed()
{
    static Installed instance;
    return instance;
}

LogLevel levelOf(QtMsgType type)
{
    switch (type) {
    case QtDebugMsg:
        return LogLevel::Debug;
    case QtInfoMsg:
        return LogLevel::Info;
    case QtWarningMsg:
        return LogLevel::Warning;
    case QtCriticalMsg:
    case QtFatalMsg:
        return LogLevel::Error;
    }
    return LogLevel::Error;
}

void handleMessage(QtMsgType type, const QMessageLogContext& context, const QString& message)
{
    std::shared_ptr<LogQueue> queue;
    {
        const std::lock_guard lock(installed().mutex);
        if (levelOf(type) < installed().level) {
            return;
        }
        queue = installed().queue;
    }
    if (!queue) {
        return;
    }
    // Qt's own messages have no file; their category says as much.
    const char* file = context.file ? context.file : context.category;
    queue->push(
        {LogLine{levelOf(type), QDateTime::currentMSecsSinceEpoch(), message, file, context.line},
         std::nullopt});
    if (type == QtFatalMsg) {
        queue->flush(std::chrono::seconds(1)); // Qt aborts on return
    }
}

// With these a disabled qCDebug() does not even evaluate what it would print. Qt's own debug output
// is never wanted.
QString filterRules(LogLevel level)
{
    QString rules = QStringLiteral("*.debug=false\n");
    if (level == LogLevel::Debug) {
        rules += QStringLiteral("hs.*.debug=true\n");
    }
    if (level > LogLevel::Info) {
        rules += QStringLiteral("*.info=false\n");
    }
    if (level > LogLevel::Warning) {
        rules += QStringLiteral("*.warning=false\n");
    }
    return rules;
}

LogLine notice(LogLevel level, const QString& message, int line)
{
    return {level, QDateTime::currentMSecsSinceEpoch(), message, __FILE__, line};
}
} // namespace

class LogSink::Writer {
public:
    Writer(const LogOptions& options, std::shared_ptr<LogQueue> queue, FileProblem fileProblem)
        : m_options(options)
        , m_queue(std::move(queue))
        , m_file(options.filePath, options.mostFileBytes)
        , m_stream(options.output)
        , m_fileProblem(std::move(fileProblem))
    {
    }

    void run()
    {
        bool last = false;
        while (!last) {
            const auto pause =
                m_stream.isWaiting() ? std::chrono::milliseconds(100) : std::chrono::hours(1);
            const LogQueue::Batch batch = m_queue->take(pause);
            writeToFile(batch);
            writeToStream(batch);
            m_queue->written(batch.items.size());
            last = batch.last;
        }
    }

    // From here on nobody is told of anything.
    void silence()
    {
        const std::lock_guard lock(m_tellMutex);
        m_fileProblem = nullptr;
    }

private:
    void writeToFile(const LogQueue::Batch& batch)
    {
        for (const LogQueue::Item& item : batch.items) {
            if (!item.raw) {
                m_file.append(item.line.formatted());
            }
        }
        // While the file is broken it is tried now and then; the lines in between are lost to it.
        // Where nothing is to be written, nothing shows whether it could be.
        const auto now = std::chrono::steady_clock::now();
        if (m_broken && (m_file.isEmpty() || (now < m_nextTry && !batch.last))) {
            m_file.discard();
            return;
        }
        const base::Result<void> done = m_file.flush();
        m_nextTry = now + m_options.fileRetry;
        if (m_broken && done) {
            m_file.append(notice(LogLevel::Warning,
                                 QStringLiteral("%1 lines are missing above, because the file "
                                                "could not be written")
                                     .arg(m_file.takeLost()),
                                 __LINE__)
                              .formatted());
            m_broken = !m_file.flush();
            if (!m_broken) {
                tell({}, LogLevel::Info);
            }
        } else if (!m_broken && !done) {
            m_broken = true;
            tell(done.error().text, LogLevel::Error);
        }
    }

    void writeToStream(const LogQueue::Batch& batch)
    {
        m_stream.proceed();
        for (const LogQueue::Item& item : batch.items) {
            if (item.raw) {
                m_stream.write(*item.raw, LogStream::Weight::MustArrive);
            } else {
                m_stream.write(item.line.formatted());
            }
        }
    }

    void tell(const QString& sentence, LogLevel level)
    {
        const QString message =
            sentence.isEmpty() ? QStringLiteral("The log file is written again") : sentence;
        m_stream.write(notice(level, message, __LINE__).formatted());
        const std::lock_guard lock(m_tellMutex);
        if (m_fileProblem) {
            m_fileProblem(sentence);
        }
    }

    const LogOptions m_options;
    const std::shared_ptr<LogQueue> m_queue;
    LogFile m_file;
    LogStream m_stream;
    bool m_broken = false;
    std::chrono::steady_clock::time_point m_nextTry{};
    std::mutex m_tellMutex;
    FileProblem m_fileProblem;
};

LogSink::LogSink(const LogOptions& options, FileProblem fileProblem)
    : m_queue(std::make_shared<LogQueue>(options.mostQueued))
    , m_writer(std::make_shared<Writer>(options, m_queue, std::move(fileProblem)))
{
    {
        const std::lock_guard lock(installed().mutex);
        installed().queue = m_queue;
        installed().level = options.level;
    }
    QLoggingCategory::setFilterRules(filterRules(options.level));
    m_thread.start("hs-log", [writer = m_writer] { writer->run(); });
    m_before = qInstallMessageHandler(handleMessage);
}

LogSink::~LogSink()
{
    qInstallMessageHandler(m_before);
    {
        const std::lock_guard lock(installed().mutex);
        installed().queue.reset();
    }
    m_queue->close();
    m_thread.join(std::chrono::seconds(2));
    m_writer->silence();
    QLoggingCategory::setFilterRules(QString());
}

void LogSink::printLine(const QString& text)
{
    m_queue->push({{}, text.toUtf8() + '\n'});
}

bool LogSink::flush(std::chrono::milliseconds most)
{
    return m_queue->flush(most);
}

} // namespace hs::engine
