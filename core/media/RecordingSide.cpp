#include "media/RecordingSide.h"

#include <algorithm>

namespace hs::media {

namespace {
constexpr int mostConcealedMs = 60; // after that nothing of it is heard any more
} // namespace

RecordingSide::RecordingSide(int rate)
    : m_mostPast(audio::LossConcealer::historyMs * static_cast<std::size_t>(rate) / 1000)
    , m_mostConcealed(mostConcealedMs * rate / 1000)
    , m_concealer(rate)
{
}

std::int64_t RecordingSide::end() const
{
    return m_pieces.empty() ? m_settled : m_pieces.back().end;
}

bool RecordingSide::isFree(std::int64_t position, std::size_t count) const
{
    const std::int64_t behind = position + static_cast<std::int64_t>(count);
    return position >= m_settled
        && std::none_of(m_pieces.rbegin(), m_pieces.rend(), [&](const Piece& piece) {
               return piece.start < behind && position < piece.end;
           });
}

std::span<std::int16_t> RecordingSide::at(std::int64_t from, std::int64_t to)
{
    const auto begin = static_cast<std::size_t>(from - firstKept());
    const auto count = static_cast<std::size_t>(to - from);
    if (m_samples.size() < begin + count) {
        m_samples.resize(begin + count);
    }
    return std::span(m_samples).subspan(begin, count);
}

void RecordingSide::place(std::int64_t position, std::span<const std::int16_t> samples,
                          bool afterLoss)
{
    const std::int64_t behind = position + static_cast<std::int64_t>(samples.size());
    std::copy(samples.begin(), samples.end(), at(position, behind).begin());
    const auto next = std::find_if(m_pieces.rbegin(), m_pieces.rend(), [&](const Piece& piece) {
                          return piece.start < position;
                      }).base();
    const bool touchesPrevious = next != m_pieces.begin() && std::prev(next)->end == position;
    const bool touchesNext = next != m_pieces.end() && next->start == behind;
    if (touchesPrevious && touchesNext) {
        std::prev(next)->end = next->end;
        m_pieces.erase(next);
    } else if (touchesPrevious) {
        std::prev(next)->end = behind;
    } else if (touchesNext) {
        next->start = position;
        next->afterLoss = afterLoss;
    } else {
        m_pieces.insert(next, {position, behind, afterLoss});
    }
}

std::span<const std::int16_t> RecordingSide::take(std::size_t count)
{
    forget();
    const std::int64_t until = m_settled + static_cast<std::int64_t>(count);
    const std::span<std::int16_t> result = at(m_settled, until);
    std::int64_t reached = m_settled;
    for (const Piece& piece : m_pieces) {
        if (reached < std::min(piece.start, until)) {
            fillGap(reached, std::min(piece.start, until), piece.afterLoss);
        }
        if (piece.start >= until) {
            reached = until;
            break;
        }
        reached = std::min(piece.end, until);
        m_gapFilled = 0;
    }
    if (reached < until) {
        fillGap(reached, until, false);
    }
    std::erase_if(m_pieces, [&](const Piece& piece) { return piece.end <= until; });
    if (!m_pieces.empty()) {
        m_pieces.front().start = std::max(m_pieces.front().start, until);
    }
    m_settled = until;
    m_past += count;
    return result;
}

void RecordingSide::fillGap(std::int64_t from, std::int64_t to, bool lost)
{
    if (m_gapFilled == 0) {
        m_concealing = lost;
        if (lost) {
            const std::int64_t past = std::max(firstKept(), from - std::int64_t(m_mostPast));
            m_before.assign(m_mostPast, 0);
            const auto known = std::span(m_before).last(static_cast<std::size_t>(from - past));
            std::ranges::copy(at(past, from), known.begin());
            m_concealer.reset();
            m_concealer.good(m_before);
        }
    }
    if (m_concealing && lost && m_gapFilled < m_mostConcealed) {
        m_concealer.conceal(at(from, std::min(to, from + m_mostConcealed - m_gapFilled)));
    }
    m_gapFilled += to - from;
}

void RecordingSide::forget()
{
    if (m_past > m_mostPast) {
        m_samples.erase(m_samples.begin(),
                        m_samples.begin() + static_cast<std::ptrdiff_t>(m_past - m_mostPast));
        m_past = m_mostPast;
    }
}

} // namespace hs::media
