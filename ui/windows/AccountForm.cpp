#include "ui/windows/AccountForm.h"

#include "ui/AccountRules.h"
#include "ui/Formatting.h"
#include "ui/widgets/CodecOrder.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDialogButtonBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QSpinBox>
#include <QTimer>

#include <algorithm>

namespace hs::ui {

namespace {
constexpr int longestField = 4000; // a list of two hundred extensions
constexpr int longestPassword = 1000;
constexpr int shortestExpiry = 60; // s
constexpr int longestExpiry = 86400;
constexpr int fieldWidth = 30; // characters

QFormLayout* makeForm()
{
    auto* form = new QFormLayout;
    form->setHorizontalSpacing(12);
    form->setVerticalSpacing(6);
    form->setFieldGrowthPolicy(QFormLayout::AllNonFixedFieldsGrow);
    form->setLabelAlignment(Qt::AlignLeft | Qt::AlignTop);
    return form;
}
} // namespace

AccountForm::AccountForm(const std::optional<model::Account>& account, const QStringList& others,
                         const QStringList& codecs, QWidget* parent)
    : QDialog(parent)
    , m_before(account)
    , m_shown(account.value_or(model::Account()))
    , m_others(others)
{
    setObjectName(QStringLiteral("accountForm"));
    setAttribute(Qt::WA_DeleteOnClose);
    setWindowTitle(account ? tr("Account %1").arg(account->name) : tr("New account"));
    // Each field is made where it stands, left side first: that is the order of the Tab key.
    auto* left = makeForm();
    auto* right = makeForm();
    addWho(*left);
    addHow(*right, codecs);
    addServices(*right);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(28);
    sides->addLayout(left, 1);
    sides->addLayout(right, 1);
    auto* buttons = new QDialogButtonBox(QDialogButtonBox::Save | QDialogButtonBox::Cancel, this);
    buttons->button(QDialogButtonBox::Save)->setText(tr("Save"));
    buttons->button(QDialogButtonBox::Cancel)->setText(tr("Cancel"));
    connect(buttons, &QDialogButtonBox::accepted, this, &AccountForm::submit);
    connect(buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(16, 14, 16, 12);
    column->setSpacing(14);
    column->addLayout(sides);
    column->addStretch(1);
    column->addWidget(buttons);
    m_fields.first().edit->setFocus();
}

// A field that loses the focus as it goes would tell this when there is no more of it.
AccountForm::~AccountForm()
{
    for (const Field& field : std::as_const(m_fields)) {
        field.edit->disconnect(this);
    }
}

void AccountForm::addWho(QFormLayout& form)
{
    addField(form, "", tr("&Name"), m_shown.name, tr("office", "example of an account's name"));
    addField(form, "display_name", tr("Shown &as"), m_shown.displayName,
             tr("what others see, may be empty"));
    addField(form, "user", tr("&User"), m_shown.user, QStringLiteral("200"));
    addField(form, "domain", tr("D&omain"), m_shown.domain, QStringLiteral("pbx.example.com"));
    addField(form, "auth_user", tr("Au&thentication user"), m_shown.authUser,
             tr("as the user, if empty"));
    addPassword(form);
    m_registers = new QCheckBox(tr("Register: be reachable there"), this);
    m_registers->setObjectName(QStringLiteral("registers"));
    m_registers->setChecked(m_shown.registers);
    m_default = new QCheckBox(tr("Default: numbers are called by it"), this);
    m_default->setObjectName(QStringLiteral("isDefault"));
    m_default->setChecked(m_before ? m_shown.isDefault : m_others.isEmpty());
    form.addRow(QString(), m_registers);
    form.addRow(QString(), m_default);
}

void AccountForm::addPassword(QFormLayout& form)
{
    m_password = new QLineEdit(this);
    m_password->setObjectName(QStringLiteral("password"));
    m_password->setEchoMode(QLineEdit::Password);
    m_password->setMaxLength(longestPassword);
    m_password->setAccessibleName(tr("Password"));
    m_password->setPlaceholderText(m_before ? tr("stays as it is, if empty") : QString());
    form.addRow(tr("&Password"), m_password);
    if (!m_shown.passwordFile.isEmpty()) {
        auto* note = new QLabel(tr("Now it is read from %1. One that is typed here is kept in its "
                                   "place.")
                                    .arg(Formatting::plain(m_shown.passwordFile, 120)),
                                this);
        note->setObjectName(QStringLiteral("secondary"));
        note->setTextFormat(Qt::PlainText);
        note->setWordWrap(true);
        form.addRow(QString(), note);
    }
}

void AccountForm::addHow(QFormLayout& form, const QStringList& codecs)
{
    addField(form, "registrar", tr("Re&gistrar"), m_shown.registrar, tr("the domain, if empty"));
    addField(form, "outbound_proxy", tr("Out&bound proxy"), m_shown.outboundProxy,
             tr("none, if empty"));
    m_transport = new QComboBox(this);
    // In the order of the enums.
    m_transport->addItems({tr("Automatic (DNS, else UDP)"), QStringLiteral("UDP"),
                           QStringLiteral("TCP"), tr("TLS (encrypted)")});
    m_transport->setObjectName(QStringLiteral("transport"));
    m_transport->setCurrentIndex(int(m_shown.transport));
    form.addRow(tr("&Transport"), m_transport);
    m_expires = new QSpinBox(this);
    m_expires->setObjectName(QStringLiteral("expires"));
    m_expires->setRange(shortestExpiry, longestExpiry);
    m_expires->setSuffix(tr(" s", "seconds, behind a number"));
    m_expires->setValue(int(m_shown.expires.count()));
    form.addRow(tr("&Expiry"), m_expires);
    m_dtmf = new QComboBox(this);
    m_dtmf->addItems({tr("Automatic"), QStringLiteral("RFC 4733"), QStringLiteral("SIP INFO"),
                      tr("Tones in the sound")});
    m_dtmf->setObjectName(QStringLiteral("dtmf"));
    m_dtmf->setCurrentIndex(int(m_shown.dtmf));
    form.addRow(tr("D&igits (DTMF)"), m_dtmf);
    m_codecs = new CodecOrder(m_shown.codecs, codecs, this);
    form.addRow(tr("&Codecs"), m_codecs);
}

void AccountForm::addServices(QFormLayout& form)
{
    addField(form, "voicemail", tr("&Voice mail number"), m_shown.voicemailNumber,
             QStringLiteral("*97"));
    addField(form, "busy_lamps", tr("&Watched extensions"),
             m_shown.busyLamps.join(QStringLiteral(", ")), QStringLiteral("201, 202"));
    addField(form, "pickup_prefix", tr("Pic&kup prefix"), m_shown.pickupPrefix,
             QStringLiteral("**"));
}

QLineEdit* AccountForm::addField(QFormLayout& form, const char* key, const QString& label,
                                 const QString& text, const QString& hint)
{
    auto* box = new QWidget(this);
    auto* column = new QVBoxLayout(box);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(2);
    auto* edit = new QLineEdit(text, box);
    edit->setObjectName(*key == 0 ? QStringLiteral("name") : QLatin1String(key));
    edit->setMaxLength(longestField);
    edit->setPlaceholderText(hint);
    edit->setAccessibleName(QString(label).remove(u'&'));
    edit->setMinimumWidth(fontMetrics().horizontalAdvance(u'x') * fieldWidth);
    edit->setCursorPosition(0);
    auto* problem = new QLabel(box);
    problem->setObjectName(QStringLiteral("fieldProblem"));
    problem->setTextFormat(Qt::PlainText);
    problem->setWordWrap(true);
    problem->hide();
    column->addWidget(edit);
    column->addWidget(problem);
    auto* caption = new QLabel(label, this);
    caption->setBuddy(edit);
    caption->setMinimumHeight(edit->sizeHint().height());
    form.addRow(caption, box);
    m_fields << Field{key, edit, problem};
    connect(edit, &QLineEdit::editingFinished, this, [this, at = m_fields.size() - 1] {
        // What was not touched is not wrong before somebody wants to save it.
        if (m_fields[at].edit->isModified()) {
            model::Account scratch = m_shown;
            check(m_fields[at], scratch);
        }
    });
    connect(edit, &QLineEdit::textEdited, this, [this, problem] {
        if (!problem->isHidden()) {
            problem->hide();
            problem->parentWidget()->layout()->activate();
            // Once the layouts around it know as well.
            QTimer::singleShot(0, this, &AccountForm::giveBackRoom);
        }
    });
    return edit;
}

bool AccountForm::check(const Field& field, model::Account& account)
{
    const QString problem = *field.key == 0
        ? AccountRules::applyName(account, field.edit->text(), m_others)
        : AccountRules::apply(account, field.key, field.edit->text());
    const int before = height(); // what is shown makes the window higher at once
    field.problem->setText(problem);
    field.problem->setVisible(!problem.isEmpty());
    field.edit->setAccessibleDescription(problem);
    makeRoom(before);
    return problem.isEmpty();
}

// A sentence that has come up is not cut off.
void AccountForm::makeRoom(int before)
{
    layout()->activate();
    resize(width(), std::max(height(), layout()->totalHeightForWidth(width())));
    if (height() > before && m_ownHeight == 0) {
        m_ownHeight = before;
    }
}

// Only while somebody types: under the mouse a button would slip away.
void AccountForm::giveBackRoom()
{
    if (m_ownHeight == 0) {
        return;
    }
    layout()->activate();
    resize(width(), std::max(m_ownHeight, layout()->totalHeightForWidth(width())));
    m_ownHeight = height() == m_ownHeight ? 0 : m_ownHeight;
}

void AccountForm::submit()
{
    model::Account account;
    account.transport = model::SipTransport(m_transport->currentIndex());
    account.dtmf = model::DtmfMethod(m_dtmf->currentIndex());
    account.codecs = m_codecs->own();
    account.expires = std::chrono::seconds(m_expires->value());
    account.registers = m_registers->isChecked();
    account.isDefault = m_default->isChecked();
    account.passwordFile = m_password->text().isEmpty() ? m_shown.passwordFile : QString();
    QLineEdit* wrong = nullptr;
    for (const Field& field : std::as_const(m_fields)) {
        if (!check(field, account) && wrong == nullptr) {
            wrong = field.edit;
        }
    }
    const int before = height();
    const bool codecsAreRight = m_codecs->check();
    makeRoom(before);
    if (wrong != nullptr) {
        wrong->setFocus();
        wrong->selectAll();
        return;
    }
    if (!codecsAreRight) {
        m_codecs->setFocus();
        return;
    }
    const QString password = m_password->text();
    m_password->clear();
    Q_EMIT saveRequested(account, m_before ? m_before->name : QString(), password);
    accept();
}

} // namespace hs::ui
