// Accounts in the window: the dialog and its form, the choice when dialling, voice messages; by key
// and by mouse.
#include "Console.h"
#include "SampleAccounts.h"
#include "support/Soon.h"
#include "ui/models/AccountListModel.h"
#include "ui/widgets/Table.h"

#include <QAction>
#include <QApplication>
#include <QCheckBox>
#include <QComboBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QSignalSpy>
#include <QSpinBox>
#include <QToolButton>

using namespace hs;
using namespace hs::test;

class ConsoleAccountsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void statusBarSaysHowTheyAre();
    void choiceOnlyWhereThereIsOne();
    void dialsByTheChosenAccount();
    void voiceMailIsDialled();
    void voiceMailWithoutNumberIsSaid();
    void dialogListsThem();
    void registerAndUnregister();
    void refusalIsSaidWhereOneLooks();
    void removeAsks();
    void formIsTabbedThroughAsItIsRead();
    void newAccount();
    void wrongInputIsSaidAtTheField();
    void editKeepsThePassword();
    void codecsOfItsOwnAreNotNone();

private:
    QDialog& openDialog()
    {
        m_console->key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        auto* dialog = m_console->find<QDialog>("accountsDialog");
        return active(*dialog);
    }
    QDialog& openForm(const char* button)
    {
        m_console->find<QPushButton>(button)->click();
        return active(*m_console->find<QDialog>("accountForm"));
    }
    // It shares its activation with the window: the keys go to it a little later.
    static QDialog& active(QDialog& dialog)
    {
        if (!QTest::qWaitFor([&dialog] { return QApplication::activeWindow() == &dialog; })) {
            qFatal("the dialog does not become active");
        }
        return dialog;
    }
    static QLineEdit& field(QDialog& form, const char* name)
    {
        return *form.findChild<QLineEdit*>(QLatin1String(name));
    }
    static void save(QDialog& form)
    {
        form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->click();
    }
    FakeAccounts& accounts() { return m_console->engine.accounts(); }
    QStringList orders() { return m_console->engine.calls().takeOrders(); }
    static QStringList order(const char* text) { return {QLatin1String(text)}; }

    std::unique_ptr<Console> m_console;
};

void ConsoleAccountsTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    m_console->engine.accounts().set(someAccounts(), someStates());
    QVERIFY(m_console->open());
}

void ConsoleAccountsTest::statusBarSaysHowTheyAre()
{
    auto* button = m_console->find<QToolButton>("statusAccounts");
    QCOMPARE(button->text(), QStringLiteral("1 of 3 accounts failing"));
    QCOMPARE(button->property("bad").toBool(), true);
    QVERIFY(button->toolTip().contains(QStringLiteral("403 Forbidden")));
    accounts().set(someAccounts().mid(0, 1), someStates().mid(0, 1));
    QCOMPARE(button->text(), QStringLiteral("account fine"));
    QCOMPARE(button->property("bad").toBool(), false);
    button->click();
    QVERIFY(m_console->find<QDialog>("accountsDialog")->isVisible());
}

void ConsoleAccountsTest::choiceOnlyWhereThereIsOne()
{
    auto* choice = m_console->find<QComboBox>("dialAccount");
    QVERIFY(choice->isVisible());
    QCOMPARE(choice->currentText(), QStringLiteral("office"));
    QVERIFY(!choice->accessibleName().isEmpty());
    accounts().set(someAccounts().mid(0, 1), someStates().mid(0, 1));
    QVERIFY(!choice->isVisible());
    model::EngineStatus status = runningStatus();
    status.canDialNumbers = false; // no SIP server, but an account
    m_console->engine.status().set(status);
    QVERIFY(!m_console->find<QLabel>("dialHint")->text().contains(QStringLiteral("No SIP")));
    accounts().set({}, {});
    QVERIFY(m_console->find<QLabel>("dialHint")->text().contains(QStringLiteral("No SIP")));
}

