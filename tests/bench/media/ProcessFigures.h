// ProcessFigures: what a process has used: CPU time by the names of its threads, and memory.
// Thread: any; reads /proc.
#pragma once

#include <QByteArray>

#include <map>
#include <sys/types.h>

namespace hs::bench {

using ThreadCpu = std::map<QByteArray, double>; // ms, by thread name

ThreadCpu threadCpuMs(pid_t process);
double totalMs(const ThreadCpu& cpu);
ThreadCpu difference(const ThreadCpu& after, const ThreadCpu& before);
// Threads that used anything, then the sum. For 0 call-seconds only ms and per cent of a core.
void printCpu(const ThreadCpu& used, double callSeconds, double seconds);

double residentMiB(pid_t process);
// The threads that run in real time (SCHED_RR or SCHED_FIFO), with blanks between.
QByteArray realTimeThreads(pid_t process);

} // namespace hs::bench
