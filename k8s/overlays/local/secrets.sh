#!/usr/bin/env bash
# Prints the secrets of the local overlay, made anew: k8s/overlays/local/secrets.sh | kubectl apply -f -
# A device's and a portal's certificate are left in the directory given (default ./certificates), for calling the doors.
set -euo pipefail
at=${1:-certificates}
mkdir -p "$at" && cd "$at"

authority() { openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -days 365 -subj "/CN=zvonok $1" -keyout "$1-ca.key" -out "$1-ca.crt" 2>/dev/null; }

# certificate NAME CA EXTENSION
certificate() {
    openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -subj "/CN=$1" -keyout "$1.key" -out "$1.csr" 2>/dev/null
    openssl x509 -req -in "$1.csr" -CA "$2-ca.crt" -CAkey "$2-ca.key" -CAcreateserial -days 90 -extfile <(echo "$3") -out "$1.crt" 2>/dev/null
    rm "$1.csr"
}

for ca in doors device portal; do authority $ca; done
certificate doors doors 'subjectAltName=DNS:zvonok-devices,DNS:zvonok-portal,DNS:zvonok-devices.zvonok.svc,DNS:zvonok-portal.zvonok.svc,DNS:localhost'
certificate device-601 device 'extendedKeyUsage=clientAuth'
certificate portal portal 'extendedKeyUsage=clientAuth'

secret() { echo ---; kubectl create secret generic "$1" --namespace zvonok --dry-run=client -o yaml "${@:2}"; }
secret zvonok-token-key --from-literal=token.key="$(openssl rand -hex 32)"
openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out list-signing.pem 2>/dev/null
secret zvonok-list-keys --from-literal=list.key="$(openssl rand -hex 32)" --from-file=list-signing.pem
secret zvonok-doors-tls --from-file=tls.crt=doors.crt --from-file=tls.key=doors.key
secret zvonok-device-ca --from-file=ca.crt=device-ca.crt
secret zvonok-portal-ca --from-file=ca.crt=portal-ca.crt
secret zvonok-database-app --from-literal=password="$(openssl rand -hex 16)"
