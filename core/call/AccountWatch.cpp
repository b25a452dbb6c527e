#include "call/AccountWatch.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/DialTarget.h"

namespace hs::call {

namespace {
model::LampState stateOf(sip::WatchedDialogs::Lamp lamp)
{
    switch (lamp) {
    case sip::WatchedDialogs::Lamp::Unknown:
        return model::LampState::Unknown;
    case sip::WatchedDialogs::Lamp::Idle:
        return model::LampState::Idle;
    case sip::WatchedDialogs::Lamp::Ringing:
        return model::LampState::Ringing;
    case sip::WatchedDialogs::Lamp::Busy:
        return model::LampState::Busy;
    }
    return model::LampState::Unknown;
}

sip::Subscription::Config configOf(const AccountWatch::Identity& identity, const char* event,
                                   const char* accept, const sip::Uri& target)
{
    sip::Subscription::Config config;
    config.event = event;
    config.accept = accept;
    config.target = target;
    if (base::equalsIgnoreCase(target.host, identity.from.uri.host)) {
        config.server = identity.server; // its name need not be that of the domain
    }
    config.from = identity.from;
    config.routes = identity.routes;
    config.contactUser = identity.contactUser;
    return config;
}

sip::Uri uriOf(const QString& extension, const sip::Uri& account)
{
    if (const auto uri = sip::Uri::parse(extension.toUtf8()); uri && uri->isSip()) {
        return *uri;
    }
    sip::Uri uri = account;
    uri.user = sip::Uri::escapeUser(extension.toUtf8());
    return uri;
}

// Each try counts with a server that locks out who tries on and on.
bool isRefusedPassword(const sip::Subscription& subscription)
{
    const sip::Subscription::Status& status = subscription.status();
    return status.state == sip::Subscription::State::Failed
        && (status.code == 401 || status.code == 407);
}
} // namespace

class AccountWatch::Mailbox final : public sip::Subscription::User {
public:
    Mailbox(AccountWatch& watch, const Identity& identity)
        : m_watch(watch)
    {
        m_subscription = watch.m_userAgent.subscribe(configOf(identity, "message-summary",
                                                              "application/simple-message-summary",
                                                              identity.from.uri),
                                                     identity.credentials, this);
        m_subscription->start();
    }
    void onNotify(const QByteArray&, const QByteArray& body) override { m_watch.take(body); }
    void onSubscriptionChanged() override
    {
        if (m_subscription) {
            m_watch.onEnded(*m_subscription);
        }
    }
    sip::Subscription* subscription() const { return m_subscription.get(); }

private:
    AccountWatch& m_watch;
    std::shared_ptr<sip::Subscription> m_subscription;
};

class AccountWatch::Lamp final : public sip::Subscription::User {
public:
    Lamp(AccountWatch& watch, const QString& extension)
        : m_watch(watch)
        , m_extension(extension)
    {
    }

    void start(const Identity& identity)
    {
        m_subscription = m_watch.m_userAgent.subscribe(
            configOf(identity, "dialog", "application/dialog-info+xml",
                     uriOf(m_extension, identity.from.uri)),
            identity.credentials, this);
        m_subscription->start();
    }

    model::BusyLamp lamp() const
    {
        model::BusyLamp lamp;
        lamp.account = m_watch.m_account.name;
        lamp.extension = m_extension;
        lamp.state = isKnown() ? stateOf(m_dialogs.lamp()) : model::LampState::Unknown;
        if (const auto shown = m_dialogs.shown();
            shown && lamp.state != model::LampState::Unknown) {
            const auto uri = sip::Uri::parse(shown->remoteIdentity);
            lamp.caller = base::printable(!shown->remoteName.isEmpty() ? shown->remoteName
                                              : uri                    ? numberOf(*uri, {})
                                                                       : QString(),
                                          128);
        }
        lamp.problem = problem();
        return lamp;
    }

