#include "engine/LocalEngineFacade.h"

namespace hs::engine {

class LocalEngineFacade::Calls final : public CallsFacade {
public:
    explicit Calls(LocalEngineFacade& facade)
        : m_facade(facade)
    {
    }

    void dial(const QString& target, const QString& account) override
    {
        run(0, [target, account](call::CallManager& calls) -> base::Result<void> {
            const auto id = calls.dial({target, model::Actor::consoleOperator(), account});
            return id ? base::Result<void>() : base::Result<void>(id.error());
        });
    }
    void answer(model::CallId id) override
    {
        run(id, [id](call::CallManager& calls) {
            return calls.answer(id, model::Actor::consoleOperator());
        });
    }
    void hangUp(model::CallId id) override
    {
        run(id, [id](call::CallManager& calls) {
            return calls.hangUp(id, model::Actor::consoleOperator());
        });
    }
    void take(model::CallId id) override
    {
        run(id, [id](call::CallManager& calls) { return calls.take(id); });
    }
    void setHeld(model::CallId id, bool held) override
    {
        run(id, [id, held](call::CallManager& calls) { return calls.setHeld(id, held); });
    }
    void setCodecs(model::CallId id, const QStringList& order) override
    {
        run(id, [id, order](call::CallManager& calls) { return calls.setCodecs(id, order); });
    }
    void sendDigits(model::CallId id, const QString& digits) override
    {
        run(id, [id, digits](call::CallManager& calls) { return calls.sendDigits(id, digits); });
    }
    void transfer(model::CallId id, const QString& target) override
    {
        run(id, [id, target](call::CallManager& calls) { return calls.transfer(id, target); });
    }
    void transferToCall(model::CallId id, model::CallId other) override
    {
        run(id, [id, other](call::CallManager& calls) { return calls.transferToCall(id, other); });
    }
    void join(const QList<model::CallId>& ids) override
    {
        run(ids.value(0), [ids](call::CallManager& calls) { return calls.join(ids); });
    }
    void split(const QList<model::CallId>& ids) override
    {
        run(ids.value(0), [ids](call::CallManager& calls) {
            base::Result<void> all;
            for (const model::CallId id : ids) {
                const base::Result<void> done = calls.split(id);
                all = all.ok() ? done : all;
            }
            return all;
        });
    }
    void splitAll(model::CallId id) override
    {
        run(id, [id](call::CallManager& calls) { return calls.splitAll(id); });
    }
    void hangUpConference(model::CallId id) override
    {
        run(id, [id](call::CallManager& calls) {
            return calls.hangUpConference(id, model::Actor::consoleOperator());
        });
    }
    void setMuted(bool muted) override
    {
        run(0, [muted](call::CallManager& calls) {
            calls.setMuted(muted);
            return base::Result<void>();
        });
    }
    void setAutoAnswer(std::optional<int> afterSeconds) override
    {
        run(0, [afterSeconds](call::CallManager& calls) {
            calls.setAutoAnswer(afterSeconds ? std::optional(std::chrono::seconds(*afterSeconds))
                                             : std::nullopt);
            return base::Result<void>();
        });
    }

private:
    using Command = std::function<base::Result<void>(call::CallManager&)>;

    void run(model::CallId id, Command command)
    {
        m_facade.m_engine.post([this, id, command = std::move(command)](EngineCore& core) {
            const base::Result<void> done = core.calls()
                ? command(*core.calls())
                : base::Result<void>(base::Error{notRunning()});
            core.tellStatus();
            if (!done) {
                m_facade.m_gui.post(
                    [this, id, text = done.error().text] { Q_EMIT refused(id, text); });
            }
        });
    }

    LocalEngineFacade& m_facade;
};

class LocalEngineFacade::Log final : public LogFacade {
public:
    explicit Log(LocalEngineFacade& facade)
        : m_facade(facade)
    {
    }

    void query(quint64 requestId, const model::LogQuery& query) override
    {
        m_facade.m_engine.post([this, requestId, query](EngineCore& core) {
            if (core.store()) {
                core.store()->page(query, m_facade.m_gui, [this, requestId](const auto& result) {
                    if (result) {
                        Q_EMIT page(requestId, *result);
                    } else {
                        Q_EMIT failed(requestId, result.error().text);
                    }
                });
            } else {
                m_facade.m_gui.post([this, requestId] { Q_EMIT page(requestId, {}); });
            }
        });
    }
    void markMissedSeen() override
    {
        m_facade.m_engine.post([](EngineCore& core) {
            if (core.store()) {
                core.store()->markMissedSeen();
            }
        });
    }

private:
    LocalEngineFacade& m_facade;
};

class LocalEngineFacade::Recordings final : public RecordingsFacade {
public:
    Recordings(LocalEngineFacade& facade, const QString& folder)
        : m_facade(facade)
        , m_folder(folder)
    {
    }

