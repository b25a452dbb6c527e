// The part of CallManager that joins calls to conferences and takes them apart again. What follows
// from a change - who is alone now, whom the operator hears - is settled right behind it.
#include "base/LogCategories.h"
#include "call/CallManager.h"

#include <algorithm>

namespace hs::call {

namespace {
// A program talks with it: it does not fall silent when others leave it. Some listen to every call,
// also to those that are the operator's.
bool hasProgram(const model::Call& call)
{
    const auto owner = call.owner.kind;
    return owner == model::ActorKind::Client
        || (owner == model::ActorKind::Machine && call.listeners > 0);
}
} // namespace

base::Result<QList<Call*>> CallManager::callsToJoin(const QList<model::CallId>& ids) const
{
    QList<Call*> calls;
    const auto take = [&calls](Call* call) {
        if (call && !calls.contains(call)) {
            calls.append(call);
        }
    };
    for (const model::CallId id : ids) {
        const base::Result<Call*> call = get(id);
        if (!call) {
            return call.error();
        }
        if (const auto may = (*call)->checkMayJoin(); !may) {
            return may.error();
        }
        take(*call);
        if (const Conference* conference = conferenceOf(id)) {
            for (const model::CallId other : conference->calls()) {
                take(alive(other)); // two conferences become one
            }
        }
    }
    if (calls.size() < 2) {
        return base::Error{QStringLiteral("a conference takes two calls or more")};
    }
    if (calls.size() > media::ConferenceSession::mostCalls) {
        return base::Error{QStringLiteral("a conference holds %1 calls at most, this would be %2")
                               .arg(media::ConferenceSession::mostCalls)
                               .arg(calls.size())};
    }
    return calls;
}

base::Result<void> CallManager::join(const QList<model::CallId>& ids)
{
    const base::Result<QList<Call*>> calls = callsToJoin(ids);
    if (!calls) {
        return calls.error();
    }
    QList<model::CallId> all;
    Conference* joined = nullptr;
    for (const Call* call : *calls) {
        all.append(call->id());
        joined = joined ? joined : conferenceOf(call->id());
    }
    if (!joined) {
        joined = &openConference();
    }
    const int number = joined->number();
    for (const model::CallId id : all) {
        // Whoever hears of the changes may have ended some of them.
        const auto conference = m_conferences.find(number);
        Call* call = alive(id);
        if (!call || conference == m_conferences.end()) {
            continue;
        }
        Conference* other = conferenceOf(id);
        const bool wasInOne = other != nullptr; // where it may be held in its place
        if (other && other != conference->second.get()) {
            other->remove(*call);
            if (!alive(id)) {
                continue;
            }
        }
        conference->second->add(*call);
        if (call->model().heldByUs && (!wasInOne || ids.contains(id))) {
            if (const auto resumed = call->setHeld(false); !resumed) {
                qCWarning(base::lcCall).noquote() << resumed.error().text;
            }
        }
    }
    settleSoon();
    return {};
}

Conference& CallManager::openConference()
{
    int number = 1;
    while (m_conferences.contains(number)) {
        ++number;
    }
    auto& conference = m_conferences[number];
    conference = std::make_unique<Conference>(number, m_parts.media);
    return *conference;
}

Conference* CallManager::conferenceOf(model::CallId id) const
{
    const auto found = std::find_if(m_conferences.begin(), m_conferences.end(),
                                    [id](const auto& entry) { return entry.second->has(id); });
    return found == m_conferences.end() ? nullptr : found->second.get();
}

base::Result<Conference*> CallManager::conferenceFor(model::CallId id) const
{
    const base::Result<Call*> call = get(id);
    if (!call) {
        return call.error();
    }
    if (Conference* conference = conferenceOf(id)) {
        return conference;
    }
    return base::Error{
        QStringLiteral("the call %1 is in no conference").arg((*call)->model().controlId)};
}

base::Result<void> CallManager::split(model::CallId id)
{
    const base::Result<Conference*> conference = conferenceFor(id);
    if (!conference) {
        return conference.error();
    }
    Call& call = *alive(id);
    passHeadsetOn(call);
    setAside(call);
    // By now it may have ended.
    if (Conference* left = conferenceOf(id)) {
        left->remove(call);
    }
    settleSoon();
    return {};
}

base::Result<void> CallManager::splitAll(model::CallId id)
{
    const base::Result<Conference*> conference = conferenceFor(id);
    if (!conference) {
        return conference.error();
    }
    const std::vector<model::CallId> all = (*conference)->calls();
    for (const model::CallId each : all) {
        if (const auto apart = split(each); !apart) { // ended by who heard of the others
            qCDebug(base::lcCall).noquote() << apart.error().text;
        }
    }
    return {};
}

base::Result<void> CallManager::hangUpConference(model::CallId id, const model::Actor& by)
{
    const base::Result<Conference*> conference = conferenceFor(id);
    if (!conference) {
        return conference.error();
    }
    const std::vector<model::CallId> all = (*conference)->calls();
    for (const model::CallId each : all) {
        if (Call* call = alive(each)) {
            call->endNow(by);
        }
    }
    return {};
}

// Nobody is left to talk with it: it hears music, or the program whose call it is.
void CallManager::setAside(Call& call)
{
    if (hasProgram(call.model())) {
        return;
    }
    if (const auto held = call.setHeld(true); !held) {
        qCWarning(base::lcCall).noquote() << held.error().text;
    }
}

// The operator stays in the conference that this call leaves.
void CallManager::passHeadsetOn(const Call& call)
{
    if (m_headset.holder() != &call) {
        return;
    }
    const Conference* conference = conferenceOf(call.id());
    for (const model::CallId id : conference ? conference->calls() : std::vector<model::CallId>()) {
        Call* other = alive(id);
        if (other && other != &call && !other->model().heldByUs) {
            const bool muted = call.model().muted;
            m_headset.give(*other);
            m_headset.setMuted(muted);
            return;
        }
    }
    m_headset.takeFrom(call);
}

void CallManager::leaveConference(Call& call)
{
    if (Conference* conference = conferenceOf(call.id())) {
        passHeadsetOn(call);
        conference->remove(call);
        settleSoon();
    }
}

void CallManager::settleSoon()
{
    m_settle = m_parts.scheduler.after(base::Duration(0), [this] {
        std::vector<int> numbers;
        for (const auto& [number, conference] : m_conferences) {
            numbers.push_back(number);
        }
        for (const int number : numbers) {
            if (m_conferences.contains(number)) {
                settle(number);
            }
        }
    });
}

void CallManager::settle(int number)
{
    const std::vector<model::CallId> all = m_conferences.at(number)->calls();
    if (all.size() < 2) {
        dissolve(number);
        return;
    }
    const auto isIn = [&all](const Call* call) {
        return call && std::ranges::find(all, call->id()) != all.end();
    };
    QList<model::CallId> talking;
    bool someoneIsHere = false; // of those whom we do not hold
    for (const model::CallId id : all) {
        const Call* call = alive(id);
        const bool isHere = call && !call->model().heldByUs;
        someoneIsHere = someoneIsHere || isHere;
        if (isHere && !call->model().heldByFarEnd && !call->comesBack()) {
            talking.append(id);
        }
    }
    if (isIn(m_headset.holder()) && !someoneIsHere) {
        m_headset.takeFrom(*m_headset.holder());
    }
    const bool present = isIn(m_headset.holder());
    const bool muted = present && m_headset.holder()->model().muted;
    for (const model::CallId id : all) {
        if (Call* call = alive(id)) {
            call->setAlone(!present && talking == QList{id});
            call->showOperator(present, muted);
        }
    }
}

void CallManager::dissolve(int number)
{
    Conference& conference = *m_conferences.at(number);
    Call* last = conference.calls().empty() ? nullptr : alive(conference.calls().front());
    if (last) {
        conference.remove(*last);
    }
    m_conferences.erase(number);
    if (last && last->model().heldByUs) {
        m_headset.takeFrom(*last);
    } else if (last && m_headset.holder() != last) {
        setAside(*last);
    } else if (last && last->model().owner.kind != model::ActorKind::Operator) {
        last->setOwner(model::Actor::consoleOperator()); // as when he takes it
    }
}

} // namespace hs::call
