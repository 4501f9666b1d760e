#!/bin/sh
# Installs mcp-server as a service of systemd, or upgrades it. Safe to repeat: data and configuration are never touched.
set -eu

usage() {
    cat <<'EOF'
Usage: install.sh [--prefix DIR] [--root DIR] [--no-start]

Installs the distribution that this script is part of as the systemd service mcp-server, or upgrades an installed one:
the program, the user mcp, /var/lib/mcp-server for the data, /etc/mcp-server/config.yaml if there is none, the unit.
Trains the start-up cache if it is missing or was made by another Java, which takes about twenty seconds.

Options:
  --prefix DIR  where the program goes; /opt/mcp-server without it
  --root DIR    installs below DIR, as for an image or a package: no user is made and nothing is started
  --no-start    installs, but neither enables nor (re)starts the service
  --help        this text

Environment:
  MCP_JAVA_HOME the Java to use, if it is not the one that the service finds by itself; it goes into
                /etc/mcp-server/environment if there is no such file

Examples:
  sudo ./systemd/install.sh                     install or upgrade, start
  sudo ./systemd/install.sh --no-start          install; look at /etc/mcp-server/config.yaml before the first start
  ./systemd/install.sh --root /tmp/image        lay out the files for an image

Exit codes: 0 done, 1 failed, 2 wrong usage.
EOF
}

say() { printf 'install.sh: %s\n' "$*"; }
warn() { printf 'install.sh: %s\n' "$*" >&2; }
fail() {
    warn "$@"
    exit 1
}
misused() {
    warn "$* See install.sh --help."
    exit 2
}

root='' prefix=/opt/mcp-server start=yes least_java=25

# Sets the options above.
read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --prefix | --root)
                [ $# -gt 1 ] || misused "$1 needs a folder."
                case $2 in
                    /*[!A-Za-z0-9._/-]*) misused "$1 may have letters, digits and . _ / - only, but is $2." ;;
                    *..* | */) misused "$1 must have neither .. nor a slash at its end, but is $2." ;;
                    /?*) ;;
                    *) misused "$1 must be an absolute path, but is $2." ;;
                esac
                if [ "$1" = --prefix ]; then prefix=$2; else root=$2; fi
                shift 2
                ;;
            --no-start)
                start=no
                shift
                ;;
            --help | -h)
                usage
                exit 0
                ;;
            *) misused "There is no option $1." ;;
        esac
    done
    [ -z "$root" ] || start=no
}

# Fails if the service would find no Java. Its own environment counts, not that of whoever installs.
find_service_java() {
    # shellcheck source=src/main/distribution/lib/find-java.sh
    . "$source/lib/find-java.sh"
    if [ -z "${MCP_JAVA_HOME-}" ] && [ -r "$root/etc/mcp-server/environment" ]; then
        MCP_JAVA_HOME=$(sed -n 's/^MCP_JAVA_HOME=//p' "$root/etc/mcp-server/environment")
    fi
    if [ -n "${MCP_JAVA_HOME-}" ]; then
        java_fits "$MCP_JAVA_HOME" "$least_java" java && return 0
        fail "MCP_JAVA_HOME must be the home of a Java $least_java or newer, but is $MCP_JAVA_HOME."
    fi
    if (
        unset JAVA_HOME SDKMAN_DIR ASDF_DATA_DIR MISE_DATA_DIR
        HOME=/nonexistent PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
        find_java "$least_java" java "$root$prefix/runtime" "$source/runtime"
    ); then
        return 0
    fi
    [ -n "$root" ] ||
        fail "Java $least_java or newer is needed where every user finds it, such as /usr/lib/jvm; nothing was installed."
    warn "No Java $least_java was found here: the start is not trained."
    return 1
}

# Puts the program beside the installed one and then in its place, so that no start sees half of it.
copy_program() {
    target=$root$prefix
    if [ -e "$target" ] && [ ! -x "$target/bin/mcp-server" ]; then
        fail "$target exists and is no mcp-server; move it away, or choose another place with --prefix."
    fi
    if [ -d "$target" ] && [ "$(CDPATH='' cd -P "$target" && pwd)" = "$source" ]; then
        say "$target is where this runs from; the program stays as it is"
        return 0
    fi
    rm -rf "$target.new" "$target.old"
    mkdir -p "$target.new"
    # Times are kept: the start-up cache fits only the very jars it was made from.
    cp -R -p "$source/." "$target.new/"
    # The service is never a child over stdio.
    rm -f "$target.new/app/stdio.aot" "$target.new/app/pass.aot"
    if [ -d "$target/runtime" ] && [ ! -e "$target.new/runtime" ]; then
        cp -R -p "$target/runtime" "$target.new/"
    fi
    [ "$(id -u)" != 0 ] || chown -R 0:0 "$target.new"
    chmod -R u+rwX,go+rX,go-w "$target.new"
    # A cache that was trained here goes on being used if the jars are the same ones; the check below tells.
    if [ -r "$target/app/app.aot" ] && same_program "$target" "$target.new"; then
        cp -p "$target/app/app.aot" "$target.new/app/app.aot"
    fi
    [ ! -e "$target" ] || mv "$target" "$target.old"
    mv "$target.new" "$target"
    rm -rf "$target.old"
    say "the program is in $target"
}

