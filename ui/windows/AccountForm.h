// AccountForm: one account to be filled in or changed. What is wrong is said at the field; the
// password is never shown again, an empty field leaves it as it is. Thread: GUI.
#pragma once

#include "model/Account.h"

#include <QDialog>

#include <optional>

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QSpinBox;

namespace hs::ui {

class CodecOrder;

class AccountForm : public QDialog {
    Q_OBJECT
public:
    // None: a new one. `others` are the names of the other accounts, `codecs` those of all calls.
    AccountForm(const std::optional<model::Account>& account, const QStringList& others,
                const QStringList& codecs, QWidget* parent = nullptr);
    ~AccountForm() override;

Q_SIGNALS:
    void saveRequested(const hs::model::Account& account, const QString& formerName,
                       const QString& password);

private:
    struct Field {
        const char* key; // of the file; empty: the name
        QLineEdit* edit;
        QLabel* problem;
    };

    void addWho(QFormLayout& form);
    void addHow(QFormLayout& form, const QStringList& codecs);
    void addServices(QFormLayout& form);
    QLineEdit* addField(QFormLayout& form, const char* key, const QString& label,
                        const QString& text, const QString& hint = {});
    void addPassword(QFormLayout& form);
    bool check(const Field& field, model::Account& account);
    void makeRoom(int before); // how high it was
    void giveBackRoom();
    void submit();

    std::optional<model::Account> m_before;
    model::Account m_shown; // what the fields begin with
    QStringList m_others;
    QList<Field> m_fields;
    int m_ownHeight = 0; // before it grew for a problem; 0: it did not
    QLineEdit* m_password = nullptr;
    QComboBox* m_transport = nullptr;
    QComboBox* m_dtmf = nullptr;
    CodecOrder* m_codecs = nullptr;
    QSpinBox* m_expires = nullptr;
    QCheckBox* m_registers = nullptr;
    QCheckBox* m_default = nullptr;
};

} // namespace hs::ui
