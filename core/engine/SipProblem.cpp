#include "engine/SipProblem.h"

#include "engine/PortHolder.h"

namespace hs::engine {

SipProblem SipProblem::of(const sip::TransportFailure& failure)
{
    using sip::TransportKind;
    if (failure.what == sip::TransportFailure::What::Certificate) {
        return {2, failure.why, QStringLiteral("TLS"), failure.why};
    }
    const PortProtocol protocol =
        failure.kind == TransportKind::Udp ? PortProtocol::Udp : PortProtocol::Tcp;
    const QString holder = portHolder(protocol, failure.local.port());
    const bool isHeld = !holder.isEmpty();
    const QString heldBy = isHeld ? QStringLiteral("; it is held by %1").arg(holder) : QString();
    const QString keys = failure.kind == TransportKind::Tls
        ? QStringLiteral("sip_tls_port")
        : QStringLiteral("--sip-address, --sip-port (SIP_LOCAL_IP, SIP_LOCAL_PORT)");
    const QString withoutTcp = failure.kind == TransportKind::Tcp
        ? QStringLiteral(", do without TCP (sip_tcp = no)")
        : QString();
    const QString endOther = isHeld ? QStringLiteral(", or end the other program") : QString();
    return {3,
            QStringLiteral("SIP can't be bound: %1%2. Choose another with %3%4%5.")
                .arg(failure.why, heldBy, keys, withoutTcp, endOther),
            QString::fromLatin1(failure.local.toString()), isHeld ? holder : failure.why};
}

} // namespace hs::engine
