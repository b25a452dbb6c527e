#include "engine/ConfigFile.h"

#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

using namespace hs;
using engine::ConfigFile;

class ConfigFileTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void readsLines_data();
    void readsLines();
    void namesFileAndLine_data();
    void namesFileAndLine();
    void tellsOfEveryError();
    void sectionsHaveKeysOfTheirOwn();
    void whatAnEditRefusesIsNotWritten();
    void aMissingFileIsEmpty();
    void whatCanNotBeReadIsAnError_data();
    void whatCanNotBeReadIsAnError();
    void changesOneValue_data();
    void changesOneValue();
    void madeValuesAreReadBack();
    void keepsPermissionsAndLinks();
    void tellsWhyItCanNotWrite();

private:
    void write(const QByteArray& bytes);
    QByteArray bytes();

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void ConfigFileTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    m_path = m_folder->filePath(QStringLiteral("x.conf"));
}

void ConfigFileTest::write(const QByteArray& bytes)
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(bytes);
}

QByteArray ConfigFileTest::bytes()
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray("unreadable");
}

void ConfigFileTest::readsLines_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("value");
    const auto row = [](const char* name, const QByteArray& line, const QString& value) {
        QTest::newRow(name) << line << value;
    };
    row("plain", "key = value", QStringLiteral("value"));
    row("no blanks", "key=value", QStringLiteral("value"));
    row("blanks around", "\t key \t=\t value \t", QStringLiteral("value"));
    row("blanks inside", "key = a  b", QStringLiteral("a  b"));
    row("CRLF", "key = value\r", QStringLiteral("value"));
    row("comment after a blank", "key = value # = comment", QStringLiteral("value"));
    row("# without a blank", "key = a#b", QStringLiteral("a#b"));
    row("= in the value", "key = a=b", QStringLiteral("a=b"));
    row("nothing", "key =", QString());
    row("only a comment", "key = # comment", QString());
    row("only a comment, no blank", "key =# comment", QString());
    row("quoted", "key = \" a # b \" # comment", QStringLiteral(" a # b "));
    row("escapes in quotes", R"(key = "a\"b\\c\d")", QStringLiteral(R"(a"b\c\d)"));
    row("quote inside", "key = a\"b", QStringLiteral("a\"b"));
    row("UTF-8", "key = 錄音", QString::fromUtf8("錄音"));
    row("byte order mark", "\xef\xbb\xbfkey = value", QStringLiteral("value"));
    row("section-like value", "key = [x]", QStringLiteral("[x]"));
}

void ConfigFileTest::readsLines()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, value);
    write(line + "\n# comment\n\n");
    const ConfigFile file = ConfigFile::read(m_path);
    QCOMPARE(file.errors, QStringList());
    QVERIFY(file.exists);
    QCOMPARE(file.entries.size(), 1);
    QCOMPARE(file.entries.first().key, QStringLiteral("key"));
    QCOMPARE(file.entries.first().value, value);
    QCOMPARE(file.entries.first().line, 1);
}

void ConfigFileTest::namesFileAndLine_data()
{
    QTest::addColumn<QByteArray>("line");
    QTest::addColumn<QString>("error");
    const auto row = [](const char* name, const QByteArray& line, const char* error) {
        QTest::newRow(name) << line << QString::fromUtf8(error);
    };
    row("no equals sign", "hello world", "'hello world' has no '='; write 'key = value'");
    row("no key", "= value", "'' is no key; keys have small letters, digits and '_'");
    row("blank in the key", "sip port = 1", "'sip port' is no key");
    row("capitals", "Sip_Port = 1", "'Sip_Port' is no key");
    row("a password is not told", "password sesame", "'password' has no '='");
    row("open section", "[account office", "'[account office': write it like [account office]");
    row("after the section", "[account a] user = 1", "nothing but a comment behind it");
    row("open quote", "key = \"abc", "key 'key': the value's closing quote is missing");
    row("escaped quote", "key = \"abc\\\"", "closing quote is missing");
    row("after the quotes", "key = \"a\" b", "something stands after the closing quote");
    row("control character", QByteArray("key = a\0b", 9), "control characters");
    row("escape sequence in a key", "\x1b[31m = 1", "'\\x1b[31m' is no key");
    row("twice", "first = 2", "key 'first': it stands in line 1 as well; remove one");
}

