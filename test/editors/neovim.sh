#!/usr/bin/env bash
# A client that is not ours: Neovim, without a screen, over a copy of the examples, set up as docs/editors.md says.
#
#   npm run build && test/editors/neovim.sh        NVIM=… for another one than `nvim`
set -euo pipefail
cd "$(dirname "$0")/../.."
NVIM=${NVIM:-nvim}
command -v "$NVIM" >/dev/null || { echo "there is no $NVIM"; exit 2; }
[ -f dist/cli.js ] || { echo "dist/cli.js is missing: run npm run build first"; exit 2; }

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
mkdir "$folder/bin"
ln -s "$PWD/dist/cli.js" "$folder/bin/canton-kms"
cp -r examples "$folder/examples"
script=$PWD/test/editors/neovim.lua
# The README has a shorter set-up, for whoever reads no further.
for page in docs/editors.md README.md; do
  echo "as $page says:"
  sed -n '/^```lua$/,/^```$/p' "$page" | sed '/^```/d' >"$folder/init.lua"
  (cd "$folder/examples" && PATH="$folder/bin:$PATH" INIT="$folder/init.lua" XDG_STATE_HOME="$folder" \
    timeout 120 "$NVIM" --headless --clean -n -c "luafile $script")
done
