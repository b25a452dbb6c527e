#include "ProcessFigures.h"

#include <QDir>
#include <QFile>

#include <cstdio>
#include <sched.h>

namespace hs::bench {

namespace {

QByteArray contents(const QString& path)
{
    QFile file(path);
    return file.open(QIODevice::ReadOnly) ? file.readAll().trimmed() : QByteArray();
}

QDir taskFolder(pid_t process)
{
    return QDir(QStringLiteral("/proc/%1/task").arg(process));
}

QStringList tasks(pid_t process)
{
    return taskFolder(process).entryList(QDir::Dirs | QDir::NoDotAndDotDot);
}

QByteArray nameOf(pid_t process, const QString& task)
{
    return contents(taskFolder(process).filePath(task + QStringLiteral("/comm")));
}

} // namespace

ThreadCpu threadCpuMs(pid_t process)
{
    ThreadCpu result;
    for (const QString& task : tasks(process)) {
        const QByteArray times =
            contents(taskFolder(process).filePath(task + QStringLiteral("/schedstat")));
        result[nameOf(process, task)] += times.left(times.indexOf(' ')).toDouble() / 1e6;
    }
    return result;
}

double totalMs(const ThreadCpu& cpu)
{
    double all = 0;
    for (const auto& [name, ms] : cpu) {
        all += ms;
    }
    return all;
}

ThreadCpu difference(const ThreadCpu& after, const ThreadCpu& before)
{
    ThreadCpu used = after;
    for (auto& [name, ms] : used) {
        const auto earlier = before.find(name);
        ms -= earlier == before.end() ? 0 : earlier->second;
    }
    return used;
}

void printCpu(const ThreadCpu& used, double callSeconds, double seconds)
{
    const auto line = [&](const char* name, double ms) {
        std::printf("  %-16s %8.1f ms CPU", name, ms);
        if (callSeconds > 0) {
            std::printf("  %.3f ms per call-second", ms / callSeconds);
        }
        std::printf("  (%.2f %% of a core)\n", ms / seconds / 10);
    };
    for (const auto& [name, ms] : used) {
        if (ms >= 0.05) {
            line(name.constData(), ms);
        }
    }
    line("all", totalMs(used));
}

double residentMiB(pid_t process)
{
    for (const QByteArray& each :
         contents(QStringLiteral("/proc/%1/status").arg(process)).split('\n')) {
        if (each.startsWith("VmRSS:")) {
            return each.mid(6).trimmed().split(' ').constFirst().toDouble() / 1024;
        }
    }
    return 0;
}

QByteArray realTimeThreads(pid_t process)
{
    QByteArrayList names;
    for (const QString& task : tasks(process)) {
        const int policy = ::sched_getscheduler(task.toInt());
        if (policy == SCHED_RR || policy == SCHED_FIFO) {
            names << nameOf(process, task);
        }
    }
    return names.isEmpty() ? QByteArrayLiteral("none") : names.join(' ');
}

} // namespace hs::bench
