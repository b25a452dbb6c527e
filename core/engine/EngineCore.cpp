#include "engine/EngineCore.h"

#include "base/LogCategories.h"
#include "engine/EngineSettings.h"
#include "engine/PortHolder.h"
#include "engine/SipProblem.h"

#include <QDir>

namespace hs::engine {

namespace {
constexpr base::Duration retryInterval = std::chrono::seconds(3);
constexpr base::Duration figuresInterval = std::chrono::milliseconds(500);
constexpr base::Duration longestGoodbye =
    std::chrono::milliseconds(2500); // a registrar may be slow
constexpr auto longestClosing = std::chrono::milliseconds(2000);
constexpr base::Duration quietStep = std::chrono::milliseconds(20);

QString heldBy(PortProtocol protocol, std::uint16_t port)
{
    const QString holder = portHolder(protocol, port);
    return holder.isEmpty() ? QString() : QStringLiteral("; it is held by %1").arg(holder);
}
} // namespace

EngineCore::EngineCore(const Options& options, audio::AudioDevice& device, const Outputs& outputs)
    : m_options(options)
    , m_device(device)
    , m_outputs(outputs)
{
    if (!m_outputs.logRowsChanged) {
        m_outputs.logRowsChanged = [] {};
    }
    watchDevice();
    takeGreeting();
    takeHoldMusic();
}

EngineCore::~EngineCore()
{
    m_device.setListener({});
}

base::Result<ReadyAddresses, StartFailure> EngineCore::start()
{
    using Step = base::Result<void, StartFailure> (EngineCore::*)();
    const std::array<std::pair<bool, Step>, 3> steps{{{!m_store, &EngineCore::lockAndOpenStore},
                                                      {!m_calls, &EngineCore::startSip},
                                                      {!m_control, &EngineCore::startControl}}};
    for (const auto& [isDue, step] : steps) {
        if (!isDue) {
            continue;
        }
        const base::Result<void, StartFailure> done = (this->*step)();
        if (!done && !m_options.tolerant) {
            return done.error();
        }
        if (!done) {
            if (std::exchange(m_problemLogged, done.error().text) != done.error().text) {
                qCWarning(base::lcEngine).noquote() << done.error().text;
            }
            tryAgainLater();
            break;
        }
    }
    if (!m_figures.active()) {
        publishFigures();
    }
    ReadyAddresses ready;
    ready.sip = m_sip ? m_sip->address() : base::Endpoint();
    ready.webSocket = m_control ? m_control->endpoints() : QList<base::Endpoint>();
    return ready;
}

void EngineCore::watchDevice()
{
    audio::AudioDevice::Listener listener;
    listener.problemChanged = [this](const QString& problem) {
        m_mailbox.post([this, problem] {
            if (problem.isEmpty()) {
                clearNotice(model::NoticeKind::NoSoundDevice);
            } else {
                setNotice(model::NoticeKind::NoSoundDevice, {}, problem);
            }
        });
    };
    listener.playbackChanged = m_outputs.playback;
    listener.statusChanged = m_outputs.soundStatus;
    listener.deviceChanged = m_outputs.soundChange;
    listener.levels = m_outputs.soundLevels;
    m_device.setListener(std::move(listener));
}

void EngineCore::takeGreeting()
{
    const QString path = m_options.settings.greeting;
    auto greeting = loadGreeting(path);
    if (greeting) {
        m_greeting = std::move(greeting).value();
        return;
    }
    qCWarning(base::lcEngine).noquote()
        << "no greeting will be played:" << greeting.error().text
        << "Choose another with greeting (GREETING_FILE), or 'none'.";
    setNotice(model::NoticeKind::GreetingFailed, path, greeting.error().text);
}

base::Result<void, StartFailure> EngineCore::lockAndOpenStore()
{
    const QString path = m_options.settings.database;
    auto lock = EngineLock::acquire(path, m_options.program);
    if (!lock && !lock.error().holder.isEmpty()) {
        setNotice(model::NoticeKind::DatabaseHeldByOther, path, lock.error().holder);
        return StartFailure{3, lock.error().text};
    }
    clearNotice(model::NoticeKind::DatabaseHeldByOther);
    if (lock) {
        m_lock.emplace(std::move(lock).value());
    } else {
        // A folder that can't be written: the store will say so, and calls work without a log.
        qCCritical(base::lcStore).noquote() << lock.error().text;
    }
    store::StoreOptions options;
    options.path = path;
    options.engineId = engineId();
    m_store = std::make_unique<store::Store>(
        options, m_mailbox,
        store::StoreEvents{[this, path](const store::StoreState& state) {
                               if (state.kind == store::StoreState::Kind::Failed) {
                                   qCCritical(base::lcStore).noquote()
                                       << "the call log can't be written:" << state.error;
                                   setNotice(model::NoticeKind::DatabaseBroken, path, state.error);
                                   return;
                               }
                               clearNotice(model::NoticeKind::DatabaseBroken);
                               if (state.cutOff > 0) {
                                   qCInfo(base::lcStore) << state.cutOff
                                                         << "calls of an earlier run were cut off "
                                                            "by its end; the call log says so";
                               }
                           },
                           m_outputs.logRowsChanged});
    m_outputs.logRowsChanged(); // whoever asked before there was a log asks again
    return {};
}

void EngineCore::askPublicAddress()
{
    if (m_publicAddress) {
        m_publicAddress->networkChanged();
    }
}

base::Result<void, StartFailure> EngineCore::startSip()
{
    const model::Settings& settings = m_options.settings;
    auto sip = SipStack::open({m_sockets, m_scheduler, m_random}, settings);
    if (!sip) {
        const SipProblem problem = SipProblem::of(sip.error());
        setNotice(model::NoticeKind::SipPortTaken, problem.subject, problem.detail);
        return StartFailure{problem.exitCode, problem.text};
    }
    clearNotice(model::NoticeKind::SipPortTaken);
    m_media = std::make_unique<media::MediaEngine>(
        m_clock, m_sockets, media::PortRange{settings.rtpPortFirst, settings.rtpPortLast},
        media::MediaEngine::Options());
    m_media->start();
    m_sip = std::move(sip).value();
    m_accounts = std::make_unique<AccountKeeper>(
        m_sip->userAgent(), m_scheduler, engineId() + settings.database,
        AccountKeeper::Outputs{m_outputs.accounts, m_outputs.lamps, [this] { askPublicAddress(); }},
        m_options.secrets);
    m_calls = std::make_unique<call::CallManager>(
        call::CallManager::Parts{m_scheduler, m_random, m_sip->userAgent(), *m_media, m_device,
                                 m_accounts->accounts()},
        callSettings(settings, m_greeting, m_holdMusic, m_options.tolerant));
    m_accounts->start(settings.accounts);
    if (settings.stunServer) {
        m_publicAddress = std::make_unique<PublicAddress>(
            m_sip->udp(), m_sip->userAgent().core(), *settings.stunServer,
            [this] { m_accounts->accounts().networkChanged(); });
    }
    m_logKeeper = std::make_unique<LogKeeper>(*m_calls, *m_store, m_scheduler, engineId());
    if (m_outputs.calls) {
        m_publisher = std::make_unique<CallsPublisher>(*m_calls, m_scheduler, m_outputs.calls);
    }
    watchCalls();
    if (!QDir().mkpath(settings.recordings)) {
        setNotice(model::NoticeKind::RecordingFailed, settings.recordings,
                  QStringLiteral("the folder can't be made"));
        qCCritical(base::lcEngine).noquote() << "recordings: the folder" << settings.recordings
                                             << "can't be made; calls go on unrecorded";
    }
    resolveServer();
    return {};
}

base::Result<void, StartFailure> EngineCore::startControl()
{
    const auto settings = control::ControlSettings::from(m_options.settings);
    if (!settings) {
        setNotice(model::NoticeKind::WebSocketPortTaken, {}, settings.error().text);
        return StartFailure{2, settings.error().text};
    }
    auto server =
        std::make_unique<control::ControlServer>(*m_calls, *m_media, *settings, m_scheduler);
    const base::Result<void> listening = server->listen();
    if (!listening) {
        const std::uint16_t port =
            settings->listen.isEmpty() ? std::uint16_t(8080) : settings->listen.first().port();
        const QString holder = portHolder(PortProtocol::Tcp, port);
        setNotice(model::NoticeKind::WebSocketPortTaken, QString::number(port),
                  holder.isEmpty() ? listening.error().text : holder);
        return StartFailure{3, listening.error().text + heldBy(PortProtocol::Tcp, port)};
    }
    clearNotice(model::NoticeKind::WebSocketPortTaken);
    m_control = std::move(server);
    connect(m_control.get(), &control::ControlServer::clientsChanged, this,
            [this] { tellClients(); });
    return {};
}

void EngineCore::tryAgainLater()
{
    m_retry = m_scheduler.after(retryInterval, [this] {
        if (!m_done) {
            [[maybe_unused]] const auto ready = start(); // what is missing is told by notices
        }
    });
}

void EngineCore::resolveServer()
{
    const auto& server = m_options.settings.sipServer;
    if (!server || server->address()) {
        return;
    }
    sip::Uri uri;
    uri.scheme = "sip";
    uri.host = server->host;
    m_sip->resolver().resolve(uri, [this](const base::Result<sip::Resolver::Hops>& hops) {
        if (hops) {
            for (const sip::Hop& hop : *hops) {
                m_calls->addServerAddress(hop.remote.address());
            }
        } else {
            qCWarning(base::lcEngine).noquote()
                << "sip_server:" << hops.error().text
                << "- calls from there are admitted only as sip_allow says";
        }
    });
}

void EngineCore::setAccounts(const QList<model::Account>& accounts)
{
    m_options.settings.accounts = accounts;
    if (m_accounts) {
        m_accounts->start(accounts);
    }
}

void EngineCore::setNotice(model::NoticeKind kind, const QString& subject, const QString& detail)
{
    const model::Notice notice{kind, subject, detail};
    if (m_notices.contains(notice)) {
        return;
    }
    clearNotice(kind);
    m_notices.append(notice);
    tellStatus();
}

void EngineCore::clearNotice(model::NoticeKind kind)
{
    m_notices.removeIf([kind](const model::Notice& notice) { return notice.kind == kind; });
    tellStatus();
}

model::EngineStatus EngineCore::status() const
{
    model::EngineStatus status;
    status.notices = m_notices;
    if (m_options.settings.sipServer) {
        status.canDialNumbers = true;
        status.sipServer = QString::fromLatin1(m_options.settings.sipServer->toString());
    }
    if (m_sip) {
        status.sipAddress = QString::fromLatin1(m_sip->address().toString());
        status.rtpPortsUsed = m_media->usedSlots();
        status.rtpPortsTotal = m_media->totalSlots();
    }
    if (m_calls) {
        status.liveCalls = static_cast<int>(m_calls->calls().size());
        const auto after = m_calls->autoAnswer();
        status.autoAnswerAfter = after ? static_cast<int>(after->count()) : -1;
    }
    if (m_control && !m_control->endpoints().isEmpty()) {
        status.webSocketAddress = QString::fromLatin1(m_control->endpoints().first().toString());
    }
    return status;
}

void EngineCore::tellStatus()
{
    if (!m_outputs.status) {
        return;
    }
    const model::EngineStatus now = status();
    if (now != m_toldStatus) {
        m_toldStatus = now;
        m_outputs.status(now);
    }
}

void EngineCore::tellClients()
{
    if (!m_outputs.clients || !m_control) {
        return;
    }
    QList<model::Client> clients = m_control->clients();
    if (clients != m_toldClients) {
        m_toldClients = std::move(clients);
        m_outputs.clients(m_toldClients);
    }
}

void EngineCore::publishFigures()
{
    tellStatus();
    tellClients();
    if (m_outputs.status) { // nobody looks at a daemon's
        m_figures = m_scheduler.after(figuresInterval, [this] { publishFigures(); });
    }
}

void EngineCore::shutDown(std::function<void()> done)
{
    m_done = std::move(done);
    m_retry.cancel();
    if (m_calls) {
        m_calls->shutDown();
    }
    if (m_accounts) {
        m_accounts->stop([this] { m_unregistered = true; });
    } else {
        m_unregistered = true;
    }
    if (m_control) {
        connect(m_control.get(), &control::ControlServer::stopped, this,
                [this] { m_controlStopped = true; });
        m_control->shutdown();
    } else {
        m_controlStopped = true;
    }
    awaitQuiet(m_clock.now() + longestGoodbye);
}

void EngineCore::awaitQuiet(base::TimePoint deadline)
{
    const bool quiet =
        m_controlStopped && m_unregistered && (!m_sip || !m_sip->userAgent().awaitsFarEnds());
    if (quiet || m_clock.now() >= deadline) {
        finish();
        return;
    }
    m_quiet = m_scheduler.after(quietStep, [this, deadline] { awaitQuiet(deadline); });
}

void EngineCore::finish()
{
    m_logKeeper.reset(); // it has the last word on each call already
    if (m_media && !m_media->closeRecordings(longestClosing)) {
        qCCritical(base::lcEngine) << "some recordings could not be closed in time; the disk hangs";
    }
    if (m_store && !m_store->stop(longestClosing)) {
        qCCritical(base::lcEngine) << "some rows of the call log could not be written in time";
    }
    const auto done = m_done;
    done();
}

} // namespace hs::engine
