# What zsh offers for command lines, each an argument: a shell on a pseudo terminal, in which the tab key is pressed.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell 'PROMPT=; autoload -Uz compinit; compinit -u -D; source <(canton-kms completion zsh); zstyle ":completion:*" list-prompt ""; LISTMAX=1000; echo rea''dy'
zpty -r -m shell text '*ready*'
for line in "$@"; do
  zpty -w -n shell "$line"$'\t\t'
  sleep 1
  while zpty -r -t shell text; do print -r -- "$text"; done
  zpty -w -n shell $'\x15'
done
zpty -d shell
