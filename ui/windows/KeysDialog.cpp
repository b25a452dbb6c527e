#include "ui/windows/KeysDialog.h"

#include <QDialogButtonBox>
#include <QFormLayout>
#include <QLabel>

namespace hs::ui {

KeysDialog::KeysDialog(QWidget* parent)
    : QDialog(parent)
{
    setWindowTitle(tr("Keys"));
    setObjectName(QStringLiteral("keysDialog"));
    setAttribute(Qt::WA_DeleteOnClose);
    auto* form = new QFormLayout(this);
    form->setHorizontalSpacing(24);
    const auto add = [&](const QString& keys, const QString& meaning) {
        auto* label = new QLabel(meaning, this);
        label->setTextFormat(Qt::PlainText);
        form->addRow(keys, label);
    };
    add(tr("Digits"),
        tr("Go to the dial field, from any list; with the row of a call selected in the live "
           "sessions: are sent to that call"));
    add(tr("Enter"), tr("Call; in an empty dial field: call the last number again"));
    add(QStringLiteral("F3"), tr("Answer the selected call, or whoever waits longest"));
    add(QStringLiteral("F4"), tr("Hang up, or decline what rings"));
    add(QStringLiteral("F6"), tr("Hold, and go on"));
    add(QStringLiteral("F7"), tr("Transfer the selected call"));
    add(QStringLiteral("F8"), tr("Join the selected calls, or the selected one with yours"));
    add(tr("Shift+F8"), tr("Split the selected call off its conference"));
    add(tr("Ctrl+Space"), tr("Select one more live session; Shift and the arrow keys do as well"));
    add(QStringLiteral("F2"), tr("Keypad for digits to the selected call"));
    add(QStringLiteral("F5"), tr("Pick up what rings at another extension"));
    add(QStringLiteral("F12"), tr("Take the selected call to your headset"));
    add(tr("Ctrl+M"), tr("Mute your microphone, and speak again"));
    add(tr("Alt+1 to Alt+9"), tr("Select a live session"));
    add(tr("Ctrl+D"), tr("Dial field"));
    add(tr("Ctrl+F"), tr("Search in the list below"));
    add(tr("Ctrl+1 to Ctrl+4"), tr("Call log, recordings, programs, messages"));
    add(tr("Ctrl+E"), tr("Extensions"));
    add(tr("Ctrl+J"), tr("Compact window on top of others, and back"));
    add(tr("Ctrl+Shift+V"), tr("Listen to voice messages"));
    add(tr("Ctrl+Shift+A"), tr("Accounts"));
    add(tr("Ctrl+Shift+S"), tr("Microphone, speaker and ring; sound check"));
    add(tr("Ctrl+C"), tr("Copy the number of the selected row"));
    add(tr("Esc"), tr("Empty a field or drop the selection; never hangs up"));
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Close, this);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    form->addRow(buttons);
}

} // namespace hs::ui