void ConfigFileTest::namesFileAndLine()
{
    QFETCH(QByteArray, line);
    QFETCH(QString, error);
    write("first = 1\n\n" + line + "\n");
    const ConfigFile file = ConfigFile::read(m_path);
    QCOMPARE(file.errors.size(), 1);
    QVERIFY2(file.errors.first().startsWith(m_path + QStringLiteral(":3: ")),
             qPrintable(file.errors.first()));
    QVERIFY2(file.errors.first().contains(error), qPrintable(file.errors.first()));
    QCOMPARE(file.entries.size(), 1);
}

void ConfigFileTest::tellsOfEveryError()
{
    write("a\nb\nok = 1\n[account x]\nuser = 1\nnonsense\n[other]\n");
    const ConfigFile file = ConfigFile::read(m_path);
    QCOMPARE(file.errors.size(), 3);
    QCOMPARE(file.entries.size(), 1);
}

void ConfigFileTest::sectionsHaveKeysOfTheirOwn()
{
    write("a = 1\n [ account  office ] # why\na = 2\n\n[account x]\n[other]\nb = [c]\n");
    const ConfigFile file = ConfigFile::read(m_path);
    QCOMPARE(file.errors, QStringList());
    QCOMPARE(file.entries.size(), 1);
    QCOMPARE(file.sections.size(), 3);
    const ConfigFile::Section& office = file.sections.at(0);
    QCOMPARE(office.kind + u'|' + office.name, QStringLiteral("account|office"));
    QCOMPARE(office.line, 2);
    QCOMPARE(office.entries.size(), 1);
    QCOMPARE(office.entries.at(0).value, QStringLiteral("2"));
    QCOMPARE(office.entries.at(0).line, 3);
    QCOMPARE(file.sections.at(1).name, QStringLiteral("x"));
    QVERIFY(file.sections.at(1).entries.isEmpty());
    QCOMPARE(file.sections.at(2).kind + file.sections.at(2).name, QStringLiteral("other"));
    QCOMPARE(file.sections.at(2).entries.at(0).value, QStringLiteral("[c]"));
}

void ConfigFileTest::whatAnEditRefusesIsNotWritten()
{
    write("a = 1");
    const auto changed = ConfigFile::change(m_path, [](QStringList& lines) {
        lines.clear();
        return base::Result<void>(base::Error{QStringLiteral("no")});
    });
    QVERIFY(!changed && changed.error().text == QStringLiteral("no"));
    QCOMPARE(bytes(), QByteArray("a = 1"));
}

void ConfigFileTest::aMissingFileIsEmpty()
{
    const ConfigFile file = ConfigFile::read(m_path);
    QVERIFY(!file.exists);
    QVERIFY(file.errors.isEmpty() && file.entries.isEmpty());
}

void ConfigFileTest::whatCanNotBeReadIsAnError_data()
{
    QTest::addColumn<QByteArray>("content");
    QTest::addColumn<QString>("error");
    QTest::newRow("not UTF-8") << QByteArray("key = \xff\xfe\n") << QStringLiteral("not UTF-8");
    QTest::newRow("too large") << QByteArray(1024 * 1024 + 1, '#')
                               << QStringLiteral("larger than a megabyte");
    QTest::newRow("folder") << QByteArray() << QStringLiteral("is a folder");
}

void ConfigFileTest::whatCanNotBeReadIsAnError()
{
    QFETCH(QByteArray, content);
    QFETCH(QString, error);
    if (content.isEmpty()) {
        QVERIFY(QDir().mkdir(m_path));
    } else {
        write(content);
    }
    const ConfigFile file = ConfigFile::read(m_path);
    QCOMPARE(file.errors.size(), 1);
    QVERIFY2(file.errors.first().contains(error) && file.errors.first().contains(m_path),
             qPrintable(file.errors.first()));
    const auto changed = ConfigFile::setValue(m_path, QStringLiteral("a"), QStringLiteral("b"));
    QVERIFY(!changed);
    QVERIFY(changed.error().text.contains(m_path));
}

