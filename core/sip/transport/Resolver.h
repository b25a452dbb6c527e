// Resolver: from a SIP URI to the hops to which its requests can be sent (RFC 3263), the best
// first; where one fails, the next is tried. Thread: one, the owner's; an address is answered at
// once, a name later.
#pragma once

#include "base/Result.h"
#include "sip/message/Uri.h"
#include "sip/transport/Transport.h"

#include <functional>

namespace hs::sip {

class Resolver {
public:
    using Hops = QList<Hop>; // at least one
    using Done = std::function<void(const base::Result<Hops>&)>;

    virtual ~Resolver() = default;
    // The error is a sentence: what was asked, and what is wrong with it.
    virtual void resolve(const Uri& uri, Done done) = 0;
    // Nothing was heard from that hop: others go first for a while.
    virtual void reportFailure(const Hop&) { }
};

} // namespace hs::sip
