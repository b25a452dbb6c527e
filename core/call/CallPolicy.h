// CallPolicy: who may call us, and who answers (DESIGN: "What a call is"). Thread: core.
#pragma once

#include "call/CallSettings.h"
#include "model/CallTypes.h"

namespace hs::call {

class CallPolicy {
public:
    explicit CallPolicy(const CallSettings& settings);

    // Everyone else gets 403. `arrivedAt` is our address that the datagram was sent to: a source
    // that is the same is this machine itself, as on loopback.
    bool admits(const base::IpAddress& source, const base::IpAddress& arrivedAt) const;
    // An address that the SIP server's name stands for.
    void addServerAddress(const base::IpAddress& address);

    bool isServer(const base::IpAddress& address) const
    {
        return m_serverAddresses.contains(address);
    }
    bool records(model::Direction direction, model::ActorKind answeredBy) const;

private:
    QList<base::Subnet> m_allow;
    QList<base::IpAddress> m_serverAddresses;
    model::RecordingMode m_recordingMode;
};

} // namespace hs::call
