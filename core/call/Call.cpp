#include "call/Call.h"

#include "base/LogCategories.h"
#include "base/Text.h"
#include "call/DigitWords.h"
#include "call/MediaWatch.h"
#include "call/RecordingName.h"
#include "sip/message/StatusCode.h"

#include <QDir>

namespace hs::call {

namespace {
constexpr int recordingIdCharacters = 6;

void append(QString& digits, char digit)
{
    if (digits.size() < model::Call::mostDigits) {
        digits += QLatin1Char(digit);
    }
}
} // namespace

Call::Call(const Context& context, model::CallId id, model::Direction direction)
    : m_context(context)
    , m_media(context.media, context.random)
    , m_infoDigits(context.scheduler,
                   {[this](char digit) { sent(digit); }, [this](int code) { digitRefused(code); }})
{
    m_model.id = id;
    m_model.direction = direction;
    m_model.startedAt = wallMs();
    m_model.stateSince = m_model.startedAt;
    m_model.state = direction == model::Direction::Incoming ? model::CallState::RingingIn
                                                            : model::CallState::Dialing;
}

Call::~Call()
{
    if (m_session) {
        m_session->hangUp();
    }
}

base::Result<void> Call::refuse(const char* what) const
{
    return base::Error{
        QStringLiteral("the call %1 is %2, so it can't be %3")
            .arg(m_model.controlId, model::toWord(m_model.state), QString::fromLatin1(what))};
}

base::Result<void> Call::answer(const model::Actor&)
{
    return refuse("answered");
}

base::Result<void> Call::reject(const model::Actor&, int)
{
    return refuse("rejected");
}

base::Result<void> Call::hangUp(const model::Actor& by)
{
    if (!m_model.isAlive()) {
        return refuse("ended");
    }
    endNow(by);
    return {};
}

void Call::endNow(const model::Actor& by, const QByteArray& reason)
{
    if (m_session) {
        m_session->hangUp();
        end(m_model.finalCode, m_model.reason, by);
        return;
    }
    giveUp(reason);
    if (m_model.direction == model::Direction::Incoming) {
        end(486, QString::fromLatin1(sip::reasonPhrase(486)), by);
    } else {
        end(487, QString::fromLatin1(sip::reasonPhrase(487)), by);
    }
}

base::Result<void> Call::sendDigits(const QString& text)
{
    const base::Result<QByteArray> digits = readDigits(text);
    if (!digits) {
        return digits.error();
    }
    if (!m_session && m_model.state != model::CallState::EarlyMedia) {
        return refuse("sent digits");
    }
    switch (digitMethod()) {
    case model::DtmfMethod::Info:
        if (!m_session) {
            return refuse("sent digits by INFO");
        }
        update([](model::Call& call) { call.digitsProblem.clear(); });
        m_infoDigits.send(*m_session, *digits);
        return {};
    case model::DtmfMethod::InBand:
        return m_media.session().sendDigits(*digits, media::DigitMethod::InBand);
    case model::DtmfMethod::Auto:
    case model::DtmfMethod::Rfc4733:
        break;
    }
    return m_media.session().sendDigits(*digits, media::DigitMethod::Rfc4733);
}

void Call::setWays(model::DtmfMethod digits, const QStringList& codecs)
{
    m_dtmf = digits;
    m_media.setCodecs(codecs.isEmpty() ? m_context.settings.codecs : codecs);
    update([this](model::Call& call) { call.codecs = m_media.codecs(); });
}

model::DtmfMethod Call::digitMethod() const
{
    if (m_dtmf != model::DtmfMethod::Auto) {
        return m_dtmf;
    }
    if (m_media.takesEvents()) {
        return model::DtmfMethod::Rfc4733;
    }
    // Only who says so knows what to do with an INFO; tones are understood by everybody.
    return m_session && m_session->farEndNames(sip::Method::Info) ? model::DtmfMethod::Info
                                                                  : model::DtmfMethod::InBand;
}

void Call::received(char digit)
{
    qCInfo(base::lcCall).noquote()
        << "call" << m_model.controlId << "received digit" << QLatin1Char(digit);
    update([digit](model::Call& call) { append(call.digitsReceived, digit); });
}

void Call::sent(char digit)
{
    qCInfo(base::lcCall).noquote()
        << "call" << m_model.controlId << "sends digit" << QLatin1Char(digit);
    update([digit](model::Call& call) { append(call.digitsSent, digit); });
}

void Call::digitRefused(int code)
{
    const QString words =
        QStringLiteral("%1 %2").arg(code).arg(QString::fromLatin1(sip::reasonPhrase(code)));
    qCWarning(base::lcCall).noquote()
        << "call" << m_model.controlId << "far end refused a digit:" << words;
    update([&words](model::Call& call) { call.digitsProblem = words; });
}

void Call::setOwner(const model::Actor& owner)
{
    if (m_media.isOpen()) {
        const bool isOperator = owner.kind == model::ActorKind::Operator;
        if (isOperator) {
            m_media.session().stopGreeting();
        }
        m_media.session().setQueuePaused(isOperator);
    }
    update([&owner](model::Call& call) { call.owner = owner; });
}

void Call::update(const std::function<void(model::Call&)>& edit)
{
    if (!m_model.isAlive()) {
        return;
    }
    const model::Call before = m_model;
    edit(m_model);
    if (m_announced && m_model != before) {
        m_context.observer.onCallChanged(*this, before);
    }
}

void Call::enter(model::CallState state)
{
    if (m_model.state != state) {
        update([this, state](model::Call& call) {
            call.state = state;
            call.stateSince = wallMs();
        });
    }
}

void Call::becomeActive(std::shared_ptr<sip::InviteSession> session, const model::Actor& answeredBy)
{
    m_session = std::move(session);
    m_session->setUser(this);
    startMedia(answeredBy);
    update([&](model::Call& call) {
        call.state = model::CallState::Active;
        call.answeredAt = wallMs();
        call.stateSince = call.answeredAt;
        call.answeredBy = answeredBy;
        call.finalCode = 200;
        call.reason = QStringLiteral("OK");
    });
}

void Call::startMedia(const model::Actor& answeredBy)
{
    if (m_media.isOpen() && !std::exchange(m_mediaStarted, true)
        && m_context.policy.records(m_model.direction, answeredBy.kind)) {
        startRecording();
    }
    m_media.start();
}

void Call::becomeEstablished()
{
    if (!m_model.isAlive()) {
        return;
    }
    m_established = true;
    m_context.observer.onCallEstablished(*this);
    if (m_model.isAlive()) {
        syncHold();
    }
}

void Call::applyMedia()
{
    if (!m_media.isOpen()) {
        return;
    }
    m_media.apply();
    // Tones are looked for where nothing better was agreed on.
    m_media.session().setInBandDetection(!m_media.takesEvents());
    update([this](model::Call& call) {
        call.codec = m_media.codecName();
        call.codecs = m_media.codecs();
        call.packetMs = m_media.packetMs();
        call.heldByFarEnd = m_media.heldByFarEnd();
    });
    if (m_session) {
        const bool held = m_model.heldByUs || m_model.heldByFarEnd;
        enter(held ? model::CallState::Held : model::CallState::Active);
    }
}

void Call::startRecording()
{
    const QString id = QString::fromLatin1(m_context.random.token(recordingIdCharacters));
    const QString path =
        QDir(m_context.settings.recordingFolder).filePath(recordingName(m_model, id));
    const bool stereo = m_context.settings.recordingChannels == model::RecordingChannels::Stereo;
    m_media.session().startRecording({path, stereo, m_media.isWide() ? 16000 : 8000});
    update([&path](model::Call& call) {
        call.recording = true;
        call.recordingPath = path;
    });
}

void Call::followMedia()
{
    media::MediaSession::Events events;
    events.statsChanged = [this](const model::MediaStats& stats) {
        update([&](model::Call& call) {
            call.media = stats;
            const auto text = [](const base::Endpoint& endpoint) {
                return endpoint.isNull() ? QString() : QString::fromLatin1(endpoint.toString());
            };
            call.remoteMedia = text(m_media.session().remoteMedia());
            call.foreignMedia = text(m_media.session().foreignMedia());
        });
        watchMedia();
    };
    events.firstPacket = [this] { // statistics come later, and till then it rings in the ear
        update([this](model::Call& call) { call.media = m_media.session().stats(); });
    };
    events.digitReceived = [this](char digit, int, media::DigitMethod) { received(digit); };
    events.digitSent = [this](char digit) { sent(digit); };
    events.recordingFailed = [this](const QString& problem) {
        qCWarning(base::lcCall).noquote()
            << "call" << m_model.controlId << "goes on unrecorded:" << problem;
        update([](model::Call& call) { call.recording = false; });
        m_context.observer.onRecordingFailed(problem);
    };
    // Programs come and go while a change of this very call is being told: say so after it.
    events.listenersChanged = [this](int listeners) {
        m_tellListeners = m_context.scheduler.after(base::Duration(0), [this, listeners] {
            update([listeners](model::Call& call) { call.listeners = listeners; });
        });
    };
    m_media.session().setEvents(std::move(events));
    if (m_headset) { // other ports, in the midst of it
        m_media.session().connectHeadset(m_headset);
        m_media.session().setMuted(m_model.muted);
    }
}

void Call::watchMedia()
{
    if (!m_established || !m_model.isAlive()) {
        return;
    }
    // On hold a far end may be silent, also one that could send music.
    const base::TimePoint now = m_context.scheduler.clock().now();
    if (m_model.state != model::CallState::Active) {
        m_talksSince = now;
    }
    const model::MediaStats stats = since(m_model.media, now - m_talksSince);
    const TroubleFound found = findTrouble(stats);
    if (found.trouble != m_model.trouble) {
        update([&](model::Call& call) {
            call.trouble = found.trouble;
            call.troubleSince =
                found.trouble == model::MediaTrouble::None ? 0 : wallMs() - found.forMs;
        });
        qCInfo(base::lcCall).noquote()
            << "call" << m_model.controlId << "-" << words(found, m_model);
    }
    if (m_session && isGone(stats, m_context.settings.rtpTimeout)) {
        const auto seconds = m_context.settings.rtpTimeout.count();
        m_session->hangUp("SIP;cause=408;text=\"RTP Timeout\"");
        end(m_model.finalCode,
            QStringLiteral("RTP time-out: nothing came from the far end for %1 s").arg(seconds),
            model::Actor::machine());
    }
}

void Call::end(int code, const QString& reason, const model::Actor& by)
{
    if (!m_model.isAlive()) {
        return;
    }
    if (m_media.isOpen()) {
        m_model.media = m_media.session().stats();
        // While it lasted: of the last seconds. From now on: of all of it.
        const quint64 sent = m_model.media.packetsReceived + m_model.media.packetsLost;
        m_model.media.lossPermille =
            sent == 0 ? 0 : static_cast<quint32>(m_model.media.packetsLost * 1000 / sent);
        m_media.close();
    }
    m_retryHold.cancel();
    m_transferred.cancel();
    m_infoDigits.stop();
    m_tellListeners.cancel();
    m_model.state = model::CallState::Ended;
    m_model.endedAt = wallMs();
    m_model.stateSince = m_model.endedAt;
    m_model.finalCode = code;
    m_model.reason = reason;
    m_model.endedBy = by;
    m_model.recording = false;
    m_model.hasHeadset = false;
    m_model.conference = 0;
    m_session.reset();
    m_context.observer.onCallEnded(*this);
}

} // namespace hs::call
