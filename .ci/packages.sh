# What Hookswitch needs of Debian 12, and how it gets there. Sourced by run and check.
# shellcheck shell=bash disable=SC2034

packages_daemon=(
    g++ cmake ninja-build pkgconf # to build with
    qt6-base-dev qt6-websockets-dev  # Qt Core, Network, Sql, Test; the WebSocket server
    libqt6sql6-sqlite                # call log: the driver is only recommended by qt6-base-dev
    libsndfile1-dev libspeexdsp-dev  # recordings and greetings; resampling
    libspandsp-dev libtiff-dev       # G.722, DTMF in the audio; its header wants that of libtiff
    libopus-dev                      # Opus
    libc-ares-dev                    # DNS: NAPTR, SRV, and a choice of server
    libssl-dev                       # names in certificates
    qtkeychain-qt6-dev               # passwords in the system's keyring
    ca-certificates                  # to know whom to trust over TLS
)
packages_console=(
    qt6-multimedia-dev # headset
    libwebrtc-audio-processing-dev # echo cancelling, noise reduction, gain control
    libpulse-dev       # which sound devices there are, and when they change
    qt6-tools-dev      # translations: the CMake part of Qt Linguist, which brings lrelease
    libqt6svg6         # icons
    qt6-wayland        # windows on a desktop without X
)
packages_check=( # what a test uses, and nothing for a test to come
    ccache                      # the second build
    sip-tester baresip-core     # far ends
    kamailio kamailio-tls-modules # a registrar and proxy
    kamailio-presence-modules   # which tells of messages and of calls
    linphone-cli                # one more telephone
    openssl                     # certificates for tests
    gnome-keyring dbus-daemon   # a keyring, on a session bus of a test's own
    iproute2 util-linux         # a network of a test's own, which nothing leaves
    tshark                      # what others see on the wire
    python3                     # tests of the sources, drivers of the programs
    python3-websockets          # a WebSocket client that is not ours
    pulseaudio pulseaudio-utils # a sound server, without a card
)

say() { printf '%s: %s\n' "${0##*/}" "$*" >&2; }

die() {
    say "$1"
    shift
    local line
    for line in "$@"; do
        printf '    %s\n' "$line" >&2
    done
    exit 1
}

# missing PACKAGE...: those that are not installed, one a line. One dpkg-query for all.
missing() {
    local installed
    installed=$(dpkg-query -W -f '${db:Status-Abbrev}${Package}\n' "$@" 2>/dev/null |
        sed -n 's/^ii //p' || true)
    comm -23 <(printf '%s\n' "$@" | sort -u) <(sort -u <<<"$installed")
}

# As root if we are not. Only apt-get is run so.
as_root() {
    if [[ $EUID -eq 0 ]]; then
        env DEBIAN_FRONTEND=noninteractive "$@"
    else
        sudo env DEBIAN_FRONTEND=noninteractive "$@"
    fi
}

# install_packages WHAT_FOR PACKAGE...: installs those of them that are missing.
install_packages() {
    local what_for=$1
    shift
    if ! command -v dpkg-query >/dev/null || ! command -v apt-get >/dev/null; then
        die "this is not Debian: there is no apt-get to install packages with." \
            "Hookswitch is built for Debian 12. Elsewhere install what these Debian packages hold:" \
            "$*" \
            "then build with: cmake --preset release && cmake --build --preset release"
    fi
    local -a lacking
    mapfile -t lacking < <(missing "$@")
    [[ ${#lacking[@]} -gt 0 ]] || return 0

    say "$what_for needs ${#lacking[@]} packages that this machine lacks: ${lacking[*]}"
    [[ $EUID -eq 0 ]] || command -v sudo >/dev/null ||
        die "installing them takes root, and there is no sudo here." \
            "As root: apt-get install --no-install-recommends ${lacking[*]}"
    say "reading the package lists (apt-get update)"
    as_root apt-get -q update >&2 ||
        say "the package lists could not be read; going on with those of last time"
    as_root dpkg --configure -a >&2 || true # what an interrupted start has left
    say "installing (apt-get install); a few hundred megabytes on a bare machine"
    as_root apt-get -q -y -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 \
        install --no-install-recommends "${lacking[@]}" </dev/null >&2 || true
    mapfile -t lacking < <(missing "$@")
    [[ ${#lacking[@]} -eq 0 ]] ||
        die "these packages could not be installed: ${lacking[*]}" \
            "The reason stands above. Mostly it is one of: no network or a proxy that apt does not" \
            "know; a release older than Debian 12; the archive missing in /etc/apt/sources.list."
}

# One compiler for each processor, but none without some memory of its own: Qt's headers take it.
build_jobs() {
    local processors memory_mb
    processors=$(nproc)
    memory_mb=$(awk '/^MemAvailable/ { print int($2 / 1024) }' /proc/meminfo)
    local jobs=$((memory_mb / 700))
    ((jobs < processors)) || jobs=$processors
    echo $((jobs > 0 ? jobs : 1))
}

# build_in DIRECTORY [TARGET...]: builds, showing how far it is.
build_in() {
    local directory=$1
    shift
    NINJA_STATUS='[%f/%t, %es] ' ninja -C "$directory" -j "$(build_jobs)" "$@"
}
