#!/usr/bin/env bash
# A client that is not ours: Emacs with Eglot, without a screen, over a copy of the examples, set up as docs/editors.md says.
#
#   npm run build && test/editors/emacs.sh        EMACS=… for another one than `emacs`
set -euo pipefail
cd "$(dirname "$0")/../.."
EMACS=${EMACS:-emacs}
command -v "$EMACS" >/dev/null || { echo "there is no $EMACS"; exit 2; }
[ -f dist/cli.js ] || { echo "dist/cli.js is missing: run npm run build first"; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$PWD/dist/cli.js" "$folder/bin/canton-kms"
sed -n '/^```elisp$/,/^```$/p' docs/editors.md | sed '/^```/d' >"$folder/init.el"
cp -r examples "$folder/examples"
git init -q "$folder/examples"
echo "server { listen 80; }" >"$folder/examples/nginx.conf"
script=$PWD/test/editors/emacs.el
cd "$folder/examples"
HOME="$folder" PATH="$folder/bin:$PATH" timeout 120 "$EMACS" --batch --no-init-file --eval '(package-initialize)' \
  --load "$folder/init.el" --load "$script"
