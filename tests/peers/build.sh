#!/usr/bin/env bash
# The peers' libraries, as package-lock.json pins them: npm ci from npm's default registry.
set -euo pipefail
cd "$(dirname "$0")"
if ! command -v npm >/dev/null; then
    apt-get update -qq && apt-get install -y --no-install-recommends nodejs npm
fi
npm ci --ignore-scripts --no-audit --no-fund --loglevel=error
