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

void DigitSender::stop(std::size_t samples)
{
    clear();
    m_event.end(static_cast<std::uint32_t>(samples));
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

void DigitSender::beginGap(std::int64_t passed)
{
    m_phase = Phase::Gap;
    m_left = m_gap - passed;
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
    const std::int64_t length = std::int64_t(now.durationMs) * samplesPerMs;
    m_gap = std::int64_t(now.gapMs) * samplesPerMs;
    m_quiet = now.method == DigitMethod::InBand;
    if (digit == 'w' || digit == ',') {
        m_phase = Phase::Pause;
        m_left = (digit == 'w' ? shortPauseMs : longPauseMs) * samplesPerMs;
        return true;
    }
    const auto event = rtp::eventOf(digit);
    if (now.method == DigitMethod::Rfc4733 && event && m_eventsTaken) {
        m_event.begin(*event, volume, timestamp, static_cast<std::uint32_t>(length));
        m_phase = Phase::Event;
    } else if (m_quiet && audio::DtmfTone::exists(digit)) {
        m_tone.start(digit, length);
        m_phase = Phase::Tone;
    } else {
        return true; // agreed on something else since it was queued
    }
    slot.begun = {digit, false, now.method, now.durationMs};
    return true;
}

DigitSender::Slot DigitSender::next(std::size_t samples, std::uint32_t timestamp)
{
    Slot slot;
    const auto count = static_cast<std::int64_t>(samples);
    for (;;) {
        switch (m_phase) {
        case Phase::Idle:
            if (!begin(timestamp, slot)) {
                return slot;
            }
            break;
        case Phase::Event:
            slot.kind = Kind::Event;
            slot.event = m_event.packet(static_cast<std::uint32_t>(samples));
            if (!m_event.isActive()) {
                beginGap((rtp::TelephoneEventSender::finalPackets - 1) * count);
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
            if (m_left > 0) {
                m_left -= count;
                slot.kind = m_phase == Phase::Gap && m_quiet ? Kind::Tone : Kind::Audio;
                return slot;
            }
            m_phase = Phase::Idle;
            break;
        }
    }
}

} // namespace hs::media
