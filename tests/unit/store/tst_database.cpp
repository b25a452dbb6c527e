#include "store/Database.h"
#include "store/Migrations.h"

#include <QCryptographicHash>
#include <QDir>
#include <QFile>
#include <QTemporaryDir>
#include <QTest>

#include <sys/stat.h>
#include <unistd.h>

using namespace hs;
using store::Database;

// What is read-only is not so for root, so the test is someone else meanwhile.
class AsNobody {
public:
    AsNobody()
    {
        if (::geteuid() == 0) {
            m_changed = ::setresuid(65534, 65534, 0) == 0;
        }
    }
    ~AsNobody()
    {
        if (m_changed && ::setresuid(0, 0, 0) != 0) {
            qFatal("the test can't be root again");
        }
    }

private:
    bool m_changed = false;
};

class DatabaseTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void init();
    void opensAndMigrates();
    void makesMissingFolders();
    void isForItsOwnerAlone();
    void refusesANewerVersion();
    void stepsRunOnceAndInOrder();
    void aFailingStepLeavesTheVersionBefore();
    void refusesAnotherProgramsDatabase();
    void refusesWhatIsNoDatabase();
    void refusesADamagedFile();
    void refusesAReadOnlyFile();
    void refusesAReadOnlyFolder();
    void refusesAFolderAsFile();
    void refusesAnImpossibleFolder();
    void noticesThatTheFileIsGone();
    void waitsOnlySoLongForALock();

private:
    QByteArray bytes() const;
    QString errorOf(Database::Access access = Database::Access::ReadWrite) const;

    std::unique_ptr<QTemporaryDir> m_folder;
    QString m_path;
};

void DatabaseTest::init()
{
    m_folder = std::make_unique<QTemporaryDir>();
    QFile::setPermissions(m_folder->path(), QFile::Permissions(0x7755));
    m_path = m_folder->filePath(QStringLiteral("calls.db"));
}

QByteArray DatabaseTest::bytes() const
{
    QFile file(m_path);
    return file.open(QIODevice::ReadOnly) ? file.readAll() : QByteArray();
}

QString DatabaseTest::errorOf(Database::Access access) const
{
    const auto opened = Database::open(m_path, access, std::chrono::milliseconds(10));
    return opened ? QString() : opened.error().text;
}

void DatabaseTest::opensAndMigrates()
{
    for (int i = 0; i < 2; ++i) {
        const auto database = Database::open(m_path, Database::Access::ReadWrite);
        QVERIFY2(database, qPrintable(database ? QString() : database.error().text));
        QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA user_version")),
                 store::latestVersion());
        QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA synchronous")), 1);
        QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA foreign_keys")), 1);
        QVERIFY(QFile::exists(m_path + QStringLiteral("-wal")));
        QVERIFY((*database)->isInPlace());
    }
}

void DatabaseTest::makesMissingFolders()
{
    m_path = m_folder->filePath(QStringLiteral("a/b/c/calls.db"));
    QCOMPARE(errorOf(), QString());
    QVERIFY(QFile::exists(m_path));
}

void DatabaseTest::isForItsOwnerAlone()
{
    const auto modeOf = [](const QString& path) {
        struct stat status { };
        return ::stat(QFile::encodeName(path).constData(), &status) == 0 ? status.st_mode & 07777U
                                                                         : 0U;
    };
    const auto database = Database::open(m_path, Database::Access::ReadWrite);
    QVERIFY(database.ok());
    QCOMPARE(modeOf(m_path), 0600U);
    QCOMPARE(modeOf(m_path + QStringLiteral("-wal")), 0600U);
}

void DatabaseTest::refusesANewerVersion()
{
    {
        const auto database = Database::open(m_path, Database::Access::ReadWrite);
        QVERIFY((*database)->exec(QStringLiteral("PRAGMA user_version=47")));
    }
    const QByteArray before = bytes();
    for (const auto access : {Database::Access::ReadWrite, Database::Access::ReadOnly}) {
        const QString error = errorOf(access);
        QVERIFY2(error.contains(m_path), qPrintable(error));
        QVERIFY2(error.contains(QStringLiteral("version 47")), qPrintable(error));
        QVERIFY2(error.contains(QStringLiteral("up to %1").arg(store::latestVersion())),
                 qPrintable(error));
    }
    QCOMPARE(bytes(), before);
}

void DatabaseTest::stepsRunOnceAndInOrder()
{
    const auto database = Database::open(m_path, Database::Access::ReadWrite);
    const int base = store::latestVersion();
    const QList<store::Migration> steps{
        {base + 1, {QStringLiteral("CREATE TABLE extra (a INTEGER)")}},
        {base + 2,
         {QStringLiteral("ALTER TABLE extra ADD COLUMN b INTEGER"),
          QStringLiteral("INSERT INTO extra (a, b) VALUES (1, 2)")}}};
    for (int i = 0; i < 2; ++i) {
        QVERIFY(store::migrate(**database, steps));
        QCOMPARE(*(*database)->number(QStringLiteral("SELECT count(*) FROM extra")), 1);
        QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA user_version")), base + 2);
    }
}

