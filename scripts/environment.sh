# Sourced by the scripts beside it: finds Python and makes .venv with the pinned packages. POSIX sh.
# Afterwards $python is the environment's Python, and the current folder is the checkout.

say() { printf '%s\n' "$*" >&2; }
fail() { say "$*"; exit 1; }

checkout=$(CDPATH='' cd -- "$(dirname -- "$0")/.." && pwd) || exit 1
cd "$checkout" || exit 1
python=$checkout/.venv/bin/python
export PYTHONPATH="$checkout" PYTHONUNBUFFERED=1 PIP_DISABLE_PIP_VERSION_CHECK=1

# Prints the first Python on the PATH that is new enough.
find_python() {
    for candidate in python3 python3.14 python3.13 python3.12 python3.11 /usr/bin/python3; do
        "$candidate" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null && echo "$candidate" && return
    done
    found=$(python3 -c 'import platform; print(platform.python_version())' 2>/dev/null) || found=none
    fail "Python 3.11 or newer is needed, found: $found."
}

# Runs a command silently; its output is kept in $output, because a full disk keeps nothing.
quietly() { output=$("$@" 2>&1 </dev/null); }

# Says in one sentence why the command before failed.
explain() {
    printf '%s\n' "$output" 2>/dev/null >var/install.log
    if printf '%s' "$output" | grep -qi 'no space left'; then
        fail "$1: no space is left on the disk."
    elif printf '%s' "$output" | grep -qiE 'resolv|name resolution|connection|network|timed out|dns error|failed to fetch|unreachable'; then
        fail "$1: the network or the package index cannot be reached (details: var/install.log)."
    fi
    telling=$(printf '%s\n' "$output" | grep -iE 'error|denied|cannot|E:' | tail -n 1)
    fail "$1: ${telling:-$(printf '%s\n' "$output" | tail -n 1)} (details: var/install.log)."
}

# Debian's python3 comes without the module that puts pip into an environment.
need_venv() {
    "$1" -c 'import ensurepip, venv' 2>/dev/null && return
    command -v apt-get >/dev/null || fail "This Python lacks its modules venv and ensurepip: install them."
    [ "$(id -u)" = 0 ] || fail "The package python3-venv is missing: run 'sudo apt-get install python3-venv', then start again."
    say "Installing Debian's python3-venv (once) ..."
    quietly apt-get -q update && quietly env DEBIAN_FRONTEND=noninteractive apt-get -q -y --no-install-recommends install python3-venv ||
        explain "The package python3-venv could not be installed"
    "$1" -c 'import ensurepip, venv' 2>/dev/null ||
        fail "$1 lacks its module ensurepip even with python3-venv: install the venv package of that Python."
}

make_venv() {
    "$python" -c 'import pip' 2>/dev/null && return
    base=$(find_python) || exit 1
    need_venv "$base"
    say "Making the Python environment in .venv (once) ..."
    quietly "$base" -m venv --clear .venv || explain "The Python environment could not be made"
}

# uv takes 10 seconds where pip takes a minute; where uv is not to be had, pip does the same.
install_packages() {
    quietly "$python" -m uv --version || quietly "$python" -m pip install -q --retries 1 uv
    quietly "$python" -m uv pip install -q --python "$python" -r "$1" && return
    quietly "$python" -m pip install -q --retries 2 -r "$1"
}

# make_environment requirements.txt: quick when these very pins are installed already.
make_environment() {
    mkdir -p var 2>/dev/null && [ -w var ] && [ -w . ] ||
        fail "No right to write in $checkout: start as the owner of that folder."
    (
        # Two starts at once: the second waits and then finds the work done.
        ! command -v flock >/dev/null || flock 9
        mark=.venv/installed-$1
        wanted=$(sha256sum <"$1") || exit 1
        [ "$wanted" = "$(cat "$mark" 2>/dev/null)" ] && "$python" -c '' 2>/dev/null && exit
        make_venv
        say "Installing the packages of $1 (a minute at most, the first time) ..."
        install_packages "$1" || explain "The packages could not be installed"
        echo "$wanted" 2>/dev/null >"$mark" || fail "The environment could not be finished: no space is left on the disk."
    ) 9>var/install.lock || exit 1
}
