#include "call/Redirection.h"

#include <algorithm>

namespace hs::call {

namespace {
constexpr qsizetype most = 10;

double preference(const sip::NameAddr& contact)
{
    const auto q = contact.params.find("q");
    if (!q) {
        return 1.0;
    }
    bool ok = false;
    const double value = q->toByteArray().toDouble(&ok);
    return ok && value >= 0.0 && value <= 1.0 ? value : 0.0; // "nan" would be a number, too
}
} // namespace

QList<sip::Uri> redirectionTargets(const sip::Response& response)
{
    QList<sip::NameAddr> contacts = response.contacts();
    std::stable_sort(contacts.begin(), contacts.end(), [](const auto& one, const auto& other) {
        return preference(one) > preference(other);
    });
    QList<sip::Uri> targets;
    for (const sip::NameAddr& contact : contacts) {
        const sip::Uri uri = contact.uri.forRequest();
        const bool isCallable = uri.isSip() ? !uri.host.isEmpty() : uri.scheme == "tel";
        if (isCallable && !targets.contains(uri) && targets.size() < most) {
            targets.append(uri);
        }
    }
    return targets;
}

} // namespace hs::call
