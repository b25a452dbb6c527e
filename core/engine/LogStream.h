// LogStream: lines to a descriptor whose reader may be slow or gone (standard output into a pipe, a
// terminal, a socket). It never waits longer than 50 ms, and that only once until the reader reads
// again: lines that find no room are left out and counted, and one line says so when there is room.
// Nobody else who has the descriptor is changed: it is opened once more rather than made
// non-blocking. Thread: one at a time; SIGPIPE must be blocked in it.
#pragma once

#include <QByteArray>

namespace hs::engine {

class LogStream {
public:
    explicit LogStream(int descriptor); // does not own it
    LogStream(const LogStream&) = delete;
    LogStream& operator=(const LogStream&) = delete;
    ~LogStream();

    enum class Weight { Usual, MustArrive }; // MustArrive waits in memory, up to 64 KiB in all
    void write(const QByteArray& line, Weight weight = Weight::Usual);
    // Goes on with what waits; to be called now and then while isWaiting().
    void proceed();
    bool isWaiting() const { return !m_waiting.isEmpty() || m_leftOut > 0; }

private:
    enum class Kind { File, NonBlocking, Socket, MayBlock, Gone };

    bool push(); // true: nothing waits any more
    void noteLeftOut();
    qint64 writeSome(qsizetype size);
    bool waitForRoom();

    int m_descriptor = -1;
    bool m_owned = false;
    Kind m_kind = Kind::Gone;
    bool m_stalled = false;
    QByteArray m_waiting;
    quint64 m_leftOut = 0;
};

} // namespace hs::engine
