// LogQueue: what is to be logged, on its way from any thread to the one that writes it. Bounded:
// what finds no room is dropped, and a line in its place says how much it was. Thread: any; nothing
// here waits for a disk.
#pragma once

#include "engine/LogLine.h"

#include <chrono>
#include <condition_variable>
#include <deque>
#include <mutex>
#include <optional>
#include <vector>

namespace hs::engine {

class LogQueue {
public:
    struct Item {
        LogLine line;
        std::optional<QByteArray> raw; // goes to standard output as it is, and not to the file
    };
    struct Batch {
        std::vector<Item> items;
        bool last = false; // the queue was closed: nothing follows
    };

    explicit LogQueue(std::size_t most)
        : m_most(most)
    {
    }

    void push(Item item);
    // Waits for something, `most` at the longest.
    Batch take(std::chrono::milliseconds most);
    // What was taken was written.
    void written(std::size_t items);
    // True once all that was pushed before is written; false if not within that time.
    bool flush(std::chrono::milliseconds most);
    void close();

private:
    void noteDropped();

    const std::size_t m_most;
    std::mutex m_mutex;
    std::condition_variable m_arrived;
    std::condition_variable m_wrote;
    std::deque<Item> m_items;
    quint64 m_dropped = 0;
    quint64 m_pushed = 0;
    quint64 m_written = 0;
    bool m_closed = false;
};

} // namespace hs::engine
