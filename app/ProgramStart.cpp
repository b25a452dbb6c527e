#include "app/ProgramStart.h"

#include "engine/ConfigurationText.h"

#include <sys/resource.h>

namespace hs::app {

void print(std::FILE* stream, const QString& text)
{
    const QByteArray bytes = text.toUtf8();
    std::fwrite(bytes.constData(), 1, static_cast<std::size_t>(bytes.size()), stream);
    std::fflush(stream);
}

QString programName(engine::Configuration::Face face)
{
    return face == engine::Configuration::Face::Daemon ? QStringLiteral("hookswitchd")
                                                       : QStringLiteral("hookswitch");
}

ProgramStart startProgram(const QStringList& arguments, engine::Configuration::Face face)
{
    engine::Configuration::Input input;
    input.arguments = arguments.mid(1);
    input.environment = QProcessEnvironment::systemEnvironment();
    input.face = face;
    const auto loaded = engine::Configuration::load(input);
    if (!loaded) {
        for (const QString& error : loaded.error()) {
            print(stderr, QStringLiteral("%1: %2\n").arg(programName(face), error));
        }
        return {std::nullopt, 2};
    }
    if (loaded->help) {
        print(stdout, engine::helpText(face));
        return {};
    }
    if (loaded->version) {
        print(stdout, QStringLiteral("%1 " HS_VERSION "\n").arg(programName(face)));
        return {};
    }
    if (loaded->printConfig) {
        print(stdout, engine::printedConfiguration(*loaded));
        return {};
    }
    return {*loaded, 0};
}

void raiseDescriptorLimit()
{
    rlimit limit{};
    if (::getrlimit(RLIMIT_NOFILE, &limit) == 0 && limit.rlim_cur < limit.rlim_max) {
        limit.rlim_cur = limit.rlim_max;
        ::setrlimit(RLIMIT_NOFILE, &limit);
    }
}

} // namespace hs::app