void ConsoleAccountsTest::dialsByTheChosenAccount()
{
    m_console->type(QStringLiteral("0912\r"));
    QCOMPARE(orders(), order("dial 0912")); // the default is the engine's choice as well
    auto* choice = m_console->find<QComboBox>("dialAccount");
    choice->setFocus();
    m_console->key(Qt::Key_Down);
    QCOMPARE(choice->currentText(), QStringLiteral("home"));
    m_console->find<QLineEdit>("dialField")->setFocus();
    m_console->find<QLineEdit>("dialField")->clear();
    m_console->type(QStringLiteral("0912\r"));
    QCOMPARE(orders(), order("dial 0912 by home"));
    accounts().set(someAccounts(), someStates()); // news of a state
    QCOMPARE(choice->currentText(), QStringLiteral("home"));
    QSignalSpy refilled(choice->model(), &QAbstractItemModel::rowsRemoved);
    accounts().set(someAccounts(), someStates().mid(0, 1)); // an open list keeps its place
    QCOMPARE(refilled.size(), 0);
    accounts().set(someAccounts().mid(0, 1) + someAccounts().mid(2), {});
    QCOMPARE(choice->currentText(), QStringLiteral("office")); // the chosen one is gone
}

void ConsoleAccountsTest::voiceMailIsDialled()
{
    auto* waiting = m_console->find<QToolButton>("statusVoiceMail");
    QVERIFY(waiting->isVisible());
    QCOMPARE(waiting->text(), QStringLiteral("3 new voice messages"));
    waiting->click();
    QCOMPARE(orders(), order("dial *97 by office"));
    m_console->key(Qt::Key_V, Qt::ControlModifier | Qt::ShiftModifier);
    QCOMPARE(orders(), order("dial *97 by office"));
    QList<model::AccountState> states = someStates();
    states[0].newMessages = 0;
    accounts().set(someAccounts(), states);
    QVERIFY(!waiting->isVisible());
}

void ConsoleAccountsTest::voiceMailWithoutNumberIsSaid()
{
    QList<model::Account> without = someAccounts();
    without[0].voicemailNumber.clear();
    accounts().set(without, someStates());
    m_console->find<QToolButton>("statusVoiceMail")->click();
    QCOMPARE(orders(), QStringList());
    QVERIFY(m_console->find<QLabel>("bannerTitle")
                ->text()
                .contains(QStringLiteral("office has no voice mail number")));
}

void ConsoleAccountsTest::dialogListsThem()
{
    QDialog& dialog = openDialog();
    QVERIFY(dialog.isVisible());
    auto* table = m_console->find<ui::Table>("accounts");
    QVERIFY(table->hasFocus());
    const auto text = [table](int row, ui::AccountColumn column, int role = Qt::DisplayRole) {
        return table->model()->index(row, int(column)).data(role).toString();
    };
    QCOMPARE(text(0, ui::AccountColumn::Name), QStringLiteral("office"));
    QCOMPARE(text(0, ui::AccountColumn::Name, ui::SecondLineRole),
             QStringLiteral("default \u00b7 200@pbx.example.com"));
    QCOMPARE(text(0, ui::AccountColumn::Messages), QStringLiteral("3 new"));
    QCOMPARE(text(1, ui::AccountColumn::State), QStringLiteral("Failing"));
    QVERIFY(text(1, ui::AccountColumn::State, ui::SecondLineRole)
                .startsWith(QStringLiteral("The server refused it: 403")));
    QCOMPARE(text(2, ui::AccountColumn::State, ui::SecondLineRole),
             QStringLiteral("does not register, calls only"));
    QTest::keyClick(table, Qt::Key_Down);
    QVERIFY(m_console->find<QLabel>("accountDetail")
                ->text()
                .contains(QStringLiteral("Is the password right?")));
    m_console->now = noon + 10000;
    SOON_VERIFY(text(1, ui::AccountColumn::State, ui::SecondLineRole)
                    .contains(QStringLiteral("Next try in 15 s")));
    QCOMPARE(table->selectedId().toString(), QStringLiteral("home"));
    QTest::keyClick(&dialog, Qt::Key_Escape);
    QVERIFY(!dialog.isVisible());
}

void ConsoleAccountsTest::registerAndUnregister()
{
    openDialog();
    auto* table = m_console->find<ui::Table>("accounts");
    table->selectRowAt(1);
    m_console->find<QPushButton>("registerAccount")->click();
    m_console->find<QPushButton>("unregisterAccount")->click();
    QCOMPARE(accounts().takeOrders(),
             QStringList({QStringLiteral("register home"), QStringLiteral("unregister home")}));
    table->selectRowAt(2); // never registers
    QVERIFY(!m_console->find<QPushButton>("registerAccount")->isEnabled());
    QVERIFY(!m_console->find<QPushButton>("unregisterAccount")->isEnabled());
}

