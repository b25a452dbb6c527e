#include "call/CallPolicy.h"

namespace hs::call {

CallPolicy::CallPolicy(const CallSettings& settings)
    : m_allow(settings.allow)
    , m_recordingMode(settings.recordingMode)
{
    if (settings.sipServer) {
        if (const auto address = settings.sipServer->address()) {
            addServerAddress(*address);
        }
    }
}

bool CallPolicy::admits(const base::IpAddress& source, const base::IpAddress& arrivedAt) const
{
    if (m_allow.isEmpty()) {
        return source.isLoopback() || source == arrivedAt || source.isPrivate()
            || m_serverAddresses.contains(source);
    }
    for (const base::Subnet& subnet : m_allow) {
        if (subnet.contains(source)) {
            return true;
        }
    }
    return false;
}

void CallPolicy::addServerAddress(const base::IpAddress& address)
{
    if (!m_serverAddresses.contains(address)) {
        m_serverAddresses.append(address);
    }
}

bool CallPolicy::records(model::Direction direction, model::ActorKind answeredBy) const
{
    switch (m_recordingMode) {
    case model::RecordingMode::All:
        return true;
    case model::RecordingMode::Incoming:
        return direction == model::Direction::Incoming;
    case model::RecordingMode::Machine:
        return direction == model::Direction::Incoming && answeredBy == model::ActorKind::Machine;
    case model::RecordingMode::Off:
        return false;
    }
    return false;
}

} // namespace hs::call
