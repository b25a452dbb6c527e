// FieldRules: which header fields a message must have, how often, and whether those that matter are
// well-formed (RFC 3261 sections 7.3.1, 8.1.1, 20 and 25.1). All others are left alone (section
// 8.2.2). Thread: pure functions.
#pragma once

#include "sip/message/Parser.h"

namespace hs::sip {

// What is wrong first, as a reason phrase ("Bad CSeq"); empty if nothing is.
QByteArray requestFieldFault(const Request& request, const ParserLimits& limits);
QByteArray responseFieldFault(const Response& response);

// The Request-URI: malformed or with headers 400, of a scheme nobody here knows 416.
std::optional<Defect> requestUriDefect(const Request& request);

} // namespace hs::sip
