#!/bin/sh
# Makes what is below the container image from Debian's packages, for builders that reach no image registry:
#
#   src/main/image/base.sh target/base.tar
#   ./mvnw package -DskipTests -Pimage -Dimage.base=tar://$PWD/target/base.tar
#
# A C library, a shell and certificates; no package manager. Needs mmdebstrap, podman and root.
set -eu

case ${1-} in
    '' | -*)
        sed -n '2,7s/^# \{0,1\}//p' "$0"
        exit 2
        ;;
esac
archive=$1
suite=bookworm
name=localhost/mcp-server-base:$suite

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

# Packages are unpacked, not configured: nothing here runs but the server.
mmdebstrap --quiet --mode=root --variant=extract \
    --include=libc6,libstdc++6,libgcc-s1,zlib1g,dash,bash,ca-certificates,base-files,netbase \
    --customize-hook='ln -sf dash "$1/bin/sh"' \
    --customize-hook='mkdir -p "$1/etc/ssl/certs" && find "$1/usr/share/ca-certificates" -name "*.crt" -exec cat {} + >"$1/etc/ssl/certs/ca-certificates.crt"' \
    --customize-hook='rm -rf "$1/usr/share/doc" "$1/usr/share/man" "$1/usr/share/locale" "$1/usr/share/ca-certificates" "$1/usr/bin/perl"* "$1/var/lib/apt" "$1/var/lib/dpkg" "$1/var/cache" "$1/var/log" "$1/dev"' \
    --customize-hook='printf "root:x:0:0:root:/root:/bin/sh\nmcp:x:10001:10001:mcp-server:/app:/bin/sh\n" >"$1/etc/passwd"' \
    --customize-hook='printf "root:x:0:\nmcp:x:10001:\n" >"$1/etc/group"' \
    "$suite" "$work/rootfs.tar"
podman import --quiet "$work/rootfs.tar" "$name" >/dev/null
rm -f "$archive"
podman save --quiet --format docker-archive --output "$archive" "$name" >/dev/null
echo "$archive"
