#include "JitterScenario.h"

#include "support/SpeechQuality.h"

#include <cmath>
#include <functional>

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

QString JitterScenario::run(const QByteArray& text)
{
    const JitterScript script(text);
    int expectations = 0;
    for (const JitterScript::Line& line : script.lines()) {
        const bool expects = line.words[0] == "expect";
        expectations += expects ? 1 : 0;
        const QString wrong = expects ? expect(line.words) : runLine(line.words);
        if (!wrong.isEmpty() || !m_failure.isEmpty()) {
            return QStringLiteral("line %1: %2: %3")
                .arg(line.number)
                .arg(QString::fromLatin1(line.words.join(' ')),
                     m_failure.isEmpty() ? wrong : m_failure);
        }
    }
    if (!script.error().isEmpty()) {
        return script.error();
    }
    return expectations > 0 ? QString() : QStringLiteral("the script expects nothing");
}

std::uint32_t JitterScenario::ticks(double milliseconds) const
{
    return static_cast<std::uint32_t>(std::llround(milliseconds * m_clock / 1000));
}

// Settings of the first lines are known by now.
void JitterScenario::begin()
{
    if (m_playout) {
        return;
    }
    m_sentence = speech(m_rate, 4457);
    const auto tell = [this](const NumberedDecoder::Content& content) { decoded(content); };
    m_decoder = std::make_unique<NumberedDecoder>(m_rate, m_sentence, tell);
    m_otherDecoder = std::make_unique<NumberedDecoder>(m_rate, m_sentence, tell);
    m_playout = std::make_unique<media::Playout>(m_rate, m_fixed);
    m_playout->setDecoder(0, m_decoder.get(), static_cast<std::uint32_t>(m_clock));
    m_playout->setDecoder(8, m_otherDecoder.get(), static_cast<std::uint32_t>(m_clock));
}

bool JitterScenario::runSetting(const QByteArray& command, double first)
{
    const int count = static_cast<int>(first);
    const std::map<QByteArray, std::function<void()>> settings{
        {"rate", [&] { m_rate = count; }},
        {"clock", [&] { m_clock = count; }},
        {"fixed", [&] { m_fixed = count; }},
        {"phase", [&] { m_nextListen = m_now + ms(first); }},
        {"frame", [&] { m_frameMs = first; }},
        {"ptime", [&] { m_ptimeMs = first; }},
        {"type", [&] { m_payloadType = static_cast<std::uint8_t>(count); }},
        {"fec", [&] { m_hasFec = count != 0; }},
        {"skew", [&] { m_skewPpm = first; }},
        {"transit", [&] { m_transitMs = first; }},
        {"jitter", [&] { m_jitterMs = first, m_spread = Spread::Any; }},
        {"fifo", [&] { m_jitterMs = first, m_spread = Spread::Fifo; }},
        {"tail", [&] { m_jitterMs = first, m_spread = Spread::Tail; }},
        {"lose", [&] { m_lose = count; }},
        {"lose_every", [&] { m_loseEvery = count; }},
        {"lose_percent", [&] { m_losePercent = first; }},
        {"duplicate", [&] { m_duplicate = count; }},
        {"reorder", [&] { m_reorder = count; }},
        {"noise", [&] { m_noiseNext = count; }},
        {"jump",
         [&] { m_timestamp += static_cast<std::uint32_t>(static_cast<std::int64_t>(first)); }},
        {"seq", [&] { m_seq = static_cast<std::uint16_t>(m_seq + count); }},
    };
    const auto found = settings.find(command);
    if (found != settings.end()) {
        found->second();
    }
    return found != settings.end();
}

bool JitterScenario::runEvent(const QByteArray& command, double first, double second)
{
    const std::map<QByteArray, std::function<void()>> events{
        {"run", [&] { pass(first, true, true); }},
        {"deaf", [&] { pass(first, true, false); }},
        {"late", [&] { m_late = static_cast<int>(first), m_lateMs = second; }},
        {"spike", [&] { m_spikeEvery = static_cast<int>(first), m_spikeMs = second; }},
        {"stall", [&] { m_stalledUntil = m_now + ms(first), pass(first, true, true); }},
        {"event", [&] { m_eventUntil = m_now + ms(first), pass(first, true, true); }},
        {"pause",
         [&] {
             m_timestamp += ticks(first);
             m_nextSend += ms(first);
             pass(first, false, true);
         }},
        {"freeze", [&] { m_nextSend += ms(first), pass(first, false, true); }},
        {"restart",
         [&] {
             ++m_ssrc;
             m_seq = m_random.u16();
             m_timestamp = m_random.u32();
         }},
        {"measure",
         [&] {
             m_maxDelayMs = m_delaySum = 0;
             m_delays = 0;
             m_heard.clear();
         }},
    };
    const auto found = events.find(command);
    if (found != events.end()) {
        begin();
        found->second();
    }
    return found != events.end();
}

