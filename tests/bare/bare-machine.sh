#!/bin/bash
# Proves ./run or ./check on a Debian 12 that has nothing: a fresh minimal system in a folder, this
# tree copied into it, one start in it. As root, with debootstrap installed:
#   tests/bare/bare-machine.sh run            first start of the daemon, second start, the console
#   tests/bare/bare-machine.sh check [--all]  ./check
#   tests/bare/bare-machine.sh shell          looks around on the machine that was used last
# HS_BARE_DIR names the folder (default /var/tmp/hookswitch-bare, 6 GB); HS_BARE_MIRROR the archive.
# Mounts and processes live in namespaces of their own and are gone at the end, however it ends.
set -euo pipefail

root=$(realpath "$(dirname "${BASH_SOURCE[0]}")/../..")
folder=${HS_BARE_DIR:-/var/tmp/hookswitch-bare}
mirror=${HS_BARE_MIRROR:-http://deb.debian.org/debian}
base=$folder/base
machine=$folder/machine

say() { printf 'bare-machine: %s\n' "$*" >&2; }

usage() {
    sed -n '4,6s/^# *//p' "${BASH_SOURCE[0]}" >&2
    exit 2
}

mode=${1-}
[[ $mode =~ ^(run|check|shell)$ ]] || usage
shift
if [[ $EUID -ne 0 ]]; then
    say "it takes root to make a system in a folder: sudo $0 $mode"
    exit 1
fi
if [[ -z ${HS_BARE_INSIDE-} ]]; then
    exec env HS_BARE_INSIDE=1 unshare --mount --pid --fork --kill-child --mount-proc \
        "${BASH_SOURCE[0]}" "$mode" "$@"
fi

make_base() {
    [[ ! -e $base/.complete ]] || return 0
    say "making a minimal Debian 12 in $base (once)"
    rm -rf "$base"
    mkdir -p "$base"
    debootstrap --variant=minbase bookworm "$base" "$mirror"
    cat >"$base/etc/apt/sources.list" <<LIST
deb $mirror bookworm main
deb $mirror bookworm-updates main
deb ${mirror%/debian}/debian-security bookworm-security main
LIST
    touch "$base/.complete"
}

make_machine() {
    say "a fresh machine in $machine"
    rm -rf "$machine"
    cp -a --reflink=auto "$base" "$machine"
    mkdir -p "$machine/srv/hookswitch"
    git -c safe.directory='*' -C "$root" ls-files -z --cached --others --exclude-standard |
        tar -C "$root" --null --ignore-failed-read -T - -c | tar -C "$machine/srv/hookswitch" -x
    # What this machine knows of proxies, apt shall know there too; no service starts there.
    apt-config dump | grep -iE '^Acquire::(https?::Proxy|Check-)' \
        >"$machine/etc/apt/apt.conf.d/99-of-the-host" || true
    printf '#!/bin/sh\nexit 101\n' >"$machine/usr/sbin/policy-rc.d"
    chmod +x "$machine/usr/sbin/policy-rc.d"
}

mount_machine() {
    cp -L /etc/resolv.conf /etc/hosts "$machine/etc/"
    mount -t proc proc "$machine/proc"
    mount -t sysfs sysfs "$machine/sys"
    mount --rbind /dev "$machine/dev"
    mount -t tmpfs tmpfs "$machine/tmp"
    mount -t tmpfs tmpfs "$machine/run"
}

enter=(chroot "$machine" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/root
    TERM="${TERM:-dumb}" LANG=C.UTF-8)

# start WHAT SECONDS PROGRAM COMMAND...: starts it and waits until it has become the program, and
# the daemon until its ready line; then ends it with SIGTERM.
start() {
    local what=$1 limit=$2 program=$3 begun=${EPOCHREALTIME/./} line="" taken result=0
    shift 3
    say "$what: $*"
    coproc STARTED { exec "${enter[@]}" "$@"; }
    local pid=$STARTED_PID
    if [[ $program == hookswitchd ]]; then
        while [[ $line != ready\ sip=* ]] && IFS= read -r line <&"${STARTED[0]}"; do
            printf '%s\n' "$line"
        done
    else
        while [[ -e /proc/$pid/exe && $(readlink "/proc/$pid/exe") != */$program ]]; do
            sleep 0.05
        done
    fi
    taken=$(((${EPOCHREALTIME/./} - begun) / 1000))
    if [[ $program == hookswitch ]]; then
        sleep 3 # it says nothing when it is up; what fails at its start, fails by then
    fi
    if [[ ! -e /proc/$pid/exe || $(readlink "/proc/$pid/exe") != */$program ]]; then
        say "$what: FAILED, $program is not running"
        return 1
    fi
    kill -TERM "$pid"
    wait "$pid" || result=$?
    say "$what: up after $taken ms, exit code $result after SIGTERM"
    if ((taken > limit * 1000)); then
        say "$what: FAILED, $limit s is the limit"
        return 1
    elif [[ $result -ne 0 ]]; then
        say "$what: FAILED, the exit code should be 0"
        return 1
    fi
}

tree=/srv/hookswitch
ports=(--sip-port 0 --ws-listen 127.0.0.1:0)
offscreen=QT_QPA_PLATFORM=offscreen
if [[ $mode == shell ]]; then
    mount_machine
    "${enter[@]}" /bin/bash
    exit
fi
make_base
make_machine
mount_machine
case $mode in
    run)
        start "first start, no display" 1200 hookswitchd $tree/run "${ports[@]}"
        start "second start" 3 hookswitchd $tree/run --headless "${ports[@]}"
        start "first start of the console" 1200 hookswitch $offscreen $tree/run "${ports[@]}"
        start "second start of the console" 3 hookswitch $offscreen $tree/run "${ports[@]}"
        start "the daemon, built with it" 300 hookswitchd $tree/run --headless "${ports[@]}"
        say "passed"
        ;;
    check)
        result=0
        "${enter[@]}" $tree/check "$@" || result=$?
        say "./check $*: exit code $result after $((SECONDS / 60)) min $((SECONDS % 60)) s"
        exit $result
        ;;
esac