void ConfigFileTest::changesOneValue_data()
{
    QTest::addColumn<QByteArray>("before");
    QTest::addColumn<QByteArray>("after");
    const auto row = [](const char* name, const QByteArray& before, const QByteArray& after) {
        QTest::newRow(name) << before << after;
    };
    row("all else is kept", "# head\n\nkey=old   # why\nother = 1\n",
        "# head\n\nkey=new   # why\nother = 1\n");
    row("quotes go", "key = \"o # ld\" # why\n", "key = new # why\n");
    row("no value", "key =\n", "key =new\n");
    row("CRLF", "key = old\r\nother = 1\r\n", "key = new\r\nother = 1\r\n");
    row("no line end", "a = 1\nkey = old", "a = 1\nkey = new\n");
    row("byte order mark", "\xef\xbb\xbfkey = old\n", "\xef\xbb\xbfkey = new\n");
    row("commented out is not set", "# key = old\n", "# key = old\nkey = new\n");
    row("added at the end", "a = 1\n", "a = 1\nkey = new\n");
    row("added before a section", "a = 1\n[account x]\nkey = x\n",
        "a = 1\nkey = new\n[account x]\nkey = x\n");
    row("empty", "", "key = new\n");
    row("the first if twice", "key = 1\nkey = 2\n", "key = 1\nkey = new\n");
}

void ConfigFileTest::changesOneValue()
{
    QFETCH(QByteArray, before);
    QFETCH(QByteArray, after);
    write(before);
    const auto done = ConfigFile::setValue(m_path, QStringLiteral("key"), QStringLiteral("new"));
    QVERIFY2(done, qPrintable(done ? QString() : done.error().text));
    QCOMPARE(bytes(), after);
}

void ConfigFileTest::madeValuesAreReadBack()
{
    m_path = m_folder->filePath(QStringLiteral("a/b/made.conf"));
    const QStringList values{QStringLiteral("plain"),     QString(),
                             QStringLiteral(" a "),       QStringLiteral("a # b"),
                             QStringLiteral("#"),         QStringLiteral("\"quoted\""),
                             QStringLiteral("c:\\x #"),   QStringLiteral("\" # \\"),
                             QString::fromUtf8("錄音 #1")};
    for (const QString& value : values) {
        QVERIFY(ConfigFile::setValue(m_path, QStringLiteral("key"), value));
        const ConfigFile file = ConfigFile::read(m_path);
        QCOMPARE(file.errors, QStringList());
        QCOMPARE(file.entries.size(), 1);
        QCOMPARE(file.entries.first().value, value);
    }
}

void ConfigFileTest::keepsPermissionsAndLinks()
{
    write("key = old\n");
    QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::WriteOwner));
    const QString link = m_folder->filePath(QStringLiteral("link.conf"));
    QVERIFY(QFile::link(m_path, link));
    QVERIFY(ConfigFile::setValue(link, QStringLiteral("key"), QStringLiteral("new")));
    QVERIFY(QFileInfo(link).isSymLink());
    QCOMPARE(bytes(), QByteArray("key = new\n"));
    QVERIFY(!(QFile::permissions(m_path) & QFile::ReadOther));
}

void ConfigFileTest::tellsWhyItCanNotWrite()
{
    m_path = QStringLiteral("/proc/nonesuch/x.conf");
    const auto done = ConfigFile::setValue(m_path, QStringLiteral("key"), QStringLiteral("new"));
    QVERIFY(!done);
    QVERIFY2(done.error().text.contains(m_path), qPrintable(done.error().text));
}

QTEST_GUILESS_MAIN(ConfigFileTest)
#include "tst_config_file.moc"
