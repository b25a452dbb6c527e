#include "engine/Engine.h"

#include "audio/NullAudioDevice.h"
#include "sip/transport/TlsThread.h"

#include <QEventLoop>

namespace hs::engine {

Engine::Engine(const EngineCore::Options& options, std::unique_ptr<audio::AudioDevice> device,
               const EngineCore::Outputs& outputs)
    : m_options(options)
    , m_outputs(outputs)
    , m_device(device ? std::move(device) : std::make_unique<audio::NullAudioDevice>())
{
}

Engine::~Engine()
{
    stop();
}

base::Result<ReadyAddresses, StartFailure> Engine::start()
{
    std::promise<base::Result<ReadyAddresses, StartFailure>> started;
    auto result = started.get_future();
    m_thread.reset(QThread::create([this, &started] { runCore(started); }));
    m_thread->setObjectName(QStringLiteral("core"));
    m_thread->start();
    return result.get();
}

void Engine::runCore(std::promise<base::Result<ReadyAddresses, StartFailure>>& started)
{
    const sip::TlsThread tls; // outlives all that speaks TLS here
    EngineCore core(m_options, *m_device, m_outputs);
    base::Result<ReadyAddresses, StartFailure> result = core.start();
    const bool runs = result.ok();
    setCore(runs ? &core : nullptr);
    started.set_value(std::move(result)); // `started` is gone from here on
    if (runs) {
        QEventLoop().exec(); // until the thread is told to quit
    }
}

void Engine::setCore(EngineCore* core)
{
    const std::scoped_lock lock(m_mutex);
    m_core = core;
    m_mayStart = false;
    for (Command& run : std::exchange(m_waiting, {})) {
        deliver(std::move(run));
    }
}

void Engine::deliver(Command run)
{
    if (m_core) {
        m_core->mailbox().post([core = m_core, run = std::move(run)] { run(*core); });
    }
}

void Engine::post(Command run)
{
    const std::scoped_lock lock(m_mutex);
    if (m_mayStart) {
        m_waiting.push_back(std::move(run));
    } else {
        deliver(std::move(run));
    }
}

void Engine::stop()
{
    if (!m_thread) {
        return;
    }
    post([](EngineCore& core) { core.shutDown([] { QThread::currentThread()->quit(); }); });
    setCore(nullptr);
    m_thread->wait();
    m_thread.reset();
}

} // namespace hs::engine