    void onNotify(const QByteArray& contentType, const QByteArray& body) override
    {
        if (!contentType.startsWith("application/dialog-info+xml")) {
            return;
        }
        if (const auto info = sip::DialogInfo::parse(body)) {
            if (m_dialogs.take(*info) == sip::WatchedDialogs::Update::Incomplete) {
                m_subscription->requestFullState();
            }
            m_watch.m_changed();
        }
    }
    void onEmptyNotify() override
    {
        m_dialogs.takeNothing();
        m_watch.m_changed();
    }
    void onSubscriptionChanged() override
    {
        if (m_subscription
            && m_subscription->status().state == sip::Subscription::State::Subscribing) {
            m_dialogs.reset(); // its numbers begin anew
        }
        if (m_subscription) {
            logProblem(m_subscription->status());
            m_watch.onEnded(*m_subscription);
        }
        m_watch.m_changed();
    }
    const QString& extension() const { return m_extension; }
    const sip::WatchedDialogs& dialogs() const { return m_dialogs; }
    sip::Subscription* subscription() const { return m_subscription.get(); }

private:
    QString problem() const
    {
        using State = sip::Subscription::State;
        if (m_subscription && m_subscription->status().state != State::Off) {
            return m_subscription->status().problem;
        }
        return m_watch.m_account.registers
            ? QStringLiteral("the account is not registered, so nobody tells of this extension")
            : QStringLiteral("the account does not register, and only a server that has "
                             "registered us tells of this extension");
    }
    void logProblem(const sip::Subscription::Status& status)
    {
        if (status.state == sip::Subscription::State::Failed && status.problem != m_logged) {
            qCWarning(base::lcCall).noquote()
                << "account" << m_watch.m_account.name << "can't watch" << m_extension << "-"
                << status.problem;
            m_logged = status.problem;
        } else if (isKnown()) {
            m_logged.clear();
        }
    }
    bool isKnown() const { return m_subscription && m_subscription->status().isLive(); }

    AccountWatch& m_watch;
    QString m_extension;
    std::shared_ptr<sip::Subscription> m_subscription;
    sip::WatchedDialogs m_dialogs;
    QString m_logged; // what is wrong, once for each time that it goes wrong
};

AccountWatch::AccountWatch(sip::UserAgent& userAgent, const model::Account& account,
                           std::function<void()> changed)
    : m_userAgent(userAgent)
    , m_account(account)
    , m_changed(std::move(changed))
{
    for (const QString& extension : account.busyLamps) {
        m_lamps.push_back(std::make_unique<Lamp>(*this, extension));
    }
}

AccountWatch::~AccountWatch() = default;

QList<sip::Subscription*> AccountWatch::subscriptions() const
{
    QList<sip::Subscription*> all;
    if (m_mailbox) {
        all << m_mailbox->subscription();
    }
    for (const auto& lamp : m_lamps) {
        if (lamp->subscription()) {
            all << lamp->subscription();
        }
    }
    return all;
}

void AccountWatch::start(const Identity& identity, bool mayBeLost)
{
    m_isWanted = true;
    for (sip::Subscription* subscription : subscriptions()) {
        subscription->setRoutes(identity.routes);
        if (mayBeLost && !isRefusedPassword(*subscription)) {
            subscription->refreshNow();
        }
        subscription->start(); // if it was stopped
    }
    if (!m_mailbox) {
        // Few servers without a mailbox say more than 489 to this; it is asked rarely then.
        m_mailbox = std::make_unique<Mailbox>(*this, identity);
    }
    for (const auto& lamp : m_lamps) {
        if (!lamp->subscription()) {
            lamp->start(identity);
        }
    }
}

void AccountWatch::onEnded(sip::Subscription& subscription) const
{
    if (m_isWanted && subscription.status().state == sip::Subscription::State::Off) {
        subscription.start();
    }
}

void AccountWatch::refreshNow()
{
    for (sip::Subscription* subscription : subscriptions()) {
        if (!isRefusedPassword(*subscription)) {
            subscription->refreshNow();
        }
    }
}

void AccountWatch::tryAgain()
{
    for (sip::Subscription* subscription : subscriptions()) {
        if (subscription->status().state == sip::Subscription::State::Failed) {
            subscription->refreshNow();
        }
    }
}

void AccountWatch::stop(const std::function<void()>& done)
{
    m_isWanted = false;
    m_waiting = {};
    const QList<sip::Subscription*> all = subscriptions();
    const auto left = std::make_shared<qsizetype>(1 + all.size());
    const auto one = [left, done] {
        if (--*left == 0) {
            done();
        }
    };
    for (sip::Subscription* subscription : all) {
        subscription->stop(one);
    }
    one();
}

void AccountWatch::onUnsolicited(const sip::Request& notify)
{
    take(notify.body);
}

void AccountWatch::take(const QByteArray& body)
{
    const auto summary = sip::MessageSummary::parse(body);
    if (!summary) {
        return;
    }
    m_waiting.fresh = summary->voice ? summary->voice->fresh : (summary->isWaiting ? 1 : 0);
    m_waiting.old = summary->voice ? summary->voice->old : 0;
    m_changed();
}

QList<model::BusyLamp> AccountWatch::lamps() const
{
    QList<model::BusyLamp> lamps;
    for (const auto& lamp : m_lamps) {
        lamps.append(lamp->lamp());
    }
    return lamps;
}

std::optional<sip::PickupTarget> AccountWatch::ringingAt(const QString& extension) const
{
    for (const auto& lamp : m_lamps) {
        if (lamp->extension() == extension) {
            return lamp->dialogs().pickupTarget();
        }
    }
    return std::nullopt;
}

} // namespace hs::call
