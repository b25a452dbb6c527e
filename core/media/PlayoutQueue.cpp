#include "media/PlayoutQueue.h"

#include <algorithm>

namespace hs::media {

namespace {
const std::vector<std::int16_t>& samplesOf(const CommandBox::Node& node)
{
    return std::get<command::Play>(node.value.what).samples;
}
} // namespace

PlayoutQueue::~PlayoutQueue()
{
    while (pop()) { }
}

CommandNode PlayoutQueue::pop()
{
    CommandNode node(m_first);
    if (node) {
        m_first = std::exchange(node->next, nullptr);
        m_last = m_first ? m_last : nullptr;
        m_read = 0;
    }
    return node;
}

void PlayoutQueue::append(CommandNode chunk)
{
    CommandBox::Node* node = chunk.release();
    node->next = nullptr;
    (m_last ? m_last->next : m_first) = node;
    m_last = node;
}

std::size_t PlayoutQueue::read(std::span<std::int16_t> samples)
{
    std::size_t done = 0;
    while (done < samples.size() && m_first) {
        const auto& chunk = samplesOf(*m_first);
        const std::size_t count = std::min(samples.size() - done, chunk.size() - m_read);
        std::copy_n(chunk.begin() + static_cast<std::ptrdiff_t>(m_read), count,
                    samples.begin() + static_cast<std::ptrdiff_t>(done));
        done += count;
        m_read += count;
        if (m_read == chunk.size()) {
            m_spent.post(pop());
        }
    }
    return done;
}

std::size_t PlayoutQueue::clear()
{
    std::size_t gone = 0;
    while (m_first) {
        gone += samplesOf(*m_first).size() - m_read;
        m_spent.post(pop());
    }
    return gone;
}

} // namespace hs::media