# Whether two distributions have the same jars, by name, size and time.
same_program() {
    [ "$(jars "$1")" = "$(jars "$2")" ]
}

jars() {
    (cd "$1/app" && find . -name '*.jar' -exec ls -ln --time-style=full-iso {} + | sort -k 9)
}

# Runs the launcher as the service would.
service_run() {
    env -i PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/nonexistent \
        MCP_JAVA_HOME="${MCP_JAVA_HOME-}" MCP_JAVA_OPTS="$1" "$root$prefix/bin/mcp-server" --version
}

train() {
    if [ -r "$root$prefix/app/app.aot" ] && service_run -XX:AOTMode=on >/dev/null 2>&1; then
        say "the start is trained for this Java"
        return 0
    fi
    say "training the start, which takes about twenty seconds"
    home=$(java_of_service)
    if ! "$home/bin/java" "$root$prefix/lib/TrainStartup.java" "$root$prefix" http; then
        warn "The service works without, and starts more slowly."
    fi
    [ ! -e "$root$prefix/app/app.aot" ] || chmod 644 "$root$prefix/app/app.aot"
}

# The home of the Java that the launcher chooses.
java_of_service() {
    service_run '-XshowSettings:properties' 2>&1 | sed -n 's/^ *java\.home = //p' | head -n 1
}

# put FILE DIRECTORY NAME: installs a file of this folder, with the paths of another prefix in it.
put() {
    mkdir -p "$root$2"
    sed "s|/opt/mcp-server|$prefix|g" "$here/$1" >"$root$2/$3.new"
    chmod 644 "$root$2/$3.new"
    mv "$root$2/$3.new" "$root$2/$3"
}

make_user() {
    if command -v systemd-sysusers >/dev/null 2>&1; then
        systemd-sysusers /etc/sysusers.d/mcp-server.conf
    elif ! id mcp >/dev/null 2>&1; then
        useradd --system --user-group --home-dir /var/lib/mcp-server --no-create-home --shell /usr/sbin/nologin mcp
    fi
}

make_folders() {
    mkdir -p "$root/var/lib/mcp-server" "$root/etc/mcp-server"
    chmod 700 "$root/var/lib/mcp-server"
    chmod 750 "$root/etc/mcp-server"
    if [ ! -e "$root/etc/mcp-server/config.yaml" ]; then
        put config.yaml /etc/mcp-server config.yaml
        chmod 640 "$root/etc/mcp-server/config.yaml"
        [ -n "$root" ] || chgrp mcp /etc/mcp-server/config.yaml
        say "a first configuration is in $root/etc/mcp-server/config.yaml"
    fi
    if [ ! -e "$root/etc/mcp-server/environment" ] && [ -n "${MCP_JAVA_HOME-}" ]; then
        (umask 077 && printf 'MCP_JAVA_HOME=%s\n' "$MCP_JAVA_HOME" >"$root/etc/mcp-server/environment")
    fi
    if [ -z "$root" ]; then
        chown mcp:mcp /var/lib/mcp-server
        chgrp mcp /etc/mcp-server
    fi
}

# Enables and (re)starts where systemd runs; says what to do where it does not or was asked not to.
start_service() {
    [ -z "$root" ] || return 0
    if [ ! -d /run/systemd/system ]; then
        say "systemd does not run here; after it does: systemctl enable --now mcp-server"
        return 0
    fi
    systemctl daemon-reload
    if [ "$start" = no ]; then
        say "next: systemctl enable --now mcp-server"
        return 0
    fi
    systemctl enable --quiet mcp-server
    if ! systemctl restart mcp-server; then
        fail "The service does not start. Its last words: journalctl -u mcp-server -n 50"
    fi
    say "mcp-server runs: systemctl status mcp-server, journalctl -u mcp-server"
}

main() {
    read_options "$@"
    here=$(CDPATH='' cd -P "$(dirname "$0")" && pwd)
    source=$(CDPATH='' cd -P "$here/.." && pwd)
    [ -f "$source/app/quarkus-run.jar" ] || fail "$source is no built distribution: it lacks app/quarkus-run.jar."
    [ -n "$root" ] || [ "$(id -u)" = 0 ] || fail "This needs root, or --root DIR to install below a folder."
    java=yes
    find_service_java || java=no
    copy_program
    [ "$java" = no ] || train
    put mcp-server.sysusers.conf /etc/sysusers.d mcp-server.conf
    put mcp-server.tmpfiles.conf /etc/tmpfiles.d mcp-server.conf
    put mcp-server.service /etc/systemd/system mcp-server.service
    [ -n "$root" ] || make_user
    make_folders
    start_service
}

main "$@"
