#include "call/Conference.h"

#include "base/LogCategories.h"

#include <algorithm>

namespace hs::call {

Conference::Conference(int number, media::MediaEngine& media)
    : m_number(number)
    , m_session(media.openConference())
{
}

bool Conference::has(model::CallId id) const
{
    return std::ranges::find(m_calls, id) != m_calls.end();
}

void Conference::add(Call& call)
{
    if (has(call.id())) {
        return;
    }
    m_calls.push_back(call.id());
    qCInfo(base::lcCall).noquote()
        << "call" << call.model().controlId << "joins conference" << m_number;
    call.enterConference(m_session, m_number);
}

void Conference::remove(Call& call)
{
    if (std::erase(m_calls, call.id()) > 0) {
        qCInfo(base::lcCall).noquote()
            << "call" << call.model().controlId << "leaves conference" << m_number;
        call.leaveConference();
    }
}

} // namespace hs::call
