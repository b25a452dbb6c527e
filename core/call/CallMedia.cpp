#include "call/CallMedia.h"

namespace hs::call {

namespace {
constexpr int pcmuPayloadType = 0; // RFC 3551 table 4
constexpr int pcmaPayloadType = 8;
constexpr int ourPacketMs = 20;

sdp::Direction wanted(bool held)
{
    return held ? sdp::Direction::SendOnly : sdp::Direction::SendRecv;
}

bool isPcma(const sdp::Codec& codec)
{
    return codec.name.compare("PCMA", Qt::CaseInsensitive) == 0;
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
    parameters.codec = isPcma(negotiated.codec) ? media::Codec::Pcma : media::Codec::Pcmu;
    parameters.payloadType = static_cast<std::uint8_t>(negotiated.sendPayloadType);
    parameters.payloadTypePcmu = -1;
    parameters.payloadTypePcma = -1;
    for (const sdp::Codec& codec : negotiated.receivable) {
        (isPcma(codec) ? parameters.payloadTypePcma : parameters.payloadTypePcmu) =
            codec.payloadType;
    }
    parameters.packetMs = negotiated.packetMs;
    parameters.send = negotiated.direction == sdp::Direction::SendRecv
        || negotiated.direction == sdp::Direction::SendOnly;
    parameters.receive = negotiated.direction == sdp::Direction::SendRecv
        || negotiated.direction == sdp::Direction::RecvOnly;
    if (const auto& events = negotiated.events) {
        parameters.eventType = events->sendPayloadType;
        parameters.remoteEvents = events->accepted;
        for (std::size_t i = 0; i < parameters.receivedEventTypes.size()
             && qsizetype(i) < events->receivePayloadTypes.size();
             ++i) {
            parameters.receivedEventTypes[i] = events->receivePayloadTypes.at(qsizetype(i));
        }
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
}

QByteArray CallMedia::makeOffer(bool held)
{
    const QByteArray offer = m_offerAnswer.createOffer(localMedia(), wanted(held));
    m_offered = m_offerAnswer;
    return offer;
}

void CallMedia::returnToOffer()
{
    m_offerAnswer = m_offered;
    m_negotiated = m_offered.agreed();
}

QByteArray CallMedia::repeatOffer()
{
    return m_offerAnswer.agreed() ? m_offerAnswer.repeatOffer() : makeOffer(false);
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
    return {};
}

void CallMedia::offerTaken()
{
    m_offerAnswer.offerTaken();
    m_negotiated = m_offerAnswer.agreed();
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

sdp::LocalMedia CallMedia::localMedia() const
{
    sdp::LocalMedia local;
    local.address = m_advertised;
    local.port = m_session->localRtp().port();
    local.codecs = {{"PCMA", 8000, 1, pcmaPayloadType}, {"PCMU", 8000, 1, pcmuPayloadType}};
    local.ptimeMs = ourPacketMs;
    return local;
}

} // namespace hs::call