    void query(quint64 requestId, const QString& text, int limit) override
    {
        m_facade.m_engine.post([this, requestId, text, limit](EngineCore& core) {
            if (core.store()) {
                core.store()->recordings(text, limit, m_facade.m_gui,
                                         [this, requestId](const auto& result) {
                                             if (result) {
                                                 Q_EMIT listed(requestId, *result);
                                             } else {
                                                 Q_EMIT failed(requestId, result.error().text);
                                             }
                                         });
            } else {
                m_facade.m_gui.post([this, requestId] { Q_EMIT listed(requestId, {}); });
            }
        });
    }
    QString folder() const override { return m_folder; }

private:
    LocalEngineFacade& m_facade;
    QString m_folder;
};

class LocalEngineFacade::Playback final : public PlaybackFacade {
public:
    explicit Playback(LocalEngineFacade& facade)
        : m_facade(facade)
    {
    }

    void play(const QString& path) override
    {
        m_facade.m_engine.post([path](EngineCore& core) { core.device().play(path); });
    }
    void pause() override
    {
        m_facade.m_engine.post([](EngineCore& core) { core.device().pause(); });
    }
    void stop() override
    {
        m_facade.m_engine.post([](EngineCore& core) { core.device().stop(); });
    }
    void seek(qint64 positionMs) override
    {
        m_facade.m_engine.post([positionMs](EngineCore& core) { core.device().seek(positionMs); });
    }

private:
    LocalEngineFacade& m_facade;
};

class LocalEngineFacade::Clients final : public ClientsFacade {
public:
    explicit Clients(LocalEngineFacade& facade)
        : m_facade(facade)
    {
    }

    void disconnectClient(quint64 id) override
    {
        m_facade.m_engine.post([id](EngineCore& core) {
            if (core.control()) {
                core.control()->disconnectClient(id);
            }
        });
    }

private:
    LocalEngineFacade& m_facade;
};

class LocalEngineFacade::Status final : public StatusFacade {
public:
    model::EngineStatus status() const override { return m_status; }
    void set(const model::EngineStatus& status)
    {
        m_status = status;
        Q_EMIT changed(m_status);
    }

private:
    model::EngineStatus m_status;
};

LocalEngineFacade::LocalEngineFacade(const EngineCore::Options& options,
                                     std::unique_ptr<audio::AudioDevice> device,
                                     const QString& configurationFile)
    : m_calls(std::make_unique<Calls>(*this))
    , m_log(std::make_unique<Log>(*this))
    , m_recordings(std::make_unique<Recordings>(*this, options.settings.recordings))
    , m_playback(std::make_unique<Playback>(*this))
    , m_clients(std::make_unique<Clients>(*this))
    , m_status(std::make_unique<Status>())
    , m_accounts(m_engine, m_gui, options.settings, configurationFile)
    , m_sound(m_engine, m_gui)
    , m_engine(options, std::move(device), outputs())
{
}

LocalEngineFacade::~LocalEngineFacade() = default;

EngineCore::Outputs LocalEngineFacade::outputs()
{
    EngineCore::Outputs outputs;
    outputs.calls = [this](const QList<model::Call>& calls) {
        m_gui.post([this, calls] { Q_EMIT m_calls->changed(calls); });
    };
    outputs.status = [this](const model::EngineStatus& status) {
        m_gui.post([this, status] { m_status->set(status); });
    };
    outputs.accounts = [this](const QList<model::AccountState>& states) {
        m_gui.post([this, states] { m_accounts.setStates(states); });
    };
    outputs.lamps = [this](const QList<model::BusyLamp>& lamps) {
        m_gui.post([this, lamps] { Q_EMIT m_accounts.lampsChanged(lamps); });
    };
    outputs.message = [this](const model::TextMessage& message) {
        m_gui.post([this, message] { Q_EMIT m_accounts.messageReceived(message); });
    };
    outputs.referralRefused = [this](const model::RefusedReferral& referral) {
        m_gui.post([this, referral] { Q_EMIT m_calls->referralRefused(referral); });
    };
    outputs.clients = [this](const QList<model::Client>& clients) {
        m_gui.post([this, clients] { Q_EMIT m_clients->changed(clients); });
    };
    outputs.logRowsChanged = [this] {
        m_gui.post([this] {
            Q_EMIT m_log->rowsChanged();
            Q_EMIT m_recordings->listChanged();
            m_accounts.onLogRowsChanged();
        });
    };
    outputs.playback = [this](const audio::PlaybackState& state) {
        m_gui.post([this, state] {
            Q_EMIT m_playback->stateChanged(state.path, state.playing, state.positionMs,
                                            state.durationMs, state.error);
        });
    };
    m_sound.addTo(outputs);
    return outputs;
}

base::Result<ReadyAddresses, StartFailure> LocalEngineFacade::start()
{
    return m_engine.start();
}

void LocalEngineFacade::stop()
{
    m_engine.stop();
}

CallsFacade& LocalEngineFacade::calls()
{
    return *m_calls;
}

LogFacade& LocalEngineFacade::log()
{
    return *m_log;
}

RecordingsFacade& LocalEngineFacade::recordings()
{
    return *m_recordings;
}

PlaybackFacade& LocalEngineFacade::playback()
{
    return *m_playback;
}

ClientsFacade& LocalEngineFacade::clients()
{
    return *m_clients;
}

StatusFacade& LocalEngineFacade::status()
{
    return *m_status;
}

AccountsFacade& LocalEngineFacade::accounts()
{
    return m_accounts;
}

SoundFacade& LocalEngineFacade::sound()
{
    return m_sound;
}

} // namespace hs::engine
