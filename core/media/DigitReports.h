// DigitReports: the digits that the core thread is still to hear of, for a tick or longer where it
// has no room for them. Thread: media, without allocation.
#pragma once

#include "media/TickContext.h"

#include <array>

namespace hs::media {

class DigitReports {
public:
    void add(const DigitReport& digit)
    {
        if (m_count < m_digits.size()) { // 32 untold ones: nobody is there to be told
            m_digits[m_count++] = digit;
        }
    }
    // Tells of all, in order, or of as many as there is room for.
    void tell(std::uint32_t session, TickContext& context)
    {
        std::size_t told = 0;
        while (told < m_count
               && context.report({session, MediaReport::Kind::Digit},
                                 std::as_bytes(std::span(&m_digits[told], 1)))) {
            ++told;
        }
        if (told > 0) {
            std::copy(m_digits.begin() + static_cast<std::ptrdiff_t>(told),
                      m_digits.begin() + static_cast<std::ptrdiff_t>(m_count), m_digits.begin());
            m_count -= told;
        }
    }

private:
    std::array<DigitReport, 32> m_digits{};
    std::size_t m_count = 0;
};

} // namespace hs::media
