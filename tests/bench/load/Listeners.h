// Listeners: some FrameListeners in a thread of their own. The first of them can dial.
// Thread: one; each function waits for the listeners' thread.
#pragma once

#include "FrameListener.h"

#include <QThread>

#include <vector>

namespace hs::bench {

class Listeners {
public:
    Listeners(int count, const base::Endpoint& server);
    ~Listeners();

    bool areConnected();
    void dial(std::uint32_t number, const base::Endpoint& at);
    // What the first one says into calls that it dials.
    void setVoice(const std::vector<std::int16_t>& samples);
    std::vector<ListenerReport> reports();

private:
    QThread m_thread;
    std::vector<std::unique_ptr<FrameListener>> m_listeners;
};

} // namespace hs::bench
