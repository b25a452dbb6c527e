// LocalEngineFacade: the EngineFacade of an engine in this process: commands go to the core thread
// by mailbox, what comes back arrives in the GUI thread by another. Thread: GUI.
#pragma once

#include "base/EventLoopMailbox.h"
#include "engine/Engine.h"
#include "engine/LocalAccounts.h"
#include "engine/LocalSound.h"

namespace hs::engine {

class LocalEngineFacade final : public EngineFacade {
public:
    // `configurationFile` is where accounts are kept that the operator changes; empty: nowhere.
    LocalEngineFacade(const EngineCore::Options& options,
                      std::unique_ptr<audio::AudioDevice> device,
                      const QString& configurationFile = {});
    ~LocalEngineFacade() override;

    // Signals flow from here on.
    base::Result<ReadyAddresses, StartFailure> start();
    void stop();
    // For what has no face of its own; runs in the core thread.
    void post(std::function<void(EngineCore&)> run) { m_engine.post(std::move(run)); }

    CallsFacade& calls() override;
    LogFacade& log() override;
    RecordingsFacade& recordings() override;
    PlaybackFacade& playback() override;
    ClientsFacade& clients() override;
    StatusFacade& status() override;
    AccountsFacade& accounts() override;
    SoundFacade& sound() override;

private:
    class Calls;
    class Log;
    class Recordings;
    class Playback;
    class Clients;
    class Status;

    EngineCore::Outputs outputs();

    base::EventLoopMailbox m_gui; // outlives the engine, which posts into it
    std::unique_ptr<Calls> m_calls;
    std::unique_ptr<Log> m_log;
    std::unique_ptr<Recordings> m_recordings;
    std::unique_ptr<Playback> m_playback;
    std::unique_ptr<Clients> m_clients;
    std::unique_ptr<Status> m_status;
    LocalAccounts m_accounts;
    LocalSound m_sound;
    Engine m_engine;
};

} // namespace hs::engine
