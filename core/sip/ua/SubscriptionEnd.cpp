#include "sip/ua/SubscriptionEnd.h"

#include "base/Text.h"
#include "sip/message/StatusCode.h"
#include "sip/ua/RegistrationTimes.h"

#include <algorithm>

namespace hs::sip {

namespace {
constexpr base::Duration passwordWait = std::chrono::minutes(30); // or the server locks us out
constexpr base::Duration hopelessWait = std::chrono::hours(1);

QString words(const Response& response)
{
    const QByteArray reason =
        response.reasonPhrase.isEmpty() ? reasonPhrase(response.statusCode) : response.reasonPhrase;
    return QStringLiteral("%1 %2").arg(response.statusCode).arg(base::printable(reason, 80));
}
} // namespace

base::Duration SubscriptionEnd::wait(int failures, base::Random& random) const
{
    const base::Duration usual = retryAfter(failures, serverSeconds, random);
    if (isPassword) {
        return std::max(usual, passwordWait);
    }
    return retry == Retry::MuchLater ? std::max(usual, hopelessWait) : usual;
}

SubscriptionEnd SubscriptionEnd::ofResponse(const Response& response, const QByteArray& event,
                                            const QString& what, const QString& problem)
{
    SubscriptionEnd end;
    end.code = response.statusCode;
    end.serverSeconds = response.retryAfter();
    switch (response.statusCode) {
    case 401:
    case 407:
        end.isPassword = true;
        end.problem = problem;
        break;
    case 405:
    case 489:
    case 501:
        end.retry = Retry::MuchLater;
        end.problem = QStringLiteral("the server does not offer the event '%1' for %2: %3")
                          .arg(QLatin1String(event), what, words(response));
        break;
    case 403:
    case 603:
        end.retry = Retry::MuchLater;
        end.problem =
            QStringLiteral("the server does not let us watch %1: %2").arg(what, words(response));
        break;
    case 404:
    case 410:
    case 416:
    case 604:
        end.retry = Retry::MuchLater;
        end.problem = QStringLiteral("the server knows no %1: %2").arg(what, words(response));
        break;
    default:
        break;
    }
    if (end.problem.isEmpty()) {
        end.problem = QStringLiteral("the server refuses the subscription to %1: %2")
                          .arg(what, words(response));
    }
    return end;
}

SubscriptionEnd SubscriptionEnd::ofState(const Params& state, const QString& what)
{
    const QByteArray reason = base::toLower(state.unquoted("reason"));
    SubscriptionEnd end;
    end.serverSeconds = base::parseU32(state.unquoted("retry-after"));
    if (reason == "deactivated" || reason == "timeout") {
        end.retry = Retry::AtOnce;
    } else if (reason == "rejected") {
        end.retry = Retry::MuchLater;
        end.problem = QStringLiteral("the server does not let us watch %1 any more").arg(what);
    } else if (reason == "noresource") {
        end.retry = Retry::MuchLater;
        end.problem = QStringLiteral("the server knows no %1 any more").arg(what);
    } else if (reason == "invariant") {
        // Section 4.1.3: it can't change, so there is nothing to tell.
        end.retry = Retry::MuchLater;
    }
    if (end.problem.isEmpty()) {
        end.problem =
            QStringLiteral("the server has ended the subscription to %1%2")
                .arg(what,
                     reason.isEmpty() ? QString()
                                      : QStringLiteral(" (%1)").arg(base::printable(reason, 40)));
    }
    return end;
}

} // namespace hs::sip
