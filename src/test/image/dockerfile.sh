#!/bin/bash
# Builds the Dockerfile where neither a daemon nor a registry can be had, and starts what comes out:
#
#   JAVA_HOME=/usr/lib/jvm/temurin-25-jdk-amd64 src/test/image/dockerfile.sh
#
# Needs root, mmdebstrap, podman, buildah, a JDK 25 in JAVA_HOME, and what Maven has fetched in ~/.m2. Takes about four
# minutes. Exit code 0 if the container became ready on its trained start and ended in an orderly way.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../../.."
: "${JAVA_HOME:?must be the home of a JDK 25}"

work=$(mktemp -d)
container=
finish() {
    [[ -z $container ]] || podman rm --force --time=0 "$container" >/dev/null || true
    rm -rf "$work"
}
trap finish EXIT
export CONTAINERS_CONF=$work/containers.conf
files=$(ulimit -Hn)
printf '[containers]\ndefault_ulimits=["nofile=%s:%s","nproc=32768:32768"]\n[engine]\nruntime="runc"\ncgroup_manager="cgroupfs"\nevents_logger="file"\n' \
    "$files" "$files" >"$CONTAINERS_CONF"

echo "A base and a builder, in place of those that a registry has"
src/main/image/base.sh "$work/base.tar" >/dev/null
mmdebstrap --quiet --mode=root --variant=minbase --include=ca-certificates,curl,unzip bookworm "$work/minbase.tar"
mkdir "$work/builder"
mv "$work/minbase.tar" "$work/builder/"
cp -aL "$JAVA_HOME" "$work/builder/jdk"
cat >"$work/builder/Dockerfile" <<'END'
FROM scratch
ADD minbase.tar /
COPY jdk /opt/java/openjdk
ENV JAVA_HOME=/opt/java/openjdk PATH=/opt/java/openjdk/bin:/usr/sbin:/usr/bin:/sbin:/bin
END
buildah bud --quiet --isolation=chroot --tag localhost/mcp-server-builder "$work/builder" >/dev/null

echo "The Dockerfile"
buildah bud --quiet --isolation=chroot --network=host --format=docker --volume "$HOME/.m2:/root/.m2" \
    --build-arg BUILDER=localhost/mcp-server-builder \
    --build-arg BASE=localhost/mcp-server-base:bookworm \
    --tag localhost/mcp-server:dockerfile . >/dev/null

echo "The container"
container=$(podman run --detach --publish 127.0.0.1::8000 --read-only --tmpfs /tmp:rw,size=64m --cap-drop=ALL \
    --security-opt=no-new-privileges --memory 512m --env MCP_JAVA_OPTS=-XX:AOTMode=on \
    localhost/mcp-server:dockerfile --transport http-stream)
for ((i = 0; i < 100; i++)); do
    podman healthcheck run "$container" >/dev/null && break
    sleep 0.2
done
podman healthcheck run "$container"
podman stop --time 15 "$container" >/dev/null
code=$(podman inspect --format '{{.State.ExitCode}}' "$container")
echo "It ended with $code"
((code == 0))
