#include "media/DigitSender.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr std::uint8_t volume = 10; // -10 dBm0
constexpr int shortPauseMs = 500;
constexpr int longPauseMs = 2000;
} // namespace

DigitSender::~DigitSender()
{
    clear();
}

const command::SendDigits& DigitSender::current() const
{
    return std::get<command::SendDigits>(m_first->value.what);
}

void DigitSender::append(CommandNode node)
{
    CommandBox::Node* added = node.release();
    added->next = nullptr;
    (m_last ? m_last->next : m_first) = added;
    m_last = added;
}

void DigitSender::clear()
{
    while (CommandNode node = CommandNode(m_first)) {
        m_first = std::exchange(node->next, nullptr);
        m_spent.post(std::move(node));
    }
    m_last = nullptr;
    m_read = 0;
}

void DigitSender::setPace(const Pace& pace)
{
    const bool isOfOtherClock = pace.units * static_cast<std::uint32_t>(m_pace.packetMs)
        != m_pace.units * static_cast<std::uint32_t>(pace.packetMs);
    const bool isOfOtherRate = pace.sampleRate != m_pace.sampleRate;
    m_pace = pace;
    // Of what sounds, the rest was counted in something else.
    if ((m_phase == Phase::Event && isOfOtherClock) || (m_phase == Phase::Tone && isOfOtherRate)) {
        m_tone = audio::DtmfTone(); // the gap is silent
        beginGap(0);
    }
}

void DigitSender::stop()
{
    clear();
    m_event.end(m_pace.units);
    m_tone.stop();
    m_phase = m_phase == Phase::Pause ? Phase::Idle : m_phase;
}

void DigitSender::setTaken(bool any, bool events)
{
    m_eventsTaken = events;
    if (!any) {
        clear();
    }
    if (!any || (m_phase == Phase::Event && !events)) {
        m_phase = Phase::Idle;
    }
}

void DigitSender::beginGap(int passedMs)
{
    m_phase = Phase::Gap;
    m_leftMs = m_gapMs - passedMs;
}

// False: there is nothing more to send.
bool DigitSender::begin(std::uint32_t timestamp, Slot& slot)
{
    while (m_first && m_read == current().digits.size()) {
        CommandNode node(m_first);
        m_first = std::exchange(node->next, nullptr);
        m_last = m_first ? m_last : nullptr;
        m_read = 0;
        m_spent.post(std::move(node));
    }
    if (!m_first) {
        return false;
    }
    const command::SendDigits& now = current();
    const char digit = now.digits.at(m_read++);
    m_gapMs = now.gapMs;
    m_quiet = now.method == DigitMethod::InBand;
    if (digit == 'w' || digit == ',') {
        m_phase = Phase::Pause;
        m_leftMs = digit == 'w' ? shortPauseMs : longPauseMs;
        return true;
    }
    const auto event = rtp::eventOf(digit);
    if (now.method == DigitMethod::Rfc4733 && event && m_eventsTaken) {
        const std::uint32_t clock = m_pace.units / static_cast<std::uint32_t>(m_pace.packetMs);
        m_event.begin(*event, volume, timestamp,
                      static_cast<std::uint32_t>(now.durationMs) * clock);
        m_phase = Phase::Event;
    } else if (m_quiet && audio::DtmfTone::exists(digit)) {
        m_tone.start(digit, std::int64_t(now.durationMs) * m_pace.sampleRate / 1000,
                     m_pace.sampleRate);
        m_phase = Phase::Tone;
    } else {
        return true; // agreed on something else since it was queued
    }
    slot.begun = {digit, false, now.method, now.durationMs};
    return true;
}

DigitSender::Slot DigitSender::next(std::uint32_t timestamp)
{
    Slot slot;
    for (;;) {
        switch (m_phase) {
        case Phase::Idle:
            if (!begin(timestamp, slot)) {
                return slot;
            }
            break;
        case Phase::Event:
            slot.kind = Kind::Event;
            slot.event = m_event.packet(m_pace.units);
            if (!m_event.isActive()) {
                beginGap((rtp::TelephoneEventSender::finalPackets - 1) * m_pace.packetMs);
            }
            return slot;
        case Phase::Tone:
            if (m_tone.isSounding()) {
                slot.kind = Kind::Tone;
                return slot;
            }
            beginGap(0);
            break;
        case Phase::Gap:
        case Phase::Pause:
            if (m_leftMs > 0) {
                m_leftMs -= m_pace.packetMs;
                slot.kind = m_phase == Phase::Gap && m_quiet ? Kind::Tone : Kind::Audio;
                return slot;
            }
            m_phase = Phase::Idle;
            break;
        }
    }
}

} // namespace hs::media
