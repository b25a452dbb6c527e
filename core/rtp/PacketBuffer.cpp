#include "rtp/PacketBuffer.h"

#include "rtp/RtpTimestamp.h"

#include <algorithm>
#include <cstring>

namespace hs::rtp {

PacketBuffer::PacketBuffer(int sampleRate)
    : m_rate(sampleRate)
    , m_blocks(blockCount)
    , m_nextBlock(blockCount)
{
    m_packets.reserve(mostPackets);
    for (std::size_t i = 0; i < blockCount; ++i) {
        m_nextBlock[i] = static_cast<std::uint16_t>(i + 1 < blockCount ? i + 1 : noBlock);
    }
}

PacketBuffer::Put PacketBuffer::put(const Incoming& incoming, std::span<const std::byte> payload,
                                    const Listener& listener)
{
    if (payload.size() > mostPayload) {
        return {};
    }
    if (!m_hasLast) {
        m_window.restart(incoming.sequence);
        return putNewest(incoming, payload, listener);
    }
    const int ahead = seqDistance(m_window.highest(), incoming.sequence);
    switch (m_window.mark(incoming.sequence)) {
    case SeqWindow::Mark::Duplicate:
        return {Verdict::Duplicate, false, nullptr};
    case SeqWindow::Mark::TooOld:
        return {};
    case SeqWindow::Mark::New:
        break;
    }
    return ahead > 0 ? putNewest(incoming, payload, listener)
                     : putOlder(incoming, payload, listener);
}

void PacketBuffer::putOther(std::uint16_t sequence)
{
    if (m_hasLast && seqDistance(m_window.highest(), sequence) > 0) {
        m_window.mark(sequence);
        insert({sequence, 0, 0, 0, 0, Kind::Other}, m_lastEnd, {});
    }
}

std::int64_t PacketBuffer::positionOf(const Incoming& incoming) const
{
    return m_lastPosition
        + std::int64_t(timestampDistance(m_lastTimestamp, incoming.timestamp)) * m_rate
        / std::max(incoming.clockRate, 1U);
}

bool PacketBuffer::isJump(std::int64_t position, const Incoming& incoming,
                          const Listener& listener) const
{
    // A clock of another rate counts from somewhere else.
    return incoming.clockRate != m_lastClockRate || position < m_lastPosition
        || (position > m_lastEnd && position + incoming.duration - listener.at > listener.farthest);
}

PacketBuffer::Put PacketBuffer::putNewest(const Incoming& incoming,
                                          std::span<const std::byte> payload,
                                          const Listener& listener)
{
    std::int64_t position = m_hasLast ? positionOf(incoming) : 0;
    const bool isAnew = !m_hasLast || isJump(position, incoming, listener);
    if (isAnew) {
        ++m_numbering;
        position = std::max({m_lastEnd, listener.floor, m_lead});
        m_lead = position;
        if (isEmpty()) {
            position += m_rate; // room for those that this one has overtaken
        }
    }
    m_hasLast = true;
    m_lastTimestamp = incoming.timestamp;
    m_lastClockRate = incoming.clockRate;
    m_lastPosition = position;
    m_lastEnd = position + (incoming.kind == Kind::Audio ? incoming.duration : 0);
    if (m_lastEnd <= listener.floor && incoming.kind == Kind::Audio) {
        return {Verdict::Late, isAnew, nullptr};
    }
    return {Verdict::Held, isAnew, insert(incoming, position, payload)};
}

PacketBuffer::Put PacketBuffer::putOlder(const Incoming& incoming,
                                         std::span<const std::byte> payload,
                                         const Listener& listener)
{
    const std::int64_t position = positionOf(incoming);
    const bool isKnown = incoming.clockRate == m_lastClockRate && position >= m_lead
        && position < m_lastPosition; // else from before the timestamps jumped
    if (!isKnown || position + incoming.duration <= listener.floor) {
        return {};
    }
    return {Verdict::Held, false, insert(incoming, position, payload)};
}

PacketBuffer::Packet* PacketBuffer::insert(const Incoming& incoming, std::int64_t position,
                                           std::span<const std::byte> payload)
{
    const std::size_t blocks = (payload.size() + blockSize - 1) / blockSize;
    while (!isEmpty() && (m_packets.size() == mostPackets || m_freeBlocks < blocks)) {
        m_overflowed += first().duration;
        dropFirst();
    }
    auto place = m_packets.end();
    while (place != m_packets.begin()) {
        const Packet& before = *std::prev(place);
        if (before.position < position
            || (before.position == position
                && seqDistance(before.sequence, incoming.sequence) > 0)) {
            break;
        }
        --place;
    }
    Packet packet;
    packet.position = position;
    packet.duration = incoming.kind == Kind::Audio ? incoming.duration : 0;
    if (place != m_packets.end() && incoming.kind == Kind::Audio) {
        // Up to the one after it and no further; that one knows better what is there.
        const std::int64_t room = place->position - position;
        packet.duration = static_cast<std::uint32_t>(std::min<std::int64_t>(packet.duration, room));
    }
    packet.numbering = m_numbering;
    packet.sequence = incoming.sequence;
    packet.payloadType = incoming.payloadType;
    packet.kind = incoming.kind;
    packet.size = static_cast<std::uint16_t>(payload.size());
    packet.block = store(payload);
    return &*m_packets.insert(place, packet);
}

std::uint16_t PacketBuffer::store(std::span<const std::byte> payload)
{
    std::uint16_t before = noBlock;
    std::uint16_t begin = noBlock;
    while (!payload.empty()) {
        const std::uint16_t block = m_freeBlock;
        m_freeBlock = m_nextBlock[block];
        --m_freeBlocks;
        const std::size_t count = std::min(payload.size(), blockSize);
        std::memcpy(m_blocks[block].data(), payload.data(), count);
        payload = payload.subspan(count);
        m_nextBlock[block] = noBlock;
        if (before == noBlock) {
            begin = block;
        } else {
            m_nextBlock[before] = block;
        }
        before = block;
    }
    return begin;
}

std::span<const std::byte> PacketBuffer::firstPayload(std::span<std::byte, mostPayload> copy) const
{
    std::size_t done = 0;
    const std::size_t size = first().size;
    for (std::uint16_t block = first().block; done < size; block = m_nextBlock[block]) {
        const std::size_t count = std::min(size - done, blockSize);
        std::memcpy(copy.data() + done, m_blocks[block].data(), count);
        done += count;
    }
    return copy.first(size);
}

void PacketBuffer::dropFirst()
{
    std::uint16_t block = first().block;
    while (block != noBlock) {
        const std::uint16_t next = m_nextBlock[block];
        m_nextBlock[block] = m_freeBlock;
        m_freeBlock = block;
        ++m_freeBlocks;
        block = next;
    }
    m_packets.erase(m_packets.begin());
}

std::int64_t PacketBuffer::held() const
{
    return isEmpty() ? 0 : m_packets.back().end() - first().position;
}

} // namespace hs::rtp
