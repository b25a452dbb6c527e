#include "ui/NoticeWords.h"

#include "ui/Formatting.h"

#include <QCoreApplication>

namespace hs::ui {

using model::NoticeKind;

namespace {

// "The SIP port 5062 is taken: hookswitchd (process 812)." What is not known is left out.
QString with(const QString& words, const model::Notice& notice)
{
    const QString subject = Formatting::plain(notice.subject);
    QString detail = Formatting::plain(notice.detail, 300).trimmed();
    while (detail.endsWith(QLatin1Char('.'))) {
        detail.chop(1);
    }
    // A path is long enough once.
    const bool isNamed = !subject.isEmpty() && detail.contains(subject);
    const QString title =
        QString(words).replace(QLatin1String("%1"), isNamed ? QString() : subject).simplified();
    //: %1 is what is the matter, %2 the system's reason or who holds the thing
    return detail.isEmpty() ? NoticeWords::tr("%1.", "a sentence").arg(title)
                            : NoticeWords::tr("%1: %2.").arg(title, detail);
}

// What the sound device says, word by word, for the catalogue: it knows no languages itself.
constexpr const char* soundSentences[] = {
    QT_TRANSLATE_NOOP("hs::device", "There is no microphone and no speaker: connect a headset."),
    QT_TRANSLATE_NOOP("hs::device", "There is no speaker: connect a headset."),
    QT_TRANSLATE_NOOP("hs::device", "There is no microphone: connect a headset."),
    QT_TRANSLATE_NOOP("hs::device",
                      "There is no sound: no sound server (PulseAudio or PipeWire) is running."),
    QT_TRANSLATE_NOOP("hs::device", "There is no sound: the sound server does not answer."),
    QT_TRANSLATE_NOOP("hs::device",
                      "Sound hangs: the sound server took a request and has not answered. Calls "
                      "go on without it; restart the sound server or this program."),
    QT_TRANSLATE_NOOP("hs::device",
                      "The microphone \"%1\" gives neither 16-bit nor float samples."),
    QT_TRANSLATE_NOOP("hs::device", "The microphone \"%1\" can't be opened."),
    QT_TRANSLATE_NOOP("hs::device", "The speaker \"%1\" takes neither 16-bit nor float samples."),
    QT_TRANSLATE_NOOP("hs::device", "The speaker \"%1\" can't be opened."),
    QT_TRANSLATE_NOOP("hs::device",
                      "The device \"%1\" does not move: unplug it and plug it in again."),
    QT_TRANSLATE_NOOP("hs::device",
                      "The ring sound \"%1\" can't be played; the built-in one rings."),
    QT_TRANSLATE_NOOP("hs::device",
                      "A recording is not played during a call, which would hear it: put the "
                      "call on hold first."),
};

} // namespace

QString NoticeWords::sound(const QString& said)
{
    for (const char* sentence : soundSentences) {
        const QString words = QLatin1String(sentence);
        const QString shown = QCoreApplication::translate("hs::device", sentence);
        const qsizetype gap = words.indexOf(QLatin1String("%1"));
        if (gap < 0) {
            if (said == words) {
                return shown;
            }
            continue;
        }
        const QString head = words.left(gap);
        const QString tail = words.mid(gap + 2);
        if (said.size() >= head.size() + tail.size() && said.startsWith(head)
            && said.endsWith(tail)) {
            const auto length = said.size() - head.size() - tail.size();
            return shown.arg(said.mid(head.size(), length));
        }
    }
    return said;
}

QString NoticeWords::title(const model::Notice& notice)
{
    switch (notice.kind) {
    case NoticeKind::SipPortTaken:
        return with(tr("The SIP port %1 is taken"), notice);
    case NoticeKind::WebSocketPortTaken:
        return with(tr("The WebSocket port %1 cannot be used"), notice);
    case NoticeKind::DatabaseHeldByOther:
        return with(tr("The call log %1 is in use"), notice);
    case NoticeKind::DatabaseBroken:
        return with(tr("The call log %1 cannot be used"), notice);
    case NoticeKind::RecordingFailed:
        return with(tr("Recording to %1 failed"), notice);
    case NoticeKind::GreetingFailed:
        return with(tr("The greeting %1 cannot be played"), notice);
    case NoticeKind::HoldMusicFailed:
        return with(tr("The hold music %1 cannot be played"), notice);
    case NoticeKind::NoSoundDevice:
        // The device says what is the matter: no headset, no sound server, one that hangs.
        return notice.detail.isEmpty() ? tr("There is no headset to hear and speak with.")
                                       : sound(notice.detail);
    case NoticeKind::LogFileFailed:
        return with(tr("The log file %1 cannot be written"), notice);
    }
    return {};
}

QString NoticeWords::remedy(const model::Notice& notice)
{
    switch (notice.kind) {
    case NoticeKind::SipPortTaken:
        return tr(
            "No call can be made or received here. End the program that has the port, and this "
            "console goes on by itself; or choose another port: sip_port in the "
            "configuration file, or --sip-port.");
    case NoticeKind::WebSocketPortTaken:
        return tr("Calls work, but no program can connect. Once the cause is gone this console "
                  "goes on by itself; or choose another port: ws_listen in the configuration file, "
                  "or --ws-listen.");
    case NoticeKind::DatabaseHeldByOther:
        return tr("Another Hookswitch takes the calls, and this console stands beside it. End the "
                  "other one, and this one goes on by itself; or give this one a log of its own: "
                  "db in the configuration file, or --db.");
    case NoticeKind::DatabaseBroken:
        return tr("Calls work, but none is written to the log. Repair or move the file, or name "
                  "another one: db in the configuration file, or --db.");
    case NoticeKind::RecordingFailed:
        return tr("Calls go on without being recorded. Look for room and permission in the "
                  "folder, or name another one: recordings in the configuration file, or "
                  "--recordings.");
    case NoticeKind::GreetingFailed:
        return tr("Callers hear silence instead. Name a sound file that can be read, or none: "
                  "greeting in the configuration file, or --greeting.");
    case NoticeKind::HoldMusicFailed:
        return tr("Callers on hold hear the built-in music instead. Name a sound file of at most "
                  "five minutes that can be read, or none: hold_music in the configuration file, "
                  "or --hold-music.");
    case NoticeKind::NoSoundDevice:
        if (notice.detail.startsWith(QLatin1String("The ring sound "))) {
            return tr("Choose another sound file, or the built-in one, in the Sound window.");
        }
        return tr("Calls go on, but you cannot hear or speak. As soon as there is a headset and "
                  "sound works, it is used.");
    case NoticeKind::LogFileFailed:
        return tr("Everything else works. Look for room and permission, or name another file: "
                  "log_file in the configuration file, or --log-file.");
    }
    return {};
}

} // namespace hs::ui
