#include "engine/StandardPaths.h"

#include <QTest>

using namespace hs;
using engine::StandardPaths;

class StandardPathsTest : public QObject {
    Q_OBJECT
private Q_SLOTS:
    void defaultsAreInTheHomeFolder();
    void variablesComeFirst();
    void relativeVariablesAreIgnored();
    void withoutAHomeTheSystemIsAsked();
};

namespace {
QProcessEnvironment environment(const QMap<QString, QString>& values)
{
    QProcessEnvironment result;
    for (auto it = values.begin(); it != values.end(); ++it) {
        result.insert(it.key(), it.value());
    }
    return result;
}
} // namespace

void StandardPathsTest::defaultsAreInTheHomeFolder()
{
    const StandardPaths paths(environment({{QStringLiteral("HOME"), QStringLiteral("/home/me/")}}));
    QCOMPARE(paths.home(), QStringLiteral("/home/me"));
    QCOMPARE(paths.configFolder(), QStringLiteral("/home/me/.config/hookswitch"));
    QCOMPARE(paths.dataFolder(), QStringLiteral("/home/me/.local/share/hookswitch"));
    QCOMPARE(paths.stateFolder(), QStringLiteral("/home/me/.local/state/hookswitch"));
}

void StandardPathsTest::variablesComeFirst()
{
    const StandardPaths paths(
        environment({{QStringLiteral("HOME"), QStringLiteral("/home/me")},
                     {QStringLiteral("XDG_CONFIG_HOME"), QStringLiteral("/c")},
                     {QStringLiteral("XDG_DATA_HOME"), QStringLiteral("/d/")},
                     {QStringLiteral("XDG_STATE_HOME"), QStringLiteral("/s")}}));
    QCOMPARE(paths.configFolder(), QStringLiteral("/c/hookswitch"));
    QCOMPARE(paths.dataFolder(), QStringLiteral("/d/hookswitch"));
    QCOMPARE(paths.stateFolder(), QStringLiteral("/s/hookswitch"));
}

void StandardPathsTest::relativeVariablesAreIgnored()
{
    const StandardPaths paths(
        environment({{QStringLiteral("HOME"), QStringLiteral("/home/me")},
                     {QStringLiteral("XDG_DATA_HOME"), QStringLiteral("relative")},
                     {QStringLiteral("XDG_STATE_HOME"), QString()}}));
    QCOMPARE(paths.dataFolder(), QStringLiteral("/home/me/.local/share/hookswitch"));
    QCOMPARE(paths.stateFolder(), QStringLiteral("/home/me/.local/state/hookswitch"));
}

void StandardPathsTest::withoutAHomeTheSystemIsAsked()
{
    const StandardPaths paths{QProcessEnvironment()};
    QVERIFY(paths.home().startsWith(u'/'));
    QVERIFY(paths.dataFolder().startsWith(u'/'));
}

QTEST_GUILESS_MAIN(StandardPathsTest)
#include "tst_standard_paths.moc"
