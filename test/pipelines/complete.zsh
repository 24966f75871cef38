# What zsh offers for command lines: a shell on a pseudo terminal, in which the tab key is pressed. Each line is an argument, and the
# one behind it what has to be offered. Waits until it is, so whoever calls this sets a limit.
zmodload zsh/zpty
zpty shell zsh -f -i
zpty -w shell "autoload -Uz compinit; compinit -u -D; source <(canton-kms completion zsh); zstyle ':completion:*' list-prompt ''; LISTMAX=1000; PROMPT='REA''DY> '"
zpty -r -m shell text '*READY> *'
for line expected in "$@"; do
  zpty -w -n shell "$line"$'\t\t'
  zpty -r -m shell text "*$expected*" && print -r -- "offered: $expected"
  zpty -w -n shell $'\x15'
done
zpty -d shell
