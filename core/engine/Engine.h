// Engine: the whole engine with its threads, as a program owns it: started once, stopped once, in
// the order disk, media, core and back. Thread: the program's main thread; post() any.
#pragma once

#include "engine/EngineCore.h"

#include <QThread>

#include <future>
#include <mutex>
#include <vector>

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

    using Command = std::function<void(EngineCore&)>;
    // Runs it in the core thread, in order; what comes before start() waits for it, what comes
    // after stop() is dropped. Thread: any.
    void post(Command run);

private:
    void setCore(EngineCore* core);
    void deliver(Command run);
    void runCore(std::promise<base::Result<ReadyAddresses, StartFailure>>& started);

    EngineCore::Options m_options;
    EngineCore::Outputs m_outputs;
    std::unique_ptr<audio::AudioDevice> m_device;
    std::unique_ptr<QThread> m_thread;
    std::mutex m_mutex; // guards what follows
    EngineCore* m_core = nullptr; // lives in the core thread while it runs
    bool m_mayStart = true; // not yet started
    std::vector<Command> m_waiting;
};

} // namespace hs::engine
