#include "device/StreamLabel.h"

namespace hs::device {

StreamLabel::StreamLabel(const char* name, const char* role)
    : m_formerName(name)
    , m_formerRole(role)
{
}

StreamLabel::~StreamLabel() = default;

} // namespace hs::device
