import { shellWord } from '../../text/encoders/shell';
import type { Command, OptionHelp } from '../command';
import { choice, parse } from '../command';
import { UsageError } from '../io';
import { NAME } from '../run';

const SHELLS = ['bash', 'zsh', 'fish'] as const;
type Shell = (typeof SHELLS)[number];

/** An option, as described to shells. */
interface Option {
  /** With its hyphens. */
  readonly name: string;
  readonly meaning: string;
  /** The name of its value in the help; undefined if it has none. */
  readonly value: string | undefined;
  readonly values: readonly string[] | undefined;
}

/** A command, as described to shells. */
interface Completed {
  readonly name: string;
  readonly summary: string;
  readonly options: readonly Option[];
  /** The words that are possible in place of its first file. */
  readonly words: readonly string[];
}

export const completion: Command = {
  name: 'completion',
  usage: 'bash|zsh|fish',
  summary: 'Prints a script that completes commands, options and values.',
  options: [],
  words: async () => SHELLS,
  examples: [
    'source <(canton-kms completion bash)                   # in ~/.bashrc',
    'canton-kms completion zsh >"${fpath[1]}/_canton-kms"',
    'canton-kms completion fish >~/.config/fish/completions/canton-kms.fish',
  ],
  async run(args, io, all) {
    const [shell, ...more] = parse(args, {}).positionals;
    if (shell === undefined || more.length > 0) throw new UsageError(`which shell? ${SHELLS.join(', ')}`);
    const chosen = choice(shell, SHELLS, 'the shell') ?? 'bash';
    const commands = await Promise.all(
      all.map(async ({ name, summary, options, words }) => ({
        name,
        summary,
        options: [...options.flatMap(optionsOf), HELP],
        words: (await words?.()) ?? [],
      })),
    );
    io.out(SCRIPTS[chosen](commands));
    return 0;
  },
};

const HELP: Option = { name: '--help', meaning: 'Show the options', value: undefined, values: undefined };

/** `--new, --existing` and `-, --stdin` are two options each. */
function optionsOf([written, meaning, values]: OptionHelp): Option[] {
  return [...written.matchAll(/(--[a-z-]+)(?: ([A-Z][^\s,]*))?/g)].map(([, name = '', value]) => ({
    name,
    meaning,
    value,
    values,
  }));
}

const isFile = ({ value }: Option) => value === 'FILE' || value === 'P' || value === 'RUNBOOK';

const SCRIPTS: Readonly<Record<Shell, (commands: readonly Completed[]) => string>> = { bash, zsh, fish };

/** For Bash 3.2 (the version of macOS) and later: if nothing matches, Bash completes files. */
function bash(commands: readonly Completed[]): string {
  const values = commands.flatMap(({ name, options }) =>
    options
      .filter(({ value }) => value !== undefined)
      .map((option) => {
        const words = isFile(option) ? '' : `words=${shellWord((option.values ?? []).join(' '))} `;
        return `    ${shellWord(`${name} ${option.name}`)}) ${words}${isFile(option) ? 'return' : 'isValue=1'} ;;`;
      }),
  );
  const options = commands.map(
    ({ name, options }) => `      ${name}) words=${shellWord(options.map((one) => one.name).join(' '))} ;;`,
  );
  const firsts = commands
    .filter(({ words }) => words.length > 0)
    .map(({ name, words }) => `      ${name}) words=${shellWord(words.join(' '))} ;;`);
  return `# bash completion for ${NAME}
_canton_kms() {
  local current=\${COMP_WORDS[COMP_CWORD]} previous=\${COMP_WORDS[COMP_CWORD-1]} command='' words='' isValue='' i
  COMPREPLY=()
  for ((i = 1; i < COMP_CWORD; i++)); do
    case \${COMP_WORDS[i]} in -*) ;; *) command=\${COMP_WORDS[i]}; break ;; esac
  done
  case "$command $previous" in
${values.join('\n')}
  esac
  if [ -n "$isValue" ]; then
    :
  elif [ -z "$command" ]; then
    words=${shellWord([...commands.map(({ name }) => name), '--help', '--version'].join(' '))}
  elif [ "\${current#-}" != "$current" ]; then
    case $command in
${options.join('\n')}
    esac
  else
    case $command in
${firsts.join('\n')}
    esac
  fi
  COMPREPLY=($(compgen -W "$words" -- "$current"))
}
complete -o default -F _canton_kms ${NAME}
`;
}

function zsh(commands: readonly Completed[]): string {
  const quoted = (text: string) => text.replace(/[[\]:\\]/g, '\\$&');
  const argument = (option: Option): string => {
    const { name, meaning, value, values } = option;
    const action = values === undefined ? (isFile(option) ? '_files' : ' ') : `(${values.join(' ')})`;
    const rest = value === undefined ? '' : `:${quoted(value)}:${action}`;
    return shellWord(`*${name}[${quoted(meaning)}]${rest}`);
  };
  const list = commands.map(({ name, summary }) => `      ${shellWord(`${name}:${quoted(summary)}`)}`);
  const cases = commands.map(({ name, options, words }) => {
    const first = words.length === 0 ? [] : [shellWord(`1:word:(${words.join(' ')})`)];
    return `    ${name}) _arguments ${[...options.map(argument), ...first, "'*:file:_files'"].join(' ')} ;;`;
  });
  return `#compdef ${NAME}
_canton_kms() {
  local -a commands
  if (( CURRENT == 2 )); then
    commands=(
${list.join('\n')}
    )
    _describe command commands
    return
  fi
  local command=$words[2]
  shift words
  (( CURRENT-- ))
  case $command in
${cases.join('\n')}
  esac
}
if [ "$funcstack[1]" = _canton_kms ] || [ "$funcstack[1]" = _canton-kms ]; then
  _canton_kms "$@"
else
  compdef _canton_kms ${NAME}
fi
`;
}

function fish(commands: readonly Completed[]): string {
  const quoted = (text: string) => `'${text.replace(/[\\']/g, '\\$&')}'`;
  const lines = commands.flatMap(({ name, summary, options, words }) => {
    const condition = `-n ${quoted(`__fish_seen_subcommand_from ${name}`)}`;
    return [
      `complete -c ${NAME} -n __fish_use_subcommand -f -a ${name} -d ${quoted(summary)}`,
      ...options.map((option) => {
        const { value, values } = option;
        const kind =
          value === undefined ? '' : isFile(option) ? ' -r -F' : ` -x -a ${quoted((values ?? []).join(' '))}`;
        return `complete -c ${NAME} ${condition} -l ${option.name.slice(2)}${kind} -d ${quoted(option.meaning)}`;
      }),
      ...(words.length === 0 ? [] : [`complete -c ${NAME} ${condition} -a ${quoted(words.join(' '))}`]),
    ];
  });
  return `# fish completion for ${NAME}\n${lines.join('\n')}\n`;
}
