// CallObserver: who hears of what calls do by themselves; CallContext: what every call works with.
// Thread: core.
#pragma once

#include "call/CallPolicy.h"
#include "call/CallSettings.h"
#include "media/MediaEngine.h"
#include "model/Call.h"
#include "sip/ua/UserAgent.h"

namespace hs::call {

class Call;

class CallObserver {
public:
    virtual ~CallObserver() = default;
    virtual void onCallChanged(Call& call, const model::Call& before) = 0;
    virtual void onCallEstablished(Call& call) = 0;
    virtual void onRecordingFailed(const QString& problem) = 0;
    // In a conference its far end knows now that it is held, or no more.
    virtual void onHoldAgreed(Call& call) = 0;
    // It is held again, for the far end would not have it otherwise.
    virtual void onResumeFailed(Call& call) = 0;
    // A server of ours, whose word on who is at the far end counts.
    virtual bool trusts(const base::IpAddress& source) const = 0;
    // The far end asks us to call somebody else (RFC 3515). The code to answer it with.
    virtual int onReferred(Call& call, const sip::ReferRequest& refer) = 0;
    // It did, but what it named can't be called; `target` as it came.
    virtual void onReferredNowhere(Call& call, const QByteArray& target) = 0;
    virtual void onCallEnded(Call& call) = 0; // the last word; the call may be destroyed later
};

struct CallContext {
    base::Scheduler& scheduler;
    base::Random& random;
    sip::UserAgent& userAgent;
    media::MediaEngine& media;
    const CallSettings& settings;
    const CallPolicy& policy;
    CallObserver& observer;
};

} // namespace hs::call
