// EngineCore: the engine's objects of the core thread and how they are put together: SIP, media,
// calls, control server, log entries. In a console it starts as far as it can, says by notices what
// is missing, and tries again until it is there; a daemon starts whole or not at all.
// Thread: core.
#pragma once

#include "base/EventLoopMailbox.h"
#include "base/QtScheduler.h"
#include "base/QtSocketFactory.h"
#include "call/CallManager.h"
#include "control/ControlServer.h"
#include "engine/AccountKeeper.h"
#include "engine/CallsPublisher.h"
#include "engine/EngineLock.h"
#include "engine/LogKeeper.h"
#include "engine/PublicAddress.h"
#include "engine/SipStack.h"
#include "model/EngineStatus.h"
#include "model/TextMessage.h"

namespace hs::engine {

// Why the engine did not start: a sentence, and the exit code that says as much.
struct StartFailure {
    int exitCode = 3;
    QString text;
};

struct ReadyAddresses {
    base::Endpoint sip;
    QList<base::Endpoint> webSocket;
};

class EngineCore final : public QObject {
    Q_OBJECT
public:
    struct Options {
        model::Settings settings; // with every path resolved
        QString program; // "hookswitchd"
        bool tolerant = false; // the console
        SecretStore::Options secrets = SecretStore::Options::standard();
    };
    // What the outside is told; called in the core thread. Empty ones tell nobody.
    struct Outputs {
        CallsPublisher::Publish calls;
        std::function<void(const model::EngineStatus&)> status;
        std::function<void(const QList<model::AccountState>&)> accounts;
        std::function<void(const QList<model::BusyLamp>&)> lamps;
        std::function<void(const model::TextMessage&)> message;
        std::function<void(const model::RefusedReferral&)> referralRefused;
        std::function<void(const QList<model::Client>&)> clients;
        std::function<void()> logRowsChanged;
        std::function<void(const audio::PlaybackState&)> playback;
        // Those of the sound are called in any thread.
        std::function<void(const model::SoundStatus&)> soundStatus;
        std::function<void(const model::SoundChange&)> soundChange;
        std::function<void(const model::SoundLevels&)> soundLevels;
    };

    EngineCore(const Options& options, audio::AudioDevice& device, const Outputs& outputs);
    ~EngineCore() override;

    base::Result<ReadyAddresses, StartFailure> start();
    // Ends all calls and connections; `done` once the far ends know, or were given up.
    void shutDown(std::function<void()> done);

    base::EventLoopMailbox& mailbox() { return m_mailbox; }
    // Null while what they need is missing: a SIP address, a port, the database's lock.
    call::CallManager* calls() { return m_calls.get(); }
    AccountKeeper* accounts() { return m_accounts.get(); }
    const QList<model::Account>& configuredAccounts() const { return m_options.settings.accounts; }
    void setAccounts(const QList<model::Account>& accounts); // in place of those
    const SecretStore::Options& secrets() const { return m_options.secrets; }
    control::ControlServer* control() { return m_control.get(); }
    store::Store* store() { return m_store.get(); }
    base::Scheduler& scheduler() { return m_scheduler; }
    audio::AudioDevice& device() { return m_device; }
    void setNotice(model::NoticeKind kind, const QString& subject, const QString& detail);
    void clearNotice(model::NoticeKind kind);
    model::EngineStatus status() const;
    void tellStatus(); // if it has changed

private:
    base::Result<void, StartFailure> lockAndOpenStore();
    base::Result<void, StartFailure> startSip();
    void watchCalls();
    void askPublicAddress();
    base::Result<void, StartFailure> startControl();
    void tryAgainLater();
    void resolveServer();

    void tellClients();
    void publishFigures();
    void awaitQuiet(base::TimePoint deadline);
    void finish();

    void watchDevice();
    void takeGreeting();
    void takeHoldMusic();

    base::EventLoopMailbox m_mailbox;
    Options m_options;
    audio::AudioDevice& m_device;
    Outputs m_outputs;
    std::shared_ptr<const audio::Clip> m_greeting;
    std::shared_ptr<const media::HoldMusic> m_holdMusic;
    base::SystemClock m_clock;
    base::QtScheduler m_scheduler{m_clock};
    base::Random m_random;
    base::QtSocketFactory m_sockets;
    QList<model::Notice> m_notices;
    model::EngineStatus m_toldStatus;
    QList<model::Client> m_toldClients;

    // In the order in which they need each other.
    std::optional<EngineLock> m_lock;
    std::unique_ptr<store::Store> m_store;
    std::unique_ptr<media::MediaEngine> m_media;
    std::unique_ptr<SipStack> m_sip;
    std::unique_ptr<AccountKeeper> m_accounts;
    std::unique_ptr<PublicAddress> m_publicAddress;
    std::unique_ptr<call::CallManager> m_calls;
    std::unique_ptr<LogKeeper> m_logKeeper;
    std::unique_ptr<CallsPublisher> m_publisher;
    std::unique_ptr<control::ControlServer> m_control;

    base::Timer m_retry;
    QString m_problemLogged; // what keeps a start from being whole
    base::Timer m_figures;
    base::Timer m_quiet;
    std::function<void()> m_done;
    bool m_controlStopped = false;
    bool m_unregistered = false;
};

} // namespace hs::engine
