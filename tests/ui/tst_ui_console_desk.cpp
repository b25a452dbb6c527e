// What the window says of accounts as they come, go and fail, and what it asks before it ends a
// call.
#include "Console.h"
#include "SampleAccounts.h"
#include "ui/models/AccountListModel.h"
#include "ui/widgets/Table.h"

#include <QApplication>
#include <QCheckBox>
#include <QDialog>
#include <QDialogButtonBox>
#include <QLabel>
#include <QLineEdit>
#include <QMessageBox>
#include <QPushButton>
#include <QTimer>

using namespace hs;
using namespace hs::test;
using model::Account;
using model::Actor;
using model::RegistrationState;

class ConsoleDeskTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void cleanup() { m_console.reset(); }
    void detailIsASentence();
    void newAccountIsSelected();
    void renamedAccountIsSelected();
    void refusedAccountIsNotWaitedFor();
    void removalTellsOfTheCall();
    void firstIsTheDefaultWhereNoneIs();
    void reachableAtTheAccountsAddress();
    void formGivesBackItsRoom();
    void windowMayGoWithAFormOpen();
    void checkBoxesCanBeSeen_data();
    void checkBoxesCanBeSeen();
    void quitIsNotWhatEnterMeans();

private:
    QDialog& openDialog()
    {
        m_console->key(Qt::Key_A, Qt::ControlModifier | Qt::ShiftModifier);
        return active(*m_console->find<QDialog>("accountsDialog"));
    }
    QDialog& openForm(const char* button)
    {
        m_console->find<QPushButton>(button)->click();
        return active(*m_console->find<QDialog>("accountForm"));
    }
    static QDialog& active(QDialog& dialog)
    {
        if (!QTest::qWaitFor([&dialog] { return QApplication::activeWindow() == &dialog; })) {
            qFatal("the dialog does not become active");
        }
        return dialog;
    }
    static void fill(QDialog& form, const char* field, const char* text)
    {
        form.findChild<QLineEdit*>(QLatin1String(field))->setText(QLatin1String(text));
    }
    static void save(QDialog& form)
    {
        form.findChild<QDialogButtonBox*>()->button(QDialogButtonBox::Save)->click();
    }
    ui::Table& table() const { return *m_console->find<ui::Table>("accounts"); }
    QString text(int row, ui::AccountColumn column, int role) const
    {
        return table().model()->index(row, int(column)).data(role).toString();
    }
    FakeAccounts& accounts() { return m_console->engine.accounts(); }

    std::unique_ptr<Console> m_console;
};

void ConsoleDeskTest::init()
{
    m_console = std::make_unique<Console>();
    m_console->engine.status().set(runningStatus());
    accounts().set(someAccounts(), someStates());
    QVERIFY(m_console->open());
}

void ConsoleDeskTest::detailIsASentence()
{
    openDialog();
    const auto* detail = m_console->find<QLabel>("accountDetail");
    QVERIFY2(detail->text().startsWith(QStringLiteral("office: Registered \u2014 until ")),
             qPrintable(detail->text()));
    QVERIFY(!detail->text().contains(QStringLiteral("Registered.")));
    table().selectRowAt(1);
    QVERIFY2(detail->text().startsWith(
                 QStringLiteral("home: Failing \u2014 The server refused it: 403 Forbidden.")),
             qPrintable(detail->text()));
    QVERIFY(detail->text().endsWith(QStringLiteral("Next try in 25 s.")));
    table().selectRowAt(2);
    QVERIFY(detail->text().startsWith(QStringLiteral("fax: ")));
}

void ConsoleDeskTest::newAccountIsSelected()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    fill(form, "name", "trunk");
    fill(form, "user", "300");
    fill(form, "domain", "sip.example.net");
    save(form);
    QVERIFY(table().selectedId().toString() != QStringLiteral("trunk")); // not there yet
    accounts().set(someAccounts() + accounts().saved, someStates());
    QCOMPARE(table().selectedId().toString(), QStringLiteral("trunk"));
    QVERIFY(m_console->find<QLabel>("accountDetail")->text().startsWith(QStringLiteral("trunk: ")));
    table().selectRowAt(0);
    accounts().set(someAccounts() + accounts().saved, someStates());
    QCOMPARE(table().selectedId().toString(), QStringLiteral("office")); // once is enough
}

void ConsoleDeskTest::renamedAccountIsSelected()
{
    openDialog();
    table().selectRowAt(1);
    QDialog& form = openForm("editAccount");
    fill(form, "name", "flat");
    save(form);
    QList<Account> all = someAccounts();
    all[1].name = QStringLiteral("flat");
    accounts().set(all, someStates());
    QCOMPARE(table().selectedId().toString(), QStringLiteral("flat"));
}

void ConsoleDeskTest::refusedAccountIsNotWaitedFor()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    fill(form, "name", "trunk");
    fill(form, "user", "300");
    fill(form, "domain", "sip.example.net");
    save(form);
    Q_EMIT accounts().refused(QStringLiteral("the file cannot be written"));
    accounts().set(someAccounts() + accounts().saved, someStates());
    QCOMPARE(table().selectedId().toString(), QStringLiteral("office"));
}

