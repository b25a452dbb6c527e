#include "ui/HearingWords.h"

#include "ui/CallWords.h"
#include "ui/MediaWords.h"

namespace hs::ui {

using model::ActorKind;
using model::Call;
using model::CallState;
using model::MediaTrouble;
using model::SilenceCause;

HearingWords::Sentence HearingWords::sentence(const Call& call, qint64 now)
{
    switch (call.state) {
    case CallState::RingingIn:
        return {tr("Nobody has answered yet."), Tone::Ringing};
    case CallState::Dialing:
    case CallState::RingingOut:
        return {tr("They have not answered yet."), Tone::Dialing};
    case CallState::EarlyMedia:
        return {call.hasHeadset ? tr("They have not answered yet. You hear what is played there.")
                                : tr("They have not answered yet. Something is played there."),
                Tone::Dialing};
    case CallState::Held:
        return {call.heldByUs ? tr("On hold: they hear the hold music. You do not hear each other.")
                              : tr("They have put the call on hold. You do not hear each other."),
                Tone::Held};
    case CallState::Ended:
        return {tr("The call is over: %1.").arg(CallWords::ending(call)), Tone::Ended};
    case CallState::Active:
        break;
    }
    const bool bad = !MediaWords::trouble(call, now).text.isEmpty()
        || MediaWords::hearsNothing(call, now);
    return {theyHear(call, now) + QLatin1Char(' ') + weHear(call, now),
            bad ? Tone::Bad : Tone::Active};
}

QString HearingWords::whoIsOnOurSide(const Call& call)
{
    if (call.hasHeadset) {
        return tr("you", "they hear");
    }
    return call.owner.kind == ActorKind::Machine ? tr("the machine", "they hear")
                                                 : CallWords::actor(call.owner);
}

QString HearingWords::theyHear(const Call& call, qint64)
{
    const model::MediaStats& media = call.media;
    const bool muted = (call.muted && call.hasHeadset) || media.sentSilence == SilenceCause::Muted;
    if (muted) {
        return tr("They do not hear you: your microphone is muted.");
    }
    if (call.trouble == MediaTrouble::FarEndHearsNothing && media.remoteReports > 0) {
        return tr("They hear nothing: they report that nothing of it arrives.");
    }
    if (call.hasHeadset && media.sentSilence == SilenceCause::NoMicrophone) {
        return tr("They do not hear you: your microphone gives no sound.");
    }
    if (!call.hasHeadset && call.owner.kind == ActorKind::Operator) {
        return tr("They do not hear you: your headset is not on this call.");
    }
    if (media.sentSilence == SilenceCause::NothingToSay) {
        return tr("They hear silence.");
    }
    if (media.remoteReports == 0) {
        //: %1 is you, the machine or a program
        return tr("%1 can be heard, as far as is known: they do not report what arrives.")
            .arg(call.hasHeadset ? tr("You", "can be heard") : whoIsOnOurSide(call));
    }
    //: %1 is you, the machine or a program
    return tr("They hear %1.").arg(whoIsOnOurSide(call));
}

QString HearingWords::weHear(const Call& call, qint64 now)
{
    if (MediaWords::hearsNothing(call, now)) {
        return tr("Nothing comes from them.");
    }
    if (call.trouble == MediaTrouble::OnlySilenceReceived) {
        return tr("Only silence comes from them.");
    }
    if (call.hasHeadset) {
        return tr("You hear them.");
    }
    switch (call.owner.kind) {
    case ActorKind::Client:
        //: %1 is a program
        return tr("%1 hears them.").arg(CallWords::actor(call.owner));
    case ActorKind::Machine:
        return call.listeners > 0 ? CallWords::listeners(call.listeners) + QLatin1Char('.')
            : call.recording      ? tr("They are recorded; nobody listens.")
                                  : tr("Nobody listens.");
    default:
        return tr("You do not hear them.");
    }
}

} // namespace hs::ui
