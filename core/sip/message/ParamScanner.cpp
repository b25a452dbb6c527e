#include "sip/message/ParamScanner.h"

#include "sip/message/Grammar.h"

namespace hs::sip {

using namespace grammar;

bool ParamScanner::next(ParamSpan& param)
{
    if (m_failed) {
        return false;
    }
    m_position = skipBlanks(m_text, m_position);
    if (m_position == m_text.size()) {
        return false;
    }
    if (m_text[m_position] != ';') {
        return fail();
    }
    const qsizetype nameStart = skipBlanks(m_text, m_position + 1);
    const qsizetype nameEnd = skipToken(m_text, nameStart);
    if (nameEnd == nameStart) {
        return fail();
    }
    param = {m_text.sliced(nameStart, nameEnd - nameStart), {}, false};
    qsizetype end = nameEnd;
    if (const qsizetype equal = skipBlanks(m_text, nameEnd);
        equal < m_text.size() && m_text[equal] == '=') {
        const qsizetype valueStart = skipBlanks(m_text, equal + 1);
        end = valueStart;
        if (valueStart < m_text.size() && m_text[valueStart] == '"') {
            end = skipQuotedString(m_text, valueStart);
        } else {
            while (end < m_text.size() && isParamValueChar(m_text[end])) {
                ++end;
            }
        }
        if (end <= valueStart) {
            return fail();
        }
        param.value = m_text.sliced(valueStart, end - valueStart);
        param.hasValue = true;
    }
    const qsizetype following = skipBlanks(m_text, end);
    if (following < m_text.size() && m_text[following] != ';') {
        return fail();
    }
    m_position = following;
    return true;
}

bool ParamScanner::fail()
{
    m_failed = true;
    return false;
}

void ParamScanner::skipFault()
{
    const qsizetype semicolon =
        m_position < m_text.size() ? m_text.indexOf(';', m_position + 1) : -1;
    m_position = semicolon < 0 ? m_text.size() : semicolon;
    m_failed = false;
}

} // namespace hs::sip
