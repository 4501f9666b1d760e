#!/bin/sh
# Removes the service mcp-server. Data and configuration stay unless --purge says otherwise.
set -eu

usage() {
    cat <<'EOF'
Usage: uninstall.sh [--prefix DIR] [--root DIR] [--purge]

Stops and removes the systemd service mcp-server and its program. The data in /var/lib/mcp-server, the configuration in
/etc/mcp-server and the user mcp stay.

Options:
  --prefix DIR  where the program is; /opt/mcp-server without it
  --root DIR    removes what was installed below DIR
  --purge       removes data, configuration and user as well; this cannot be undone
  --help        this text

Examples:
  sudo /opt/mcp-server/systemd/uninstall.sh           remove the program, keep the data
  sudo /opt/mcp-server/systemd/uninstall.sh --purge   remove everything

Exit codes: 0 done, 1 failed, 2 wrong usage.
EOF
}

say() { printf 'uninstall.sh: %s\n' "$*"; }
warn() { printf 'uninstall.sh: %s\n' "$*" >&2; }
misused() {
    warn "$* See uninstall.sh --help."
    exit 2
}

root='' prefix=/opt/mcp-server purge=no

read_options() {
    while [ $# -gt 0 ]; do
        case $1 in
            --prefix | --root)
                [ $# -gt 1 ] || misused "$1 needs a folder."
                case $2 in
                    *..* | */) misused "$1 must have neither .. nor a slash at its end, but is $2." ;;
                    /?*) ;;
                    *) misused "$1 must be an absolute path, but is $2." ;;
                esac
                if [ "$1" = --prefix ]; then prefix=$2; else root=$2; fi
                shift 2
                ;;
            --purge)
                purge=yes
                shift
                ;;
            --help | -h)
                usage
                exit 0
                ;;
            *) misused "There is no option $1." ;;
        esac
    done
}

stop_service() {
    [ -z "$root" ] && [ -d /run/systemd/system ] || return 0
    if systemctl cat mcp-server >/dev/null 2>&1; then
        systemctl disable --quiet --now mcp-server
    fi
}

remove_program() {
    rm -f "$root/etc/systemd/system/mcp-server.service" \
        "$root/etc/systemd/system/multi-user.target.wants/mcp-server.service" \
        "$root/etc/sysusers.d/mcp-server.conf" "$root/etc/tmpfiles.d/mcp-server.conf"
    if [ -x "$root$prefix/bin/mcp-server" ]; then
        rm -rf "$root$prefix"
    elif [ -e "$root$prefix" ]; then
        warn "$root$prefix is no mcp-server and stays."
    fi
    if [ -z "$root" ] && [ -d /run/systemd/system ]; then
        systemctl daemon-reload
    fi
}

remove_data() {
    rm -rf "$root/etc/mcp-server" "$root/var/lib/mcp-server" "$root/etc/systemd/system/mcp-server.service.d"
    if [ -z "$root" ] && id mcp >/dev/null 2>&1; then
        userdel mcp
    fi
}

main() {
    read_options "$@"
    if [ -z "$root" ] && [ "$(id -u)" != 0 ]; then
        warn "This needs root."
        exit 1
    fi
    stop_service
    remove_program
    if [ "$purge" = yes ]; then
        remove_data
        say "mcp-server is gone, with its data and configuration"
    else
        say "mcp-server is gone; $root/var/lib/mcp-server and $root/etc/mcp-server stay (--purge removes them)"
    fi
}

# In one piece, so that the shell has read it all before the folder it lies in is removed.
main "$@"
exit 0
