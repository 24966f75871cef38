import type { FieldModel, ObjectModel } from '../../../../schemas/model';
import { renamed } from '../../edits/entry-edits';
import { namesOf, objectsIn, substitutionsIn } from '../../hocon/syntax/syntax';
import {
  type ConfigEntry,
  type ConfigObject,
  type ConfigValue,
  entryAt,
  type KeyPath,
} from '../../hocon/values/config-value';
import { locationOfKey } from '../../model/binding/locations';
import { fieldAt } from '../../model/binding/lookup';
import type { Diagnostic } from '../../model/diagnostic';
import { meantAsCanton } from '../../model/facts/classify';
import { hoconPath } from '../../text/encoders/hocon';
import { report, shortPath } from '../report';
import type { Rule, RuleContext } from '../rule';

export const rootKey: Rule = {
  code: 'advice/root-key',
  severity: 'warning',
  title: 'Root key that nothing reads',
  docs: `Canton reads the root key \`canton\` and no other, so it ignores everything below a misspelled one: the nodes in it do not
exist. The key is reported if it has sections that only a Canton configuration has, and so is a key that a section of the file knows and
lacks, also a section of a mixin, if no substitution uses it. A root key that begins with \`_\` is a mixin: one that no file uses is reported, and so is a key in
it, if files use nearly the same name and no file sets that.`,
  source: 'config/CantonConfig.scala all lines',
  examples: {
    bad: { text: 'cantonn.participants.p1.crypto.provider = jce' },
    good: { text: 'canton.participants.p1.crypto.provider = jce' },
  },
  check(context) {
    const sections = sectionsIn(context);
    const known = new Set(
      [...new Set(sections.flatMap(({ options }) => options))].flatMap(({ fields }) => [...fields.keys()]),
    );
    const atRoot = [...context.config.entries].flatMap(([name, entry]) => {
      const unread = `Canton does not read the root key '${name}', so nothing in it has an effect.`;
      if (entry.value.kind === 'object' && meantAsCanton(name, entry.value.entries.keys())) {
        return [
          reported(context, [name], entry, `${unread} Did you mean 'canton'?`, { name: 'canton', preferred: true }),
        ];
      }
      if (name === 'canton' || name.startsWith('_')) return [];
      const mixin = mixinThatLacks(context, name);
      if (mixin !== undefined && !isReferred(context, name))
        return [reported(context, [name], entry, `${unread} It belongs in '${mixin}'.`)];
      if (!known.has(name)) return [];
      const place = sections.find((section) => belongsIn(section, name, entry));
      if (place === undefined || isReferred(context, name)) return [];
      return [reported(context, [name], entry, `${unread} It belongs in '${shortPath(place.path)}'.`)];
    });
    const inMixins = context.unusedMixins.flatMap(({ path, used }) => {
      const entry = entryAt(context.config, path);
      const other = hoconPath([...path.slice(0, -1), used]);
      const message = `No file uses '${hoconPath(path)}', and no file sets '${other}', which files use. One of the two names is misspelled.`;
      return entry === undefined ? [] : [reported(context, path, entry, message, { name: used, preferred: false })];
    });
    return [...atRoot, ...inMixins];
  },
};

function reported(
  context: RuleContext,
  path: KeyPath,
  entry: ConfigEntry,
  message: string,
  instead?: { readonly name: string; readonly preferred: boolean },
): Diagnostic {
  const location = locationOfKey(entry, entry.value.origin);
  const edits = instead && renamed(context, entry.definitions, instead.name);
  const fixes =
    edits === undefined
      ? []
      : [{ title: `Rename to '${instead?.name}'`, edits, preferred: instead?.preferred === true }];
  return report(rootKey, { message, location, path, fixes });
}

interface Section {
  readonly path: KeyPath;
  readonly value: ConfigObject;
  /** The models of the section: one, or one for each type that it may have. */
  readonly options: readonly ObjectModel[];
}

/** The mixin in which files look for a key, if the file sets the mixin without it. */
function mixinThatLacks({ mixinUses, config }: RuleContext, name: string): string | undefined {
  return mixinUses.find(({ from: [mixin = '', key] }) => {
    const value = config.entries.get(mixin)?.value;
    return mixin.startsWith('_') && key === name && value?.kind === 'object' && !value.entries.has(name);
  })?.from[0];
}

/** `canton`, the sections that a file begins at its root, `canton.participants.p1 {`, and those that its mixins are parts of. */
function sectionsIn({ files, tree, config, model, mixinUses }: RuleContext): readonly Section[] {
  const paths = files.flatMap((uri) => {
    const root = tree(uri)?.root.value;
    return (root?.kind === 'object' ? root.entries : []).flatMap((entry) =>
      entry.kind === 'field' && entry.path.elements[0]?.name === 'canton' && objectsIn(entry.value).length > 0
        ? [namesOf(entry.path)]
        : [],
    );
  });
  const own = [['canton'], ...paths].map((path) => ({ from: path, to: path }));
  const mixins = mixinUses.filter(({ from: [name = ''] }) => name.startsWith('_'));
  return [...own, ...mixins].flatMap(({ from, to }) => {
    const value = entryAt(config, from)?.value;
    if (value?.kind !== 'object') return [];
    return [{ path: to, value, options: optionsOf(to.length === 1 ? model : fieldAt(model, to.slice(1))?.model) }];
  });
}

/** True for a key that a section knows and lacks, if its name means something, or the section requires it. */
function belongsIn({ path, value: section, options }: Section, name: string, { value }: ConfigEntry): boolean {
  if (section.entries.has(name) && !mayJoin(section.entries.get(name)?.value, value)) return false;
  return options.some(({ fields }) => {
    const field = fields.get(name);
    if (field === undefined) return false;
    // The names of nodes may be any.
    const nodes = field.model.kind === 'map' && value.kind === 'object' ? optionsOf(field.model.value) : [];
    const isNode = ({ value: node }: ConfigEntry) =>
      node.kind === 'object' && nodes.some((one) => [...node.entries.keys()].some((key) => one.fields.has(key)));
    if (nodes.length > 0 && value.kind === 'object') return [...value.entries.values()].some(isNode);
    const known = optionsOf(field.model);
    if (known.length > 0) {
      // A mixin of another file, which may have any keys.
      if (value.kind === 'unknown') return path.length > 1 && value.reason.cause !== 'problem';
      return (
        value.kind === 'object' && known.some((one) => [...value.entries.keys()].some((key) => one.fields.has(key)))
      );
    }
    return value.kind !== 'object' && (name.includes('-') || field.required);
  });
}

/** True for a section in two places, of which each has other keys. */
function mayJoin(written: ConfigValue | undefined, value: ConfigValue): boolean {
  if (written?.kind !== 'object' || value.kind !== 'object') return false;
  return [...value.entries.keys()].every((key) => !written.entries.has(key));
}

function optionsOf(model: FieldModel | undefined): readonly ObjectModel[] {
  if (model?.kind === 'object') return [model];
  return model?.kind === 'union' ? [...model.options.values()] : [];
}

/** True if a substitution in the launch refers to a root key. */
function isReferred({ files, tree, mixinUses }: RuleContext, name: string): boolean {
  if (mixinUses.some(({ from }) => from[0] === name)) return true;
  return files.some((uri) => {
    const file = tree(uri);
    return file !== undefined && substitutionsIn(file).some(({ path }) => path.elements[0]?.name === name);
  });
}
