#include "scenario/calls/CallAgent.h"

#include <algorithm>
#include <cstdlib>

namespace hs::test {

namespace {
constexpr base::Duration beat = std::chrono::milliseconds(5);
constexpr std::uint16_t sipPort = 5062;

// Another seed for each agent: with one of all they would choose the same SSRCs.
media::MediaEngine::Options virtualOptions(std::uint32_t seed)
{
    media::MediaEngine::Options options;
    options.poller = std::make_unique<media::DrainPoller>();
    options.seed = seed;
    return options;
}
} // namespace

void World::run(base::Duration time)
{
    for (base::Duration passed{0}; passed < time; passed += beat) {
        scheduler.advance(beat);
        for (CallAgent* agent : agents) {
            agent->device.advance(5);
            agent->media.runOnce();
        }
    }
}

CallAgent::CallAgent(World& theWorld, const char* address, const call::CallSettings& wanted,
                     std::vector<std::int16_t> microphone, const base::Clock* mediaClock)
    : world(theWorld)
    , settings(withFolder(wanted))
    , device(std::move(microphone))
    , random(base::IpAddress::parse(address)->toV4())
    , transport(std::move(world.network.bindNotifying({*base::IpAddress::parse(address), sipPort}))
                    .value(),
                world.network, world.scheduler.clock())
    , transactions(transport, world.scheduler, random)
    , core{world.scheduler, transactions, random, resolver, "Hookswitch/test"}
    , userAgent(core)
    , media(mediaClock ? *mediaClock : world.scheduler.clock(), world.network, {31000, 31999},
            virtualOptions(base::IpAddress::parse(address)->toV4()))
    , accounts(userAgent, "urn:uuid:test",
               [this](const model::Account& account, const call::Accounts::PasswordFound& found) {
                   found(passwords.value(account.name));
               })
    , manager({world.scheduler, random, userAgent, media, device, accounts}, settings)
{
    transport.setReceiver(&transactions);
    world.agents.push_back(this);
    QObject::connect(&manager, &call::CallControl::added, &manager,
                     [this](const model::Call& call) {
                         note(call, QStringLiteral("added ") + model::toWord(call.state));
                     });
    QObject::connect(&manager, &call::CallControl::changed, &manager,
                     [this](const model::Call& call, const model::Call& before) {
                         if (call.state != before.state) {
                             note(call, QStringLiteral("changed ") + model::toWord(call.state));
                         }
                         note(call, {});
                     });
    QObject::connect(
        &manager, &call::CallControl::established, &manager,
        [this](const model::Call& call) { note(call, QStringLiteral("established")); });
    QObject::connect(
        &manager, &call::CallControl::ended, &manager, [this](const model::Call& call) {
            note(call,
                 QStringLiteral("ended %1 %2").arg(call.finalCode).arg(toWord(call.endedBy.kind)));
        });
}

std::vector<std::int16_t> CallAgent::defaultMicrophone()
{
    return squareWave(8000, 100, audio::HeadsetRings::sampleRate);
}

CallAgent::~CallAgent()
{
    std::erase(world.agents, this);
}

call::CallSettings CallAgent::withFolder(call::CallSettings wanted) const
{
    wanted.recordingFolder = recordings.path();
    if (wanted.codecs.isEmpty()) {
        wanted.codecs = {QStringLiteral("PCMA"), QStringLiteral("PCMU")};
    }
    if (wanted.allow.isEmpty()) {
        wanted.allow = {*base::Subnet::parse("0.0.0.0/0")};
    }
    return wanted;
}

void CallAgent::note(const model::Call& call, const QString& line)
{
    const auto it = std::find_if(m_calls.begin(), m_calls.end(),
                                 [&call](const model::Call& known) { return known.id == call.id; });
    if (it == m_calls.end()) {
        m_calls.append(call);
    } else {
        *it = call;
    }
    if (!line.isEmpty()) {
        events << line;
    }
}

model::Call CallAgent::call(model::CallId id) const
{
    const auto it = std::find_if(m_calls.begin(), m_calls.end(),
                                 [id](const model::Call& known) { return known.id == id; });
    return it == m_calls.end() ? model::Call() : *it;
}

std::vector<std::int16_t> squareWave(std::int16_t amplitude, int ms, int rate)
{
    std::vector<std::int16_t> samples(static_cast<std::size_t>(ms * rate / 1000));
    const auto half = static_cast<std::size_t>(rate / 800);
    for (std::size_t i = 0; i < samples.size(); ++i) {
        samples[i] = static_cast<std::int16_t>(i / half % 2 == 0 ? amplitude : -amplitude);
    }
    return samples;
}

std::shared_ptr<const audio::Clip> clip(std::vector<std::int16_t> samples, int rate)
{
    return std::make_shared<const audio::Clip>(audio::Clip{rate, std::move(samples)});
}

int peak(std::span<const std::int16_t> samples)
{
    int highest = 0;
    for (const std::int16_t sample : samples) {
        highest = std::max(highest, std::abs(int(sample)));
    }
    return highest;
}

} // namespace hs::test
