#include "sip/ua/ReferUsage.h"

#include "base/Text.h"

namespace hs::sip {

namespace {
// Timer C and a little: a transfer's target may ring as long as any.
constexpr base::Duration reportPatience = std::chrono::seconds(200);
constexpr char reportLifetime[] = "active;expires=180";

bool isRefer(const Request& notify)
{
    const auto event = notify.headers.first(HeaderId::Event);
    const auto parsed = event ? ParameterizedValue::parse(*event) : std::nullopt;
    return parsed && base::equalsIgnoreCase(parsed->value, "refer");
}

bool isTerminated(const Request& notify)
{
    const auto state = notify.headers.first(HeaderId::SubscriptionState);
    const auto parsed = state ? ParameterizedValue::parse(*state) : std::nullopt;
    return parsed && base::equalsIgnoreCase(parsed->value, "terminated");
}
} // namespace

ReferUsage::ReferUsage(UaCore& core, Dialog& dialog, DialogRequests& requests)
    : m_core(core)
    , m_dialog(dialog)
    , m_requests(requests)
{
}

void ReferUsage::refer(const NameAddr& target, Progress progress, std::function<void()> unknown)
{
    m_progress = std::move(progress);
    Request request = m_dialog.makeRequest(Method::Refer);
    m_isFirst = m_sequence == 0;
    m_sequence = m_dialog.localSequence();
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    request.headers.add("Contact", contact.toBytes());
    request.headers.add("Refer-To", target.toBytes());
    NameAddr by;
    by.uri = m_dialog.local().uri;
    request.headers.add("Referred-By", by.toBytes());
    m_requests.send(std::move(request),
                    [this, unknown = std::move(unknown)](const Response& response) {
                        if (response.statusCode == 481) {
                            forget();
                            unknown();
                            return;
                        }
                        if (!response.isSuccess()) {
                            tell(response.statusCode, response.reasonPhrase, Teller::FarEnd);
                            return;
                        }
                        const auto referSub = response.headers.first(HeaderId::ReferSub);
                        if (referSub && base::equalsIgnoreCase(base::trimmed(*referSub), "false")) {
                            tell(200, "OK", Teller::FarEnd); // RFC 4488: nothing will be reported
                        } else if (isOut()) {
                            awaitReport();
                        }
                    });
}

void ReferUsage::awaitReport()
{
    m_patience = m_core.scheduler.after(
        reportPatience, [this] { tell(408, "No Word Of The Transfer", Teller::FarEnd); });
}

void ReferUsage::forget()
{
    m_patience.cancel();
    m_progress = {};
}

void ReferUsage::tell(int code, const QByteArray& reason, Teller by)
{
    const Progress progress = m_progress; // what is called may begin anew
    if (code >= 200) {
        forget();
    }
    if (progress) {
        progress(code, reason, by);
    }
}

// RFC 3515 section 2.4.6: the id is the CSeq number of the REFER, needed from the second one on.
bool ReferUsage::isOfEarlier(const Request& notify) const
{
    const auto event = notify.headers.first(HeaderId::Event);
    const auto parsed = event ? ParameterizedValue::parse(*event) : std::nullopt;
    const auto id = parsed ? base::parseU32(parsed->params.unquoted("id")) : std::nullopt;
    return !m_isFirst && id && *id < m_sequence;
}

int ReferUsage::onNotify(const Request& request)
{
    if (!isRefer(request)) {
        return 489;
    }
    if (!isOut() || isOfEarlier(request)) {
        // Of a transfer that is over: some report "200" twice.
        return 200;
    }
    const std::optional<SipFragment> fragment = readSipFragment(request.body);
    if (fragment && fragment->code != 100) {
        tell(fragment->code, fragment->reason, Teller::Report);
    } else if (isTerminated(request)) {
        // Section 2.4.4: without a final status nobody knows. Better to keep the call.
        tell(fragment ? 487 : 500, "The Far End Stopped Reporting", Teller::Report);
    }
    return 200;
}

void ReferUsage::accepted(const Request& refer)
{
    const std::optional<CSeq> cseq = refer.cseq();
    m_event = "refer;id=" + QByteArray::number(cseq ? cseq->number : 0);
    // Refer-Sub: false is a wish (RFC 4488 section 4); a 2xx that does not grant it makes a
    // subscription as ever, and who gets reports has nothing to guess.
    m_reporting = true;
}

void ReferUsage::report(int code, const QByteArray& reason)
{
    if (!m_reporting) {
        return;
    }
    Request notify = m_dialog.makeRequest(Method::Notify);
    NameAddr contact;
    contact.uri = m_dialog.localContact();
    notify.headers.add("Contact", contact.toBytes());
    notify.headers.add("Event", m_event);
    notify.headers.add("Subscription-State",
                       code >= 200 ? QByteArray("terminated;reason=noresource")
                                   : QByteArray(reportLifetime));
    notify.headers.add("Content-Type", "message/sipfrag;version=2.0");
    notify.body = sipFragment(code, reason);
    m_requests.send(std::move(notify), {});
    m_reporting = code < 200;
}

} // namespace hs::sip
