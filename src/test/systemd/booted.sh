#!/bin/sh
# Installs mcp-server on a machine that systemd has booted, and looks at how the service lives there. The machine is a
# small Debian in a folder, booted by systemd-nspawn with a network of its own. Needs root, mmdebstrap, systemd-container
# and a network for the packages of the machine; takes about two minutes.
#
#   src/test/systemd/booted.sh target/mcp-server JAVA_HOME
#
# shellcheck disable=SC2317 # Most functions are called by "expect".
#
# Prints a line for each thing that was seen. Exit code 0 if all were as they should be, 1 if not.
set -eu

[ $# = 2 ] || {
    echo "usage: booted.sh DISTRIBUTION JAVA_HOME" >&2
    exit 2
}
distribution=$(CDPATH='' cd -P "$1" && pwd)
java_home=$(CDPATH='' cd -P "$2" && pwd)
work=$(mktemp -d)
root=$work/root
nspawn='' leader=''

clean_up() {
    if [ -n "$nspawn" ]; then
        kill -KILL "${leader:-$nspawn}" 2>/dev/null || true
        wait "$nspawn" 2>/dev/null || true
    fi
    rm -rf --one-file-system "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

failed=0

# expect TEXT COMMAND…: whether the command succeeds; says what it printed if not.
expect() {
    text=$1
    shift
    if "$@" >"$work/said" 2>&1; then
        echo "ok    $text"
    else
        echo "WRONG $text"
        sed 's/^/      /' "$work/said"
        failed=1
    fi
}

# inside COMMAND…: runs a command on the machine.
inside() { nsenter -t "$leader" -m -p -u -i -n -r -w -- env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin "$@"; }

# sh_inside SCRIPT: the same for a line of shell.
sh_inside() { inside sh -c "$1"; }

# property NAME: what systemd says of the service.
property() { inside systemctl show -P "$1" mcp-server; }

now_ms() { echo $(($(date +%s%N) / 1000000)); }

# call TOOL ARGUMENTS: calls a tool of the service over plain HTTP.
call() {
    inside curl -sS -m 20 -H 'Content-Type: application/json' http://localhost:8000/tools/call \
        -d "{\"jsonrpc\":\"2.0\",\"id\":1,\"method\":\"tools/call\",\"params\":{\"name\":\"$1\",\"arguments\":$2}}"
}

# await SECONDS COMMAND…: whether the command succeeds in time.
await() {
    end=$(($(date +%s) + $1))
    shift
    until "$@" >/dev/null 2>&1; do
        [ "$(date +%s)" -lt "$end" ] || return 1
        sleep 0.2
    done
}

ready() { inside curl -sSf -m 5 http://localhost:8000/q/health/ready; }
answers() { inside curl -sSf -m 5 http://localhost:8000/tools/list; }

boot() {
    # shellcheck disable=SC1091
    . /etc/os-release
    mmdebstrap --quiet --mode=root --variant=minbase \
        --include=systemd,systemd-sysv,dbus,libstdc++6,zlib1g,curl,util-linux,procps,mount "$VERSION_CODENAME" "$root"
    SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=0 systemd-nspawn --quiet --register=no --keep-unit --private-network --boot \
        --directory="$root" --bind-ro="$java_home:/usr/lib/jvm/java-25" --bind-ro="$distribution:/mnt/mcp-server" \
        >"$work/console" 2>&1 </dev/null &
    nspawn=$!
    await 30 child_of_nspawn || {
        cat "$work/console"
        exit 1
    }
    leader=$(child_of_nspawn)
    await 60 inside systemctl is-system-running || await 1 inside systemctl is-active multi-user.target || {
        tail -n 40 "$work/console"
        exit 1
    }
}

child_of_nspawn() {
    children=$(cat "/proc/$nspawn/task/$nspawn/children")
    [ -n "$children" ] && echo "${children%% *}"
}

# Whatever was written since the mark outside of where the service may write.
strange_files() {
    found=$(sh_inside "find / -xdev -newer /mark -type f \
        ! -path '/var/lib/mcp-server/*' ! -path '/var/log/*' ! -path '/run/*' ! -path '/proc/*' ! -path '/sys/*' \
        ! -path '/tmp/systemd-private-*' ! -path '/var/tmp/systemd-private-*' ! -path '/var/lib/systemd/*' ! -path '/mark*'
        find / -xdev -user mcp ! -path '/var/lib/mcp-server' ! -path '/var/lib/mcp-server/*' ! -path '/proc/*' \
        ! -path '/tmp/systemd-private-*'")
    [ -z "$found" ] || {
        echo "$found"
        return 1
    }
}

# Whether the service's own view of the machine lets it write a file.
may_write() { sh_inside "nsenter -t $(property MainPID) -m -- setpriv --reuid=mcp --regid=mcp --clear-groups touch $1"; }
may_not_write() { ! may_write "$1"; }

is() { [ "$1" = "$2" ] || { echo "is $1 and not $2" && return 1; }; }
at_most() { [ "$1" -le "$2" ] || { echo "is $1, more than $2" && return 1; }; }
has() { case $1 in *"$2"*) ;; *) echo "is $1" && return 1 ;; esac; }
gone() { ! sh_inside "ls -d $1"; }

install_twice() {
    expect "installs, and starts the service" inside /mnt/mcp-server/systemd/install.sh
    sed 's/^/      /' "$work/said"
    expect "answers as soon as systemd calls it started" answers
    expect "is a service that tells when it is ready" is "$(property Type)/$(property NotifyAccess)" notify/main
    expect "gets ready with an open store" await 20 ready
    sh_inside 'chmod 777 /etc/mcp-server /var/lib/mcp-server; systemd-tmpfiles --create /etc/tmpfiles.d/mcp-server.conf'
    expect "systemd-tmpfiles mends the folders" is \
        "$(sh_inside "stat -c '%a %U %G' /etc/mcp-server /var/lib/mcp-server" | tr '\n' ';')" '750 root mcp;700 mcp mcp;'
    sh_inside 'echo "# mine" >>/etc/mcp-server/config.yaml'
    expect "installs again, and restarts" inside /mnt/mcp-server/systemd/install.sh
    expect "the configuration is kept" sh_inside 'tail -n 1 /etc/mcp-server/config.yaml | grep -q mine'
    expect "answers after the second installation" answers
    expect "gets ready again" await 20 ready
}

live() {
    sh_inside 'touch /mark'
    expect "takes a document" has "$(call storage_save \
        '{"collection":"notes","documents":[{"id":"a","content":{"text":"kept"}}]}')" '"saved"'
    expect "finds it by its meaning, with a model that runs in process" has \
        "$(call storage_search '{"collection":"notes","query":"retained"}')" kept

    before=$(property MainPID)
    expect "reloads" inside systemctl reload mcp-server
    expect "survives the reload as the same process" is "$(property MainPID)" "$before"
    expect "logs the reload to the journal under its name" await 10 sh_inside \
        'journalctl -t mcp-server -o cat --no-pager | grep -q SIGHUP'

    killed=$(now_ms)
    inside kill -KILL "$before"
    expect "is started again after kill -9" await 40 answers
    back=$(($(now_ms) - killed))
    echo "      $back ms after kill -9 it answered again (RestartSec=10)"
    expect "waits its ten seconds before that" at_most 10000 "$back"
    expect "counts one restart" is "$(property NRestarts)" 1
    expect "has the document still" has "$(call storage_load '{"collection":"notes","ids":["a"]}')" kept
}

confined() {
    expect "may write its data" may_write /var/lib/mcp-server/probe
    for file in /opt/mcp-server/x /etc/mcp-server/x /usr/x /var/lib/x /home/x /root/x /var/log/x; do
        expect "may not write $file" may_not_write "$file"
    done
    expect "has no capability" is \
        "$(sh_inside "sed -n 's/^CapBnd:[^0-9a-f]*//p' /proc/$(property MainPID)/status")" 0000000000000000
    expect "has written nothing outside of its folders" strange_files
}

end() {
    inside curl -sN -m 60 http://localhost:8000/stream >/dev/null 2>&1 &
    listener=$!
    documents=$(seq -s, 200 | sed 's/[0-9][0-9]*/{"content":{"text":"Sentence & is here to be understood, and takes time."}}/g')
    call storage_save "{\"collection\":\"notes\",\"documents\":[$documents]}" >"$work/answer" 2>&1 &
    caller=$!
    await 10 sh_inside 'curl -sS http://localhost:8000/q/metrics | grep -q "^mcp_calls_open 1"' ||
        echo "      (the call was over before the stop began)"
    began=$(now_ms)
    expect "stops" inside systemctl stop mcp-server
    took=$(($(now_ms) - began))
    wait "$caller" "$listener" || true
    echo "      stopped in $took ms with an open call and a listener on a stream"
    expect "stops within the time for open calls" at_most "$took" 9500
    expect "has answered the open call" has "$(cat "$work/answer")" '"saved"'
    expect "ends by itself with 0" is "$(property Result)/$(property ExecMainStatus)" success/0

    sh_inside 'cp /etc/mcp-server/config.yaml /etc/mcp-server/good; echo "nonsense: 1" >>/etc/mcp-server/config.yaml'
    expect "does not start with a faulty configuration" sh_inside '! systemctl start mcp-server'
    expect "does not try that again" is "$(property Result)/$(property ExecMainStatus)/$(property ActiveState)" \
        exit-code/2/failed
    expect "says in the journal where the fault is" sh_inside \
        'journalctl -u mcp-server -o cat --no-pager | grep -q "config.yaml:[0-9]*: nonsense: unknown"'
    sh_inside 'mv /etc/mcp-server/good /etc/mcp-server/config.yaml'

    expect "is removed" inside /opt/mcp-server/systemd/uninstall.sh
    expect "its program and unit are gone" gone '/opt/mcp-server /etc/systemd/system/mcp-server.service'
    expect "its data and configuration stay" sh_inside \
        'ls -A /var/lib/mcp-server | grep . && ls /etc/mcp-server/config.yaml'
    expect "is purged" inside /mnt/mcp-server/systemd/uninstall.sh --purge
    expect "data, configuration and user are gone" sh_inside \
        '! ls -d /var/lib/mcp-server && ! ls -d /etc/mcp-server && ! id mcp'
}

boot
echo "      booted $(inside systemctl --version | head -n 1)"
install_twice
live
confined
end
[ "$failed" = 0 ] || inside journalctl -u mcp-server --no-pager -n 60 || true
exit "$failed"
