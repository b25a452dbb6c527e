// Outlet: the way by which a thread that may be left behind tells others something. Once it is
// closed, nothing comes out of it any more, so those who listen may then go. Thread: any.
#pragma once

#include "base/EventLoopMailbox.h"

#include <functional>
#include <mutex>

namespace hs::store {

class Outlet {
public:
    // Posts `run` to the mailbox, unless closed.
    void post(base::EventLoopMailbox& to, std::function<void()> run);
    void close();

private:
    std::mutex m_mutex;
    bool m_closed = false;
};

} // namespace hs::store
