// Prints parts of pipeline files in the way in which the pipelines interpret them. Usage: node read-yaml.cjs
// step|inputs|script|hooks|image FILE [NAME=VALUE...]
const { readFileSync } = require('node:fs');
const { parse, parseAllDocuments, stringify } = require('yaml');

const [part, file, ...assignments] = process.argv.slice(2);
const text = readFileSync(file, 'utf8');
const given = Object.fromEntries(
  assignments.map((one) => [one.slice(0, one.indexOf('=')), one.slice(one.indexOf('=') + 1)]),
);

const PARTS = {
  /** The shell script of the only step that has one. */
  step() {
    const [step] = parse(text).runs.steps.filter(({ run }) => run !== undefined);
    return step.run;
  },
  /** The variables of that step, with the defaults of the inputs. */
  inputs() {
    const { inputs, runs } = parse(text);
    const [step] = runs.steps.filter(({ run }) => run !== undefined);
    return Object.entries(step.env)
      .map(([name, value]) => [name, inputs[/^\$\{\{ inputs\.([\w-]+) \}\}$/.exec(value)[1]].default])
      .filter(([, value]) => !/\s/.test(value))
      .map(([name, value]) => `${name}=${value}\n`)
      .join('');
  },
  /** The script of the job of a component, its inputs replaced. */
  script() {
    const [spec, jobs] = parseAllDocuments(text).map((one) => one.toJS());
    const { inputs } = spec.spec;
    const [job] = Object.values(jobs);
    return job.script
      .map((line) => line.replace(/\$\[\[ inputs\.(\w+) \]\]/g, (_, name) => given[name] ?? inputs[name].default))
      .map((line) => `${line}\n`)
      .join('');
  },
  /** The hooks for a repository that has the command on its path. */
  hooks() {
    const hooks = parse(text).map((hook) => ({ ...hook, language: 'system' }));
    return stringify({ repos: [{ repo: 'local', hooks }] });
  },
  /** The command that an image starts, and the files that its last stage copies from the previous one. */
  image() {
    const last = text.slice(text.lastIndexOf('\nFROM '));
    const words = (name) => JSON.parse(new RegExp(`^${name} (\\[.*\\])$`, 'm').exec(last)[1]).join(' ');
    const [, copied] = /^COPY --from=build (.*)$/m.exec(last);
    return `${words('ENTRYPOINT')} ${words('CMD')}\n${copied}\n`;
  },
};
process.stdout.write(PARTS[part]());
