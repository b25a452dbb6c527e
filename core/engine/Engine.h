// Engine: the whole engine with its threads, as a program owns it: started once, stopped once, in
// the order disk, media, core and back. Thread: the program's main thread; post() any.
#pragma once

#include "engine/EngineCore.h"

#include <QThread>

#include <future>
#include <mutex>

namespace hs::engine {

class Engine {
public:
    // Without a device there is no sound, as on a server.
    Engine(const EngineCore::Options& options, std::unique_ptr<audio::AudioDevice> device = {},
           const EngineCore::Outputs& outputs = {});
    ~Engine(); // stop()
    Engine(const Engine&) = delete;
    Engine& operator=(const Engine&) = delete;

    // Waits until the sockets are bound.
    base::Result<ReadyAddresses, StartFailure> start();
    // Ends calls with BYE, closes recordings and the log. Takes some seconds at the most.
    void stop();

    // Runs it in the core thread, in order; nothing after stop().
    void post(std::function<void(EngineCore&)> run);

private:
    void setCore(EngineCore* core);
    void runCore(std::promise<base::Result<ReadyAddresses, StartFailure>>& started);

    EngineCore::Options m_options;
    EngineCore::Outputs m_outputs;
    std::unique_ptr<audio::AudioDevice> m_device;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_mutex; // guards m_core: post() may come from any thread while stop() runs
    EngineCore* m_core = nullptr; // lives in the core thread while it runs
};

} // namespace hs::engine
