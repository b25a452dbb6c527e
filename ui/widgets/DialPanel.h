// DialPanel: where a number is typed, pasted or put together from the keypad. Enter or Call dials
// it; an empty field dials the last number again. What was typed stays until the call has come to
// be, and a refusal is said right below it. Thread: GUI.
#pragma once

#include <QFrame>

class QComboBox;
class QGridLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace hs::ui {

class DialPanel : public QFrame {
    Q_OBJECT
public:
    explicit DialPanel(QWidget* parent = nullptr);

    QString text() const;
    void setText(const QString& text); // and puts the cursor behind it
    void type(const QString& characters); // as if typed into the field
    void focusField();
    void setRedial(const QString& number); // empty: there is none
    // Without a SIP server only full addresses can be dialled, without SIP nothing.
    void setReach(bool sipUp, bool numbers);
    // A choice is there only where there is one: with more than one account.
    void setAccounts(const QStringList& names, const QString& byDefault);
    void showMessage(const QString& message); // plain text; empty: none
    void accepted(); // the call has come to be: clears the field unless more was typed already
    void setCompact(bool compact); // without keypad
    void addBelow(QWidget* widget, int stretch = 0);

Q_SIGNALS:
    // Cleaned; an empty account leaves the choice to the engine.
    void dialRequested(const QString& target, const QString& account);

protected:
    bool eventFilter(QObject* watched, QEvent* event) override;

private:
    void submit();
    void updateHint();
    QString chosenAccount() const;
    void addKeypad(QGridLayout* grid);

    QWidget* m_keypad;

    QLineEdit* m_field;
    QLabel* m_hint;
    QLabel* m_message;
    QPushButton* m_call;
    QComboBox* m_account;
    QString m_defaultAccount;
    QString m_redial;
    QString m_submitted; // what the field held when it was last dialled
    bool m_sipUp = true;
    bool m_numbers = true;
};

} // namespace hs::ui
