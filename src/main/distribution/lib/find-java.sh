# shellcheck shell=sh disable=SC2034
# Finds a Java by the version in its `release` file. Sourced by ./mvnw and by bin/mcp-server, so that both look in
# the same places; POSIX sh, starts no process unless it must, prints nothing.

# java_feature HOME: sets feature to the feature version (25 for "25.0.1") of the Java there, or to 0.
java_feature() {
    feature=0
    if [ -r "$1/release" ]; then
        while IFS='=' read -r key value || [ -n "$key" ]; do
            if [ "$key" = JAVA_VERSION ]; then
                value=${value#\"}
                feature=${value%%[!0-9]*}
                break
            fi
        done <"$1/release"
    elif [ -x "$1/bin/java" ]; then
        # The home of some packages has no release file: only then is the program itself asked.
        value=$("$1/bin/java" -version 2>&1 </dev/null) || value=
        case $value in
            *'version "'*)
                value=${value#*version \"}
                feature=${value%%[!0-9]*}
                ;;
        esac
    fi
    [ -n "$feature" ] || feature=0
}

# java_fits HOME LEAST PROGRAM: succeeds if the Java there has PROGRAM (java, javac) and is LEAST or newer.
java_fits() {
    [ -n "$1" ] && [ -f "$1/bin/$3" ] && [ -x "$1/bin/$3" ] && [ -x "$1/bin/java" ] || return 1
    java_feature "$1"
    if [ "$feature" -ge "$2" ]; then
        java_home=$1
        return 0
    fi
    # Kept for the message that says why none was good enough.
    java_seen="${java_seen:+$java_seen, }$feature in $1"
    return 1
}

# path_java_home: sets path_home to the home of the `java` on PATH, symlinks and version-manager shims resolved.
path_java_home() {
    path_home=''
    program=$(command -v java) || return 0
    # On macOS this one is a stub that may open a window; java_home has been asked before.
    [ "$program" != /usr/bin/java ] || [ "${system:=$(uname -s)}" != Darwin ] || return 0
    resolve_links "$program"
    path_home=${resolved%/bin/*}
    if [ ! -r "$path_home/release" ]; then
        path_home=$("$program" -XshowSettings:properties -version 2>&1 </dev/null | sed -n 's/^ *java\.home = //p')
    fi
}

# resolve_links FILE: sets resolved to the file that FILE is a symbolic link to, links of links included.
resolve_links() {
    resolved=$1
    while [ -h "$resolved" ]; do
        target=$(readlink "$resolved") || return 1
        case $target in
            /*) resolved=$target ;;
            *) resolved=${resolved%/*}/$target ;;
        esac
    done
}

# find_java LEAST PROGRAM [FIRST…]: sets java_home to the first Java that fits: FIRST…, JAVA_HOME, the places where
# Linux distributions, macOS, Homebrew and version managers install, PATH. Fails with java_seen set otherwise.
find_java() {
    java_home='' java_seen='' least=$1 wanted=$2
    # A folder to search in place of /, for tests.
    root=${JAVA_SEARCH_ROOT-}
    shift 2
    for place in "$@" "${JAVA_HOME-}"; do
        java_fits "$place" "$least" "$wanted" && return 0
    done
    # The version itself first, then anything newer.
    for place in "$root"/usr/lib/jvm/*"$least"* "$root"/usr/lib64/jvm/*"$least"* \
        "$root"/opt/*"$least"* "$root"/opt/java/*"$least"* \
        "${HOME-}"/.sdkman/candidates/java/"$least"* "${HOME-}"/.jdks/*"$least"* \
        "${ASDF_DATA_DIR:-${HOME-}/.asdf}"/installs/java/*"$least"* \
        "${MISE_DATA_DIR:-${HOME-}/.local/share/mise}"/installs/java/*"$least"*; do
        [ -d "$place" ] && java_fits "$place" "$least" "$wanted" && return 0
    done
    if [ -x "$root"/usr/libexec/java_home ]; then
        place=$("$root"/usr/libexec/java_home -v "$least+" 2>/dev/null) || place=
        java_fits "$place" "$least" "$wanted" && return 0
    fi
    for place in "$root"/usr/lib/jvm/* "$root"/usr/lib64/jvm/* "$root"/usr/java/* \
        "$root"/opt/* "$root"/opt/java/* "$root"/opt/jdk/* \
        "$root"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "${HOME-}"/Library/Java/JavaVirtualMachines/*/Contents/Home \
        "$root"/opt/homebrew/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$root"/usr/local/opt/openjdk*/libexec/openjdk.jdk/Contents/Home \
        "$root"/home/linuxbrew/.linuxbrew/opt/openjdk*/libexec \
        "${SDKMAN_DIR:-${HOME-}/.sdkman}"/candidates/java/* "${HOME-}"/.jdks/* \
        "${HOME-}"/.gradle/jdks/* "${HOME-}"/.jabba/jdk/* \
        "${ASDF_DATA_DIR:-${HOME-}/.asdf}"/installs/java/* \
        "${MISE_DATA_DIR:-${HOME-}/.local/share/mise}"/installs/java/*; do
        [ -d "$place" ] && java_fits "$place" "$least" "$wanted" && return 0
    done
    path_java_home
    java_fits "$path_home" "$least" "$wanted"
}