void ConsoleDeskTest::removalTellsOfTheCall()
{
    model::Call call = activeCall(1, QStringLiteral("0912"), Actor::consoleOperator(), 5000);
    call.account = QStringLiteral("home");
    model::Call gone = endedCall(2, QStringLiteral("0913"));
    gone.account = QStringLiteral("office");
    gone.endedAt = noon;
    Q_EMIT m_console->engine.calls().changed({call, gone});
    openDialog();
    const auto question = [this](int row) {
        table().selectRowAt(row);
        m_console->find<QPushButton>("removeAccount")->click();
        auto* box = m_console->find<QMessageBox>("removeQuestion");
        const QString words = box->text();
        delete box;
        return words;
    };
    QVERIFY(question(1).contains(QStringLiteral("A call is going on by this account.")));
    QVERIFY(!question(0).contains(QStringLiteral("going on"))); // that one has ended
    call.id = 3;
    Q_EMIT m_console->engine.calls().changed({call});
    QVERIFY(question(1).contains(QStringLiteral("2 calls are going on by this account.")));
}

void ConsoleDeskTest::firstIsTheDefaultWhereNoneIs()
{
    openDialog();
    const auto isDefault = [this](int row) {
        return text(row, ui::AccountColumn::Name, ui::SecondLineRole)
            .startsWith(QStringLiteral("default"));
    };
    QVERIFY(isDefault(0));
    QVERIFY(!isDefault(1));
    accounts().set(someAccounts().mid(1), someStates().mid(1)); // the default is removed
    QVERIFY(isDefault(0));
    QVERIFY(!isDefault(1));
}

void ConsoleDeskTest::reachableAtTheAccountsAddress()
{
    const auto hint = [this] { return m_console->find<ui::Table>("sessions")->emptyHint(); };
    QVERIFY2(hint().endsWith(QStringLiteral("called at sip:200@pbx.example.com.")),
             qPrintable(hint()));
    QList<model::AccountState> states = someStates();
    states[1].state = RegistrationState::Registered;
    accounts().set(someAccounts(), states);
    QVERIFY(hint().endsWith(
        QStringLiteral("called at sip:200@pbx.example.com, sip:0223880112@sip.provider.example.")));
    states[0].state = states[1].state = RegistrationState::Failed;
    accounts().set(someAccounts(), states);
    QVERIFY(hint().endsWith(QStringLiteral("called at sip:192.168.1.20:5062.")));
    model::EngineStatus down;
    m_console->engine.status().set(down);
    QVERIFY(hint().startsWith(QStringLiteral("SIP is down")));
}

void ConsoleDeskTest::formGivesBackItsRoom()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    const int before = form.height();
    save(form); // all of it is empty
    QVERIFY(form.height() > before);
    for (const char* name : {"name", "user", "domain"}) {
        auto* field = form.findChild<QLineEdit*>(QLatin1String(name));
        field->setFocus();
        QTest::keyClicks(field, QStringLiteral("b"));
    }
    Console::settle();
    for (const QLabel* problem : form.findChildren<QLabel*>(QStringLiteral("fieldProblem"))) {
        QVERIFY2(problem->isHidden(), qPrintable(problem->text()));
    }
    QCOMPARE(form.height(), before);
}

// A field that was typed in and has the focus goes with the window.
void ConsoleDeskTest::windowMayGoWithAFormOpen()
{
    openDialog();
    QDialog& form = openForm("addAccount");
    QTest::keyClicks(form.focusWidget(), QStringLiteral("office"));
    m_console.reset(); // must not crash
}

void ConsoleDeskTest::checkBoxesCanBeSeen_data()
{
    QTest::addColumn<ui::Theme::Choice>("theme");
    QTest::newRow("light") << ui::Theme::Choice::Light;
    QTest::newRow("dark") << ui::Theme::Choice::Dark;
}

void ConsoleDeskTest::checkBoxesCanBeSeen()
{
    QFETCH(ui::Theme::Choice, theme);
    m_console->theme.setChoice(theme);
    openDialog();
    QDialog& form = openForm("addAccount");
    auto* box = form.findChild<QCheckBox*>(QStringLiteral("registers"));
    for (const bool checked : {false, true}) {
        box->setChecked(checked);
        Console::settle();
        const QImage picture = form.grab().toImage();
        const QPoint corner = box->mapTo(&form, QPoint());
        const QColor ground = picture.pixelColor(corner + QPoint(0, 1));
        double most = 1; // contrast of anything within the box's frame to what is around it
        for (int x = 0; x < box->height(); ++x) {
            const QColor pixel = picture.pixelColor(corner + QPoint(x, box->height() / 2));
            most = std::max(most, ui::contrast(pixel, ground));
        }
        QVERIFY2(most >= 3, qPrintable(QString::number(most))); // WCAG 1.4.11
    }
}

void ConsoleDeskTest::quitIsNotWhatEnterMeans()
{
    const ui::ConsoleOptions options = ui::ConsoleOptions().completed(m_console->window.get());
    const auto answer = [](const std::function<void(QMessageBox&)>& act) {
        QTimer::singleShot(0, qApp, [act] {
            act(*qobject_cast<QMessageBox*>(QApplication::activeModalWidget()));
        });
    };
    answer([](QMessageBox& box) { QTest::keyClick(&box, Qt::Key_Return); });
    QVERIFY(!options.confirmQuit(1));
    answer([](QMessageBox& box) { QTest::keyClick(&box, Qt::Key_Escape); });
    QVERIFY(!options.confirmQuit(2));
    answer(
        [](QMessageBox& box) { box.findChild<QPushButton*>(QStringLiteral("quitYes"))->click(); });
    QVERIFY(options.confirmQuit(1));
}

QTEST_MAIN(ConsoleDeskTest)
#include "tst_ui_console_desk.moc"
