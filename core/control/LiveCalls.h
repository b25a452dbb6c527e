// LiveCalls: what the text protocol has to know of each call alive, found by the id that clients
// use in constant time (audio names its call fifty times a second). Thread: core.
#pragma once

#include "model/Call.h"

#include <QHash>

#include <map>

namespace hs::control {

struct LiveCall {
    model::CallId id = 0;
    QString controlId;
    QString number;
    model::Direction direction = model::Direction::Incoming;
    model::CallState state = model::CallState::RingingIn;
    bool operatorOwns = false;
    bool established = false; // CALL_ANS has been told
    bool ringingTold = false; // CALL_IGNORE on 180, to who dialled
    quint64 dialledBy = 0; // the client that sent CALL; 0: none

    bool isRingingIn() const { return state == model::CallState::RingingIn; }
    bool isUnansweredOutgoing() const
    {
        return direction == model::Direction::Outgoing && !established
            && state != model::CallState::Active && state != model::CallState::Held;
    }
};

class LiveCalls {
public:
    LiveCall& add(const model::Call& call);
    void update(LiveCall& live, const model::Call& call);
    void remove(model::CallId id);

    // Null where there is none. Valid until the call is removed.
    LiveCall* find(model::CallId id);
    LiveCall* find(const QString& controlId);
    LiveCall* onlyOne(); // null unless exactly one call is alive
    LiveCall* oldestRinging(const QString& number);
    std::size_t size() const { return m_calls.size(); }

private:
    std::map<model::CallId, LiveCall> m_calls; // oldest first: ids are never used twice
    QHash<QString, model::CallId> m_byControlId;
};

} // namespace hs::control
