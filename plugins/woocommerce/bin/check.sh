#!/usr/bin/env bash
# Checks the plugin: types (PHPStan level 8), coding standard and PHP 7.4 (phpcs), unit tests (PHPUnit).
set -euo pipefail
cd "$(dirname "$0")/.."

if [ ! -d vendor ]; then
  composer install --no-interaction --no-progress
fi
phpunit=vendor/bin/phpunit
[ -x "$phpunit" ] || phpunit=phpunit

vendor/bin/phpstan analyse --no-progress --memory-limit=1G
vendor/bin/phpcs -q
"$phpunit"
