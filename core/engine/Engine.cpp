#include "engine/Engine.h"

#include "base/LogCategories.h"

#include <QEventLoop>

namespace hs::engine {

Engine::Engine(const EngineCore::Options& options, std::unique_ptr<audio::AudioDevice> device,
               const EngineCore::Outputs& outputs)
    : m_options(options)
    , m_outputs(outputs)
    , m_device(std::move(device))
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
    EngineCore core(m_options, *m_device, m_outputs);
    base::Result<ReadyAddresses, StartFailure> result = core.start();
    const bool runs = result.ok();
    m_core = runs ? &core : nullptr;
    started.set_value(std::move(result)); // `started` is gone from here on
    if (runs) {
        QEventLoop().exec(); // until the thread is told to quit
    }
}

void Engine::post(std::function<void(EngineCore&)> run)
{
    if (EngineCore* core = m_core) {
        core->mailbox().post([core, run = std::move(run)] { run(*core); });
    }
}

void Engine::stop()
{
    if (!m_thread) {
        return;
    }
    post([](EngineCore& core) { core.shutDown([] { QThread::currentThread()->quit(); }); });
    m_core = nullptr;
    m_thread->wait();
    m_thread.reset();
}

} // namespace hs::engine
