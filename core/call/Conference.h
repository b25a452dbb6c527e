// Conference: the calls that are joined with each other, and the operator if one of them has the
// headset. It acts on their media and tells of itself in their pictures; who may be in it is
// CallManager's matter. Thread: core.
#pragma once

#include "call/Call.h"

namespace hs::call {

class Conference {
public:
    Conference(int number, media::MediaEngine& media);

    int number() const { return m_number; }
    const std::vector<model::CallId>& calls() const { return m_calls; }
    bool has(model::CallId id) const;

    void add(Call& call);
    void remove(Call& call); // also one that has ended

private:
    int m_number;
    std::shared_ptr<media::ConferenceSession> m_session;
    std::vector<model::CallId> m_calls;
};

} // namespace hs::call
