// ReferUsage: transfers within one dialog, in both directions: a REFER of ours and the reports on
// it, and reports of ours on what they asked for (RFC 3515 section 2.4). One of each at a time.
// Thread: one, the transaction layer's.
#pragma once

#include "sip/ua/DialogRequests.h"
#include "sip/ua/Refer.h"

namespace hs::sip {

class ReferUsage {
public:
    // How a REFER of ours goes: 100..199 under way, 2xx the other two are connected, else failed.
    // Who says so: the far end of its own, or a report of what the target said.
    enum class Teller { FarEnd, Report };
    using Progress = std::function<void(int code, const QByteArray& reason, Teller by)>;

    ReferUsage(UaCore& core, Dialog& dialog, DialogRequests& requests);

    bool isOut() const { return static_cast<bool>(m_progress); }
    // `unknown`: the far end knows of no such dialog (RFC 3261 section 12.2.1.2).
    void refer(const NameAddr& target, Progress progress, std::function<void()> unknown);
    // The call ends: whoever was to hear how it goes may be gone.
    void forget();
    // A NOTIFY of theirs; the code to answer it with.
    int onNotify(const Request& request);

    // A REFER of theirs was accepted: from here on it is reported on.
    void accepted(const Request& refer);
    void refused() { m_reporting = false; } // after all
    // The final one, of 200 or more, ends it.
    void report(int code, const QByteArray& reason);
    bool isReporting() const { return m_reporting; }

private:
    bool isOfEarlier(const Request& notify) const;
    void tell(int code, const QByteArray& reason, Teller by);
    void awaitReport();

    UaCore& m_core;
    Dialog& m_dialog;
    DialogRequests& m_requests;
    Progress m_progress;
    std::uint32_t m_sequence = 0; // of our REFER, before it was asked for credentials
    bool m_isFirst = true; // in this dialog
    base::Timer m_patience; // with reports that never come
    bool m_reporting = false;
    QByteArray m_event; // "refer;id=93809824"
};

} // namespace hs::sip
