#!/bin/sh
# Make the secrets that docker-compose.yml reads, those that are missing only.
set -eu
cd "$(dirname "$0")"
umask 077
mkdir -p secrets

random() {
    LC_ALL=C tr -dc 'A-Za-z0-9' </dev/urandom | head -c "$1"
}

# The folder keeps others of this host out; the containers' users must be able to read the files.
write() {
    if ! [ -e "secrets/$1" ]; then
        printf '%s' "$2" >"secrets/$1"
        chmod 0444 "secrets/$1"
        echo "Made deploy/secrets/$1"
    fi
}

write secret_key "$(random 64)"
write database_password "$(random 40)"
write database_url "postgresql://boucle:$(cat secrets/database_password)@postgres:5432/boucle"
write email_url "smtp+tls://user:password@mail.example:587"
echo "Write the address of your mail server in deploy/secrets/email_url."
