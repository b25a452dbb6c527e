#include "control/LiveCalls.h"

#include <algorithm>

namespace hs::control {

LiveCall& LiveCalls::add(const model::Call& call)
{
    LiveCall& live = m_calls[call.id];
    live.id = call.id;
    live.controlId = call.controlId;
    live.direction = call.direction;
    update(live, call);
    m_byControlId.insert(live.controlId, live.id);
    return live;
}

void LiveCalls::update(LiveCall& live, const model::Call& call)
{
    live.number = call.number;
    live.state = call.state;
    live.operatorOwns = call.owner.kind == model::ActorKind::Operator;
}

void LiveCalls::remove(model::CallId id)
{
    const auto found = m_calls.find(id);
    if (found != m_calls.end()) {
        m_byControlId.remove(found->second.controlId);
        m_calls.erase(found);
    }
}

LiveCall* LiveCalls::find(model::CallId id)
{
    const auto found = m_calls.find(id);
    return found == m_calls.end() ? nullptr : &found->second;
}

LiveCall* LiveCalls::find(const QString& controlId)
{
    return find(m_byControlId.value(controlId, 0));
}

LiveCall* LiveCalls::onlyOne()
{
    return m_calls.size() == 1 ? &m_calls.begin()->second : nullptr;
}

LiveCall* LiveCalls::oldestRinging(const QString& number)
{
    const auto found = std::find_if(m_calls.begin(), m_calls.end(), [&](const auto& each) {
        return each.second.isRingingIn() && each.second.number == number;
    });
    return found == m_calls.end() ? nullptr : &found->second;
}

} // namespace hs::control