QString JitterScenario::runLine(const QByteArrayList& words)
{
    const double first = words.value(1).toDouble();
    if (runSetting(words[0], first) || runEvent(words[0], first, words.value(2).toDouble())) {
        return {};
    }
    return QStringLiteral("unknown command");
}

double JitterScenario::value(const QByteArray& name, bool& isKnown) const
{
    const rtp::JitterStats stats = m_playout ? m_playout->stats() : rtp::JitterStats();
    const auto time = [this](std::uint64_t samples) {
        return static_cast<double>(samples) * 1000 / m_rate;
    };
    if (name == "clicks") {
        isKnown = true;
        return clicks(m_heard, m_rate);
    }
    const std::map<QByteArray, double> values{
        {"late", double(stats.packetsLate)},
        {"duplicate", double(stats.packetsDuplicate)},
        {"discarded", double(stats.packetsLate + stats.packetsDuplicate)},
        {"lost", double(stats.packetsLost)},
        {"played_ms", time(stats.samplesPlayed)},
        {"recovered_ms", time(stats.samplesRecovered)},
        {"concealed_ms", time(stats.samplesConcealed)},
        {"concealed_frames", double(m_concealedFrames)}, // as it was meant at the time
        {"silent_ms", time(stats.samplesSilent)},
        {"skipped_ms", time(stats.samplesSkipped)},
        {"stretched_ms", time(stats.samplesStretched)},
        {"removed_ms", time(stats.samplesRemoved)},
        {"underruns", double(stats.underruns)},
        {"reanchors", double(stats.reanchors)},
        {"target_ms", double(stats.targetMs)},
        {"depth_ms", double(stats.depthMs)},
        {"jitter_ms", double(stats.jitterUs) / 1000},
        {"delay_ms", m_delayMs}, // of the packet decoded last
        {"max_delay_ms", m_maxDelayMs},
        {"mean_delay_ms", m_delays > 0 ? m_delaySum / double(m_delays) : 0},
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

QString JitterScenario::summary() const
{
    QString line;
    for (const char* name :
         {"mean_delay_ms", "max_delay_ms", "target_ms", "late", "lost", "concealed_ms", "silent_ms",
          "stretched_ms", "removed_ms", "skipped_ms", "underruns", "reanchors", "clicks"}) {
        bool isKnown = false;
        line += QStringLiteral("%1 %2  ").arg(QLatin1String(name)).arg(value(name, isKnown));
    }
    return line;
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
            m_nextListen += ms(m_frameMs);
        }
    }
    m_now = end;
}

void JitterScenario::listen()
{
    const std::uint64_t before = m_playout->stats().samplesConcealed;
    std::vector<std::int16_t> out(static_cast<std::size_t>(m_frameMs * m_rate / 1000));
    m_playout->play(out, m_now);
    m_concealedFrames += m_playout->stats().samplesConcealed > before ? 1U : 0U;
    if (m_heard.size() < static_cast<std::size_t>(m_rate) * 60) {
        m_heard.insert(m_heard.end(), out.begin(), out.end());
    }
}

void JitterScenario::decoded(const NumberedDecoder::Content& content)
{
    if (content.number < m_nextDecoded || !m_arrived.contains(content.number)) {
        m_failure = QStringLiteral("packet %1 is played after %2")
                        .arg(content.number)
                        .arg(m_nextDecoded - 1);
        return;
    }
    m_delayMs = inMs(m_now - m_arrived[content.number]);
    m_maxDelayMs = std::max(m_maxDelayMs, m_delayMs);
    m_delaySum += m_delayMs;
    ++m_delays;
    m_nextDecoded = content.number + 1;
    m_arrived.erase(m_arrived.begin(), m_arrived.upper_bound(content.number));
}

} // namespace hs::test