void ConsoleAccountsTest::refusalIsSaidWhereOneLooks()
{
    const QString reason = QStringLiteral("/etc/hookswitch.conf cannot be written");
    Q_EMIT accounts().refused(reason);
    QCOMPARE(m_console->find<QLabel>("bannerTitle")->text(), reason);
    openDialog();
    Q_EMIT accounts().refused(reason);
    auto* message = m_console->find<QLabel>("accountsMessage");
    QVERIFY(message->isVisible());
    QCOMPARE(message->text(), reason);
    m_console->find<ui::Table>("accounts")->selectRowAt(0);
    m_console->find<QPushButton>("registerAccount")->click();
    QVERIFY(message->text().isEmpty()); // it was about the last order
}

void ConsoleAccountsTest::removeAsks()
{
    openDialog();
    auto* table = m_console->find<ui::Table>("accounts");
    table->selectRowAt(1);
    QTest::keyClick(table, Qt::Key_Delete);
    QTest::keyClick(m_console->find<QDialog>("removeQuestion"), Qt::Key_Escape);
    QCOMPARE(accounts().takeOrders(), QStringList());
    Console::settle();
    m_console->find<QPushButton>("removeAccount")->click();
    m_console->find<QPushButton>("removeYes")->click();
    QCOMPARE(accounts().takeOrders(), order("remove home"));
}

void ConsoleAccountsTest::formIsTabbedThroughAsItIsRead()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    QStringList order;
    QPoint before(-1, -1);
    for (int i = 0; i < 17; ++i) {
        const QWidget* focused = form.focusWidget();
        order << focused->objectName();
        const QPoint at = focused->mapTo(&form, QPoint());
        // Down one side, then down the other.
        QVERIFY2(at.y() > before.y() || at.x() > before.x() + 100, qPrintable(order.join(u' ')));
        before = at;
        QTest::keyClick(form.focusWidget(), Qt::Key_Tab);
    }
    const QString expected =
        QStringLiteral("name display_name user domain auth_user password registers isDefault "
                       "registrar outbound_proxy transport expires dtmf ownCodecs voicemail "
                       "busy_lamps pickup_prefix");
    QCOMPARE(order.join(u' '), expected);
    auto* buttons = form.findChild<QDialogButtonBox*>();
    QCOMPARE(form.focusWidget(), buttons->button(QDialogButtonBox::Save));
    QTest::keyClick(form.focusWidget(), Qt::Key_Tab);
    QCOMPARE(form.focusWidget(), buttons->button(QDialogButtonBox::Cancel));
}

void ConsoleAccountsTest::newAccount()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    QVERIFY(field(form, "name").hasFocus());
    QTest::keyClicks(&field(form, "name"), QStringLiteral("trunk"));
    field(form, "user").setText(QStringLiteral("300"));
    field(form, "domain").setText(QStringLiteral("sip.example.net"));
    field(form, "password").setText(QStringLiteral("s3cret"));
    field(form, "busy_lamps").setText(QStringLiteral("301,302"));
    form.findChild<QSpinBox*>(QStringLiteral("expires"))->setValue(300);
    form.findChild<QComboBox*>(QStringLiteral("transport"))->setCurrentIndex(3);
    form.findChild<QComboBox*>(QStringLiteral("dtmf"))->setCurrentIndex(2);
    form.findChild<QCheckBox*>(QStringLiteral("registers"))->setChecked(false);
    QVERIFY(!form.findChild<QCheckBox*>(QStringLiteral("isDefault"))->isChecked()); // not the first
    QCOMPARE(field(form, "password").echoMode(), QLineEdit::Password);
    save(form);
    QCOMPARE(accounts().takeOrders(), order("save trunk password s3cret"));
    model::Account expected;
    expected.name = QStringLiteral("trunk");
    expected.user = QStringLiteral("300");
    expected.domain = QStringLiteral("sip.example.net");
    expected.busyLamps = QStringList{QStringLiteral("301"), QStringLiteral("302")};
    expected.expires = std::chrono::seconds(300);
    expected.transport = model::SipTransport::Tls;
    expected.dtmf = model::DtmfMethod::Info;
    expected.registers = false;
    QCOMPARE(accounts().saved.last(), expected);
    QVERIFY(!form.isVisible());
}

