#include "call/CallMedia.h"

#include "audio/AudioFormat.h"
#include "model/Account.h"

#include <algorithm>

namespace hs::call {

namespace {
constexpr int ourPacketMs = 20;
constexpr int noisePayloadType = 13; // RFC 3389

sdp::Direction wanted(bool held)
{
    return held ? sdp::Direction::SendOnly : sdp::Direction::SendRecv;
}

audio::CodecKind kindOf(const sdp::Codec& codec)
{
    // Nothing else is ever negotiated.
    return audio::codecNamed({codec.name.constData(), static_cast<std::size_t>(codec.name.size())})
        .value_or(audio::CodecKind::Pcma);
}

// What the far end says of the Opus that it would like to hear (RFC 7587 7).
audio::EncoderWishes wishesOf(const sdp::Codec& codec)
{
    audio::EncoderWishes wishes;
    if (codec.isOpus()) {
        const sdp::OpusParameters& opus = codec.opus;
        wishes.bitRate = opus.maxAverageBitRate > 0
            ? std::min(opus.maxAverageBitRate, wishes.bitRate)
            : wishes.bitRate;
        wishes.playbackRate = opus.maxPlaybackRate;
        wishes.inBandFec = opus.inBandFec;
        wishes.dtx = opus.dtx;
        wishes.constantBitRate = opus.constantBitRate;
    }
    return wishes;
}

// As many as there is room for.
template <class Values, std::size_t Room, class Read>
void fill(std::array<Values, Room>& room, qsizetype count, const Read& read)
{
    for (std::size_t i = 0; i < Room && qsizetype(i) < count; ++i) {
        room[i] = read(qsizetype(i));
    }
}

MediaRefusal toRefusal(const sdp::Refusal& refusal)
{
    return {refusal.sipCode, refusal.text};
}

media::MediaParameters toParameters(const sdp::Negotiated& negotiated,
                                    const base::IpAddress& signallingSource)
{
    media::MediaParameters parameters;
    parameters.remoteRtp = negotiated.remoteRtp;
    parameters.remoteRtcp = negotiated.remoteRtcp;
    parameters.codec = kindOf(negotiated.codec);
    parameters.wishes = wishesOf(negotiated.codec);
    parameters.payloadType = static_cast<std::uint8_t>(negotiated.sendPayloadType);
    parameters.received = {};
    fill(parameters.received, negotiated.receivable.size(), [&](qsizetype i) {
        const sdp::Codec& codec = negotiated.receivable.at(i);
        return media::ReceivedCodec{codec.payloadType, kindOf(codec)};
    });
    // Under the static number some send it unasked.
    QList<int> noise = negotiated.noisePayloadTypes;
    if (!noise.contains(noisePayloadType)) {
        noise.prepend(noisePayloadType);
    }
    fill(parameters.noiseTypes, noise.size(), [&](qsizetype i) { return noise.at(i); });
    parameters.packetMs = negotiated.packetMs;
    parameters.send = negotiated.direction == sdp::Direction::SendRecv
        || negotiated.direction == sdp::Direction::SendOnly;
    parameters.receive = negotiated.direction == sdp::Direction::SendRecv
        || negotiated.direction == sdp::Direction::RecvOnly;
    if (const auto& events = negotiated.events) {
        parameters.eventType = events->sendPayloadType;
        parameters.remoteEvents = events->accepted;
        parameters.eventClock = events->clockRate;
        fill(parameters.receivedEventTypes, events->receivePayloadTypes.size(),
             [&](qsizetype i) { return events->receivePayloadTypes.at(i); });
        parameters.otherEventClock = events->otherClockRate();
        fill(parameters.otherEventTypes, events->otherPayloadTypes.size(),
             [&](qsizetype i) { return events->otherPayloadTypes.at(i); });
    }
    parameters.signallingSource = signallingSource;
    return parameters;
}
} // namespace

CallMedia::CallMedia(media::MediaEngine& engine, base::Random& random)
    : m_engine(engine)
    , m_offerAnswer(QByteArrayLiteral("hookswitch"), random.u32())
    , m_offered(m_offerAnswer)
{
}

base::Result<void, MediaRefusal> CallMedia::open(model::CallId call, const base::IpAddress& local,
                                                 const base::IpAddress& advertised,
                                                 const base::IpAddress& signallingSource)
{
    m_advertised = advertised;
    m_signallingSource = signallingSource;
    auto session = m_engine.open({call, local});
    if (!session) {
        return MediaRefusal{503, session.error().text};
    }
    m_session = std::move(session).value();
    return {};
}

void CallMedia::close()
{
    m_session.reset();
    m_started = false;
}

QByteArray CallMedia::makeOffer(bool held)
{
    m_codecsOffered = std::exchange(m_codecsDue, false);
    m_codecsInOffer = m_codecs;
    sdp::LocalMedia local = localMedia();
    if (const auto& agreed = m_offerAnswer.agreed(); agreed && !m_codecsOffered) {
        // A hold is no wish for another codec: first comes what is spoken, whoever chose it.
        std::stable_partition(
            local.codecs.begin(), local.codecs.end(),
            [&agreed](const sdp::Codec& codec) { return codec.isSameEncoding(agreed->codec); });
    }
    const QByteArray offer = m_offerAnswer.createOffer(local, wanted(held));
    m_offered = m_offerAnswer;
    expectOffered();
    return offer;
}

void CallMedia::returnToOffer()
{
    m_offerAnswer = m_offered;
    m_negotiated = m_offered.agreed();
}

QByteArray CallMedia::repeatOffer()
{
    if (!m_offerAnswer.agreed()) {
        return makeOffer(false);
    }
    const QByteArray offer = m_offerAnswer.repeatOffer();
    expectOffered();
    return offer;
}

base::Result<QByteArray, MediaRefusal> CallMedia::answer(const QByteArray& offer, bool held)
{
    auto answer = m_offerAnswer.answer(offer, localMedia(), wanted(held));
    if (!answer) {
        return toRefusal(answer.error());
    }
    m_negotiated = answer->media;
    return answer->sdp;
}

base::Result<void, MediaRefusal> CallMedia::acceptAnswer(const QByteArray& answer)
{
    auto negotiated = m_offerAnswer.acceptAnswer(answer);
    if (!negotiated) {
        return toRefusal(negotiated.error());
    }
    m_negotiated = *negotiated;
    if (std::exchange(m_codecsOffered, false)) {
        m_codecsBefore = m_codecsInOffer;
        m_wasChosen = true;
    }
    return {};
}

void CallMedia::offerRejected(bool comesAgain)
{
    m_offerAnswer.offerRejected();
    expectOffered();
    takeCodecsBack(comesAgain);
}

void CallMedia::takeCodecsBack(bool comesAgain)
{
    if (!std::exchange(m_codecsOffered, false) || m_codecsDue) {
        return; // something newer is due
    }
    m_codecsDue = comesAgain;
    if (!comesAgain) {
        m_codecs = m_codecsBefore;
        m_isChosen = m_wasChosen;
    }
}

void CallMedia::changeCodecs(const QStringList& order)
{
    if (!m_codecsDue && !m_codecsOffered) {
        m_codecsBefore = m_codecs;
        m_wasChosen = m_isChosen;
    }
    m_codecs = order;
    m_codecsDue = true;
    m_isChosen = true;
}

QStringList CallMedia::codecs() const
{
    return m_codecs.isEmpty() ? model::allCodecs() : m_codecs;
}

void CallMedia::offerTaken()
{
    m_offerAnswer.offerTaken();
    m_negotiated = m_offerAnswer.agreed();
    takeCodecsBack(false);
}

bool CallMedia::acceptEarlyAnswer(const QByteArray& answer)
{
    sdp::OfferAnswer copy = m_offerAnswer; // the 2xx brings the answer that counts
    const auto negotiated = copy.acceptAnswer(answer);
    if (negotiated) {
        m_negotiated = *negotiated;
    }
    return negotiated.ok();
}

void CallMedia::apply()
{
    if (m_session && m_negotiated) {
        m_session->setParameters(toParameters(*m_negotiated, m_signallingSource));
    }
}

void CallMedia::start()
{
    if (m_session && !std::exchange(m_started, true)) {
        m_session->start();
    }
}

QString CallMedia::codecName() const
{
    return m_negotiated ? QString::fromLatin1(m_negotiated->codec.name).toUpper() : QString();
}

bool CallMedia::isWide() const
{
    // To an INVITE without an offer the answer comes only when all has begun.
    const QList<sdp::Codec> codecs =
        m_negotiated ? QList<sdp::Codec>{m_negotiated->codec} : localMedia().codecs;
    return std::any_of(codecs.begin(), codecs.end(), [](const sdp::Codec& codec) {
        return audio::formatOf(kindOf(codec)).sampleRate > 8000;
    });
}

// RFC 3264 section 5.1; what we send waits for the answer.
void CallMedia::expectOffered()
{
    if (const auto expected = m_offerAnswer.expected(); expected && m_session) {
        m_session->setParameters(toParameters(*expected, m_signallingSource));
    }
}

sdp::LocalMedia CallMedia::localMedia() const
{
    sdp::LocalMedia local;
    local.address = m_advertised;
    local.port = m_session->localRtp().port();
    for (const QString& name : codecs()) {
        if (const auto codec = sdp::Codec::named(name.toLatin1())) {
            local.codecs.append(*codec);
        }
    }
    local.ptimeMs = ourPacketMs;
    local.noiseType = noisePayloadType;
    local.ownOrderFirst = m_isChosen;
    return local;
}

} // namespace hs::call