void DatabaseTest::aFailingStepLeavesTheVersionBefore()
{
    const auto database = Database::open(m_path, Database::Access::ReadWrite);
    const int base = store::latestVersion();
    const QList<store::Migration> steps{
        {base + 1, {QStringLiteral("CREATE TABLE extra (a INTEGER)")}},
        {base + 2, {QStringLiteral("DROP TABLE extra"), QStringLiteral("DROP TABLE nonesuch")}}};
    const auto migrated = store::migrate(**database, steps);
    QVERIFY(!migrated);
    QVERIFY2(migrated.error().text.contains(QStringLiteral("version %1").arg(base + 2)),
             qPrintable(migrated.error().text));
    QCOMPARE(*(*database)->number(QStringLiteral("PRAGMA user_version")), base + 1);
    QCOMPARE(*(*database)->number(QStringLiteral("SELECT count(*) FROM extra")), 0);
}

void DatabaseTest::refusesAnotherProgramsDatabase()
{
    {
        const auto database = Database::open(m_path, Database::Access::ReadWrite);
        QVERIFY((*database)->exec(QStringLiteral("PRAGMA user_version=0")));
    }
    const QByteArray before = bytes();
    QVERIFY2(errorOf().contains(QStringLiteral("another program")), qPrintable(errorOf()));
    QCOMPARE(bytes(), before);
}

void DatabaseTest::refusesWhatIsNoDatabase()
{
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::WriteOnly));
    file.write(QByteArray(10000, 'x'));
    file.close();
    const QString error = errorOf();
    QVERIFY2(error.contains(m_path) && error.contains(QStringLiteral("is damaged"))
                 && error.contains(QStringLiteral("move it away")),
             qPrintable(error));
    QCOMPARE(bytes(), QByteArray(10000, 'x'));
}

void DatabaseTest::refusesADamagedFile()
{
    {
        const auto database = Database::open(m_path, Database::Access::ReadWrite);
        QVERIFY((*database)->exec(QStringLiteral("CREATE TABLE t (a TEXT)")));
        QVERIFY((*database)->exec(QStringLiteral(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 2000) "
            "INSERT INTO t SELECT printf('%0200d', i) FROM n")));
    }
    QFile file(m_path);
    QVERIFY(file.open(QIODevice::ReadWrite));
    QVERIFY(file.seek(file.size() - 40 * 4096));
    file.write(QByteArray(3 * 4096, '\x5a'));
    file.close();
    const QByteArray before = bytes();
    const QString error = errorOf();
    QVERIFY2(error.contains(m_path) && error.contains(QStringLiteral("is damaged")),
             qPrintable(error));
    QCOMPARE(bytes(), before);
}

void DatabaseTest::refusesAReadOnlyFile()
{
    QCOMPARE(errorOf(), QString());
    QVERIFY(QFile::setPermissions(m_path, QFile::ReadOwner | QFile::ReadOther));
    const AsNobody nobody;
    const QString error = errorOf();
    QVERIFY2(error.contains(m_path) && error.contains(QStringLiteral("is read-only")),
             qPrintable(error));
}

void DatabaseTest::refusesAReadOnlyFolder()
{
    QVERIFY(QFile::setPermissions(m_folder->path(), QFile::Permissions(0x5555)));
    const AsNobody nobody;
    const QString error = errorOf();
    QVERIFY2(error.contains(m_path) && error.contains(QStringLiteral("folder that can't be")),
             qPrintable(error));
}

void DatabaseTest::refusesAFolderAsFile()
{
    m_path = m_folder->path();
    QVERIFY2(errorOf().contains(QStringLiteral("is no file")), qPrintable(errorOf()));
}

void DatabaseTest::refusesAnImpossibleFolder()
{
    m_path = QStringLiteral("/proc/nonesuch/calls.db");
    QVERIFY2(errorOf().contains(QStringLiteral("/proc/nonesuch")), qPrintable(errorOf()));
}

void DatabaseTest::noticesThatTheFileIsGone()
{
    const auto database = Database::open(m_path, Database::Access::ReadWrite);
    QVERIFY((*database)->isInPlace());
    QVERIFY(QFile::rename(m_path, m_path + QStringLiteral(".away")));
    QVERIFY(!(*database)->isInPlace());
    QVERIFY(QFile::copy(m_path + QStringLiteral(".away"), m_path));
    QVERIFY(!(*database)->isInPlace());
}

void DatabaseTest::waitsOnlySoLongForALock()
{
    const auto holder = Database::open(m_path, Database::Access::ReadWrite);
    QVERIFY((*holder)->begin());
    QVERIFY2(errorOf().contains(QStringLiteral("is locked")), qPrintable(errorOf()));
    (*holder)->rollback();
    QCOMPARE(errorOf(), QString());
}

QTEST_GUILESS_MAIN(DatabaseTest)
#include "tst_database.moc"