void ConsoleAccountsTest::wrongInputIsSaidAtTheField()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    field(form, "name").setText(QStringLiteral("office")); // taken
    field(form, "user").setText(QStringLiteral("200@x"));
    field(form, "domain").setText(QStringLiteral("example.com"));
    field(form, "pickup_prefix").setText(QStringLiteral("ab"));
    save(form);
    QCOMPARE(accounts().takeOrders(), QStringList());
    QVERIFY(form.isVisible());
    QVERIFY(field(form, "name").hasFocus()); // the first that is wrong
    QVERIFY(field(form, "name").accessibleDescription().contains(QStringLiteral("already")));
    int shown = 0;
    for (const QLabel* problem : form.findChildren<QLabel*>(QStringLiteral("fieldProblem"))) {
        shown += problem->isVisible() ? 1 : 0;
        QVERIFY(problem->height() >= problem->heightForWidth(problem->width())
                || !problem->isVisible());
    }
    QCOMPARE(shown, 3);
    field(form, "name").selectAll();
    QTest::keyClicks(&field(form, "name"), QStringLiteral("b"));
    field(form, "user").setText(QStringLiteral("200"));
    field(form, "pickup_prefix").clear();
    save(form);
    QCOMPARE(accounts().takeOrders(), order("save b"));
}

void ConsoleAccountsTest::editKeepsThePassword()
{
    QList<model::Account> all = someAccounts();
    all[0].passwordFile = QStringLiteral("/run/secrets/sip");
    accounts().set(all, someStates());
    openDialog();
    m_console->find<ui::Table>("accounts")->selectRowAt(0);
    QTest::keyClick(m_console->find<ui::Table>("accounts"), Qt::Key_Return);
    QDialog* form = m_console->find<QDialog>("accountForm");
    QCOMPARE(field(*form, "password").text(), QString());
    field(*form, "name").setText(QStringLiteral("desk"));
    save(*form);
    QCOMPARE(accounts().takeOrders(), order("save desk was office"));
    all[0].name = QStringLiteral("desk");
    QCOMPARE(accounts().saved.last(), all[0]); // nothing else was lost
    Console::settle();
    QDialog& again = openForm("editAccount");
    field(again, "password").setText(QStringLiteral("new"));
    save(again);
    QCOMPARE(accounts().takeOrders(), order("save office was office password new"));
    QCOMPARE(accounts().saved.last().passwordFile, QString()); // it would go first
}

void ConsoleAccountsTest::codecsOfItsOwnAreNotNone()
{
    accounts().generalCodecs = QStringList{QStringLiteral("PCMU")};
    openDialog();
    QDialog& form = openForm("addAccount");
    field(form, "name").setText(QStringLiteral("b"));
    field(form, "user").setText(QStringLiteral("200"));
    field(form, "domain").setText(QStringLiteral("example.com"));
    auto* isOwn = form.findChild<QCheckBox*>(QStringLiteral("ownCodecs"));
    auto* codecs = form.findChild<QListWidget*>(QStringLiteral("codecs"));
    QCOMPARE(codecs->item(0)->text(), QStringLiteral("PCMU")); // as the calls without an account
    isOwn->click();
    codecs->item(0)->setCheckState(Qt::Unchecked);
    save(form);
    QCOMPARE(accounts().takeOrders(), QStringList());
    QVERIFY(isOwn->hasFocus());
    const auto* problem = isOwn->parentWidget()->findChild<QLabel*>(QStringLiteral("fieldProblem"));
    QVERIFY(problem->isVisible() && problem->height() >= problem->heightForWidth(problem->width()));
    codecs->item(1)->setCheckState(Qt::Checked);
    save(form);
    QCOMPARE(accounts().saved.last().codecs, QStringList{QStringLiteral("opus")});
}

QTEST_MAIN(ConsoleAccountsTest)
#include "tst_ui_console_accounts.moc"
