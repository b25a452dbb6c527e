#include "store/Outlet.h"

namespace hs::store {

void Outlet::post(base::EventLoopMailbox& to, std::function<void()> run)
{
    const std::lock_guard lock(m_mutex);
    if (!m_closed) {
        to.post(std::move(run));
    }
}

void Outlet::close()
{
    const std::lock_guard lock(m_mutex);
    m_closed = true;
}

} // namespace hs::store
