#include "JitterScenario.h"

#include <QByteArrayList>

#include <array>
#include <cmath>

namespace hs::test {

namespace {
base::Duration ms(double value)
{
    return base::Duration(static_cast<std::int64_t>(std::llround(value * 1e6)));
}

double inMs(base::Duration value)
{
    return static_cast<double>(value.count()) / 1e6;
}
} // namespace

QString JitterScenario::run(const QByteArray& script)
{
    const QByteArrayList lines = script.split('\n');
    int expectations = 0;
    for (int i = 0; i < lines.size(); ++i) {
        const QByteArray line = lines[i].split('#').first().simplified();
        if (line.isEmpty()) {
            continue;
        }
        const QByteArrayList words = line.split(' ');
        expectations += words[0] == "expect" ? 1 : 0;
        const QString wrong = words[0] == "expect" ? expect(words) : runLine(words);
        if (!wrong.isEmpty() || !m_failure.isEmpty()) {
            return QStringLiteral("line %1: %2: %3")
                .arg(i + 1)
                .arg(QString::fromLatin1(line), m_failure.isEmpty() ? wrong : m_failure);
        }
    }
    return expectations > 0 ? QString() : QStringLiteral("the script expects nothing");
}

QString JitterScenario::runLine(const QByteArrayList& words)
{
    const QByteArray& command = words[0];
    const double first = words.size() > 1 ? words[1].toDouble() : 0;
    const int count = static_cast<int>(first);
    const std::map<QByteArray, std::function<void()>> commands{
        {"ptime", [&] { m_ptimeMs = count; }},
        {"type", [&] { m_payloadType = static_cast<std::uint8_t>(count); }},
        {"phase", [&] { m_nextListen = m_now + ms(first); }},
        {"skew", [&] { m_skewPpm = first; }},
        {"jitter", [&] { m_jitterMs = first, m_isFifo = false; }},
        {"fifo", [&] { m_jitterMs = first, m_isFifo = true; }},
        {"run", [&] { pass(first, true, true); }},
        {"lose", [&] { m_lose = count; }},
        {"lose_every", [&] { m_loseEvery = count; }},
        {"duplicate", [&] { m_duplicate = count; }},
        {"reorder", [&] { m_reorder = count; }},
        {"late", [&] { m_late = count, m_lateMs = words.value(2).toDouble(); }},
        {"stall", [&] { m_stalledUntil = m_now + ms(first), pass(first, true, true); }},
        {"pause",
         [&] {
             m_timestamp += static_cast<std::uint32_t>(count * 8);
             m_nextSend += ms(first);
             pass(first, false, true);
         }},
        {"freeze", [&] { m_nextSend += ms(first), pass(first, false, true); }},
        {"noise", [&] { m_isNoiseNext = true; }},
        {"jump",
         [&] { m_timestamp += static_cast<std::uint32_t>(static_cast<std::int64_t>(first)); }},
        {"restart",
         [&] {
             ++m_stream;
             m_seq = m_random.u16();
             m_timestamp = m_random.u32();
         }},
        {"deaf", [&] { pass(first, true, false); }},
    };
    const auto found = commands.find(command);
    if (found == commands.end()) {
        return QStringLiteral("unknown command");
    }
    found->second();
    return {};
}

double JitterScenario::value(const QByteArray& name, bool& isKnown) const
{
    const rtp::JitterStats stats = m_buffer.stats();
    const auto inMsOf = [](std::uint64_t samples) { return static_cast<double>(samples) / 8; };
    const std::map<QByteArray, double> values{
        {"late", double(stats.packetsLate)},
        {"duplicate", double(stats.packetsDuplicate)},
        {"discarded", double(stats.packetsLate + stats.packetsDuplicate)},
        {"played_ms", inMsOf(stats.samplesPlayed)},
        {"concealed_ms", inMsOf(stats.samplesConcealed)},
        {"concealed_frames", double(m_concealedFrames)}, // as the listener was told at the time
        {"silent_ms", inMsOf(stats.samplesSilent)},
        {"skipped_ms", inMsOf(stats.samplesSkipped)},
        {"stretched_ms", inMsOf(stats.samplesStretched)},
        {"underruns", double(stats.underruns)},
        {"reanchors", double(stats.reanchors)},
        {"target_ms", double(stats.targetMs)},
        {"depth_ms", double(stats.depthMs)},
        {"jitter_ms", double(stats.jitterUs) / 1000},
        {"delay_ms", m_delayMs}, // of the packet heard last
        {"max_delay_ms", m_maxDelayMs},
    };
    const auto found = values.find(name);
    isKnown = found != values.end();
    return isKnown ? found->second : 0;
}

QString JitterScenario::expect(const QByteArrayList& words) const
{
    bool isKnown = false;
    bool isNumber = false;
    const double limit = words.value(3).toDouble(&isNumber);
    const double is = value(words.value(1), isKnown);
    const QByteArray op = words.value(2);
    if (!isKnown || !isNumber || (op != "=" && op != "<=" && op != ">=")) {
        return QStringLiteral("not understood");
    }
    const bool holds = op == "=" ? std::abs(is - limit) < 1e-9
        : op == "<="             ? is <= limit
                                 : is >= limit;
    return holds ? QString() : QStringLiteral("it is %1").arg(is);
}

void JitterScenario::pass(double duration, bool sends, bool listens)
{
    const base::TimePoint end = m_now + ms(duration);
    while (m_failure.isEmpty()) {
        const base::TimePoint arrival =
            m_network.empty() ? base::TimePoint::max() : m_network.begin()->first;
        const base::TimePoint sending = sends ? m_nextSend : base::TimePoint::max();
        const base::TimePoint next = std::min({arrival, sending, m_nextListen});
        if (next >= end) {
            break;
        }
        m_now = std::max(m_now, next);
        if (next == sending) {
            send();
        } else if (next == arrival) {
            const Packet packet = m_network.begin()->second;
            m_network.erase(m_network.begin());
            arrive(packet);
        } else {
            if (listens) {
                listen();
            }
            m_nextListen += ms(20);
        }
    }
    m_now = end;
}

void JitterScenario::send()
{
    Packet packet{m_seq,         m_timestamp,
                  m_payloadType, m_isNoiseNext ? 0U : static_cast<std::size_t>(m_ptimeMs) * 8,
                  m_number++,    m_stream,
                  m_now};
    m_isNoiseNext = false;
    ++m_seq;
    m_timestamp += static_cast<std::uint32_t>(m_ptimeMs) * 8;
    m_nextSend += ms(m_ptimeMs / (1 + m_skewPpm / 1e6));
    const bool isLost = m_lose > 0
        || (m_loseEvery > 0 && packet.number % static_cast<std::uint64_t>(m_loseEvery) == 0);
    m_lose -= m_lose > 0 ? 1 : 0;
    if (isLost) {
        return;
    }
    if (m_reorder > 0) {
        m_reordered.push_front(packet);
        if (--m_reorder == 0) {
            for (const Packet& held : m_reordered) {
                deliver(held, m_now);
            }
            m_reordered.clear();
        }
        return;
    }
    base::TimePoint at = m_now + ms(m_jitterMs * (m_random.u32() / 4294967296.0));
    if (m_late > 0) {
        --m_late;
        at += ms(m_lateMs);
    }
    deliver(packet, std::max(at, m_stalledUntil));
}

void JitterScenario::deliver(const Packet& packet, base::TimePoint at)
{
    at = m_isFifo ? std::max(at, m_lastArrival) : at;
    m_lastArrival = at;
    m_network.emplace(at, packet);
    if (m_duplicate > 0) {
        --m_duplicate;
        m_network.emplace(at, packet);
    }
}

void JitterScenario::arrive(const Packet& packet)
{
    if (packet.stream != m_heardStream) {
        m_heardStream = packet.stream;
        m_buffer.reset();
    }
    const std::vector<std::byte> payload(packet.samples, static_cast<std::byte>(packet.number));
    m_buffer.put(packet.seq, packet.timestamp, payload, packet.payloadType, m_now);
    m_arrived.insert_or_assign(packet.number, packet);
}

void JitterScenario::listen()
{
    std::array<std::byte, 160> out{};
    const rtp::JitterBuffer::Frame frame = m_buffer.get(out, m_now);
    std::size_t at = 0;
    bool isConcealed = false;
    for (const rtp::JitterBuffer::Piece& piece : frame.pieces()) {
        if (piece.kind == rtp::JitterBuffer::Kind::Audio) {
            checkAudio(std::span(out).subspan(at, piece.samples), piece.payloadType);
        }
        isConcealed = isConcealed || piece.kind == rtp::JitterBuffer::Kind::Lost;
        at += piece.samples;
    }
    m_concealedFrames += isConcealed ? 1 : 0;
    if (at != out.size()) {
        m_failure = QStringLiteral("get() gave %1 samples instead of 160").arg(at);
    }
}

// Each packet is filled with its number, so what comes out tells where it came from.
void JitterScenario::checkAudio(std::span<const std::byte> bytes, std::uint8_t payloadType)
{
    while (!bytes.empty()) {
        const std::byte byte = bytes.front();
        const auto end = std::find_if(bytes.begin(), bytes.end(),
                                      [byte](std::byte other) { return other != byte; });
        const auto run = static_cast<std::size_t>(end - bytes.begin());
        bytes = bytes.subspan(run);
        const auto ahead =
            static_cast<std::uint8_t>(std::to_integer<std::uint64_t>(byte) - m_playing);
        const std::uint64_t number = m_playing + ahead;
        const auto packet = m_arrived.find(number);
        if (packet == m_arrived.end()) {
            m_failure = QStringLiteral("packet %1 is played out of order after %2")
                            .arg(number & 0xff)
                            .arg(m_playing);
            return;
        }
        if (packet->second.payloadType != payloadType) {
            m_failure =
                QStringLiteral("packet %1 is played as type %2").arg(number).arg(payloadType);
            return;
        }
        if (number != m_playing || m_playedOfIt == 0) {
            m_delayMs = inMs(m_now - packet->second.sentAt);
            m_maxDelayMs = std::max(m_maxDelayMs, m_delayMs);
            m_playing = number;
            m_playedOfIt = 0;
            m_arrived.erase(m_arrived.begin(), packet);
        }
        m_playedOfIt += run;
        if (m_playedOfIt > packet->second.samples) {
            m_failure = QStringLiteral("packet %1 is played twice").arg(number);
            return;
        }
    }
}

} // namespace hs::test
