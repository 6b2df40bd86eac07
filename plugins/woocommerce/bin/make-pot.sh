#!/usr/bin/env bash
# Writes languages/refledger.pot: every text of the plugin that can be translated. Needs xgettext (Debian: gettext).
set -euo pipefail
cd "$(dirname "$0")/.."

version=$(sed -n 's/^ \* Version: //p' refledger.php)
find . -name '*.php' -not -path './vendor/*' -not -path './tests/*' | LC_ALL=C sort |
  xgettext --from-code=UTF-8 --language=PHP --files-from=- --output=- \
    --keyword=__:1 --keyword=esc_html__:1 --keyword=esc_attr__:1 --keyword=esc_html_e:1 --keyword=_n:1,2 \
    --add-location=file --add-comments=translators --package-name='Refledger for WooCommerce' --package-version="$version" |
  sed -e '/^"POT-Creation-Date/d' -e '1,/^$/{/^# /d;/^#$/d;}' -e 's/charset=CHARSET/charset=UTF-8/' >languages/refledger.pot
