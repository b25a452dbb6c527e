// Resolver: from a SIP URI to the address that its requests are sent to (RFC 3263). Thread: one,
// the owner's; an address is answered at once, a name later.
#pragma once

#include "base/Result.h"
#include "sip/message/Uri.h"
#include "sip/transport/Transport.h"

#include <functional>

namespace hs::sip {

class Resolver {
public:
    using Done = std::function<void(const base::Result<Hop>&)>;

    virtual ~Resolver() = default;
    virtual void resolve(const Uri& uri, Done done) = 0;
};

} // namespace hs::sip
