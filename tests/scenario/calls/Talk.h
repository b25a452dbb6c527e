// Talk: agents that talk with each other, and what of SIP they send to each other meanwhile.
#pragma once

#include "scenario/calls/CallAgent.h"
#include "sip/message/Parser.h"

namespace hs::test {

inline const model::Actor& theOperator()
{
    static const model::Actor actor = model::Actor::consoleOperator();
    return actor;
}

inline QString uriOf(const CallAgent& agent)
{
    return QStringLiteral("sip:desk@") + QString::fromLatin1(agent.sip().toString());
}

// One operator calls the other, who answers. The call of the caller's; 0: it did not come about.
inline model::CallId talk(CallAgent& caller, CallAgent& callee)
{
    const auto id = caller.manager.dial({uriOf(callee), theOperator()});
    caller.world.run(std::chrono::milliseconds(50));
    if (!id || !callee.manager.answer(callee.call().id, theOperator())) {
        return 0;
    }
    caller.world.run(std::chrono::milliseconds(200));
    return caller.call(*id).state == model::CallState::Active ? *id : 0;
}

// All SIP messages of a world, as they were sent, each once: "192.0.2.1 UPDATE", "192.0.2.2 202".
class SipTrace {
public:
    explicit SipTrace(World& world)
    {
        world.network.setTrace([this](const VirtualDatagram& datagram) { see(datagram); });
    }

    QStringList lines;
    QList<sip::Request> requests;

    int count(const char* line) const
    {
        return static_cast<int>(lines.count(QString::fromLatin1(line)));
    }
    // The last of that method; an empty one if there was none.
    sip::Request last(const char* method) const
    {
        for (auto it = requests.crbegin(); it != requests.crend(); ++it) {
            if (it->method == method) {
                return *it;
            }
        }
        return {};
    }

private:
    void see(const VirtualDatagram& datagram)
    {
        if (datagram.bytes.size() < 100 || datagram.destination.port() >= 30000) {
            return; // RTP
        }
        const QString source = QString::fromLatin1(datagram.source.address().toString());
        const sip::Parsed parsed = sip::parseDatagram(datagram.bytes);
        if (const auto* request = std::get_if<sip::ParsedRequest>(&parsed)) {
            lines << source + u' ' + QString::fromLatin1(request->request.method);
            requests << request->request;
        } else if (const auto* response = std::get_if<sip::ParsedResponse>(&parsed)) {
            lines << source + u' ' + QString::number(response->response.statusCode);
        }
    }
};

} // namespace hs::test
