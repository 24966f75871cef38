import type { CST } from 'yaml';
import { PARTICIPANT_CHART_IMAGE } from '../../../schemas/images';
import { lineEnd, lineIndent, lineStart, nextLineStart } from '../text/lines';
import type { TextRange } from '../text/location';
import { type MappedText, MappedTextBuilder } from '../text/mapped-text';
import { composeVariables, elisions, inOrder, kubernetesVariables, shellVariables, templatesIn } from './expressions';
import { maySetCanton } from './mentions';
import { type Finders, nestedRegions } from './nested';
import { variableBehind, variableBeside } from './new-variable';
import type { Notation } from './notation';
import { createRegion, type EmbeddedRegion } from './region';
import { hasHeredoc } from './shell';
import { isInSpliceKms, isMap, isSpliceKms, KMS_KEY, readSpliceKms } from './splice';
import { findForeign, maskTemplates } from './template-mask';
import { withUnknowns } from './unknowns';
import { isScalarToken, readScalar, type ScalarToken, type YamlSource } from './yaml-scalar';
import { type Collection, extentOf, isCollection, itemsOf, type YamlNode, yamlDocuments } from './yaml-walk';

/**
 * Environment variables whose values the container images of Canton and Splice append to one file, the last of the launch:
 * all whose names begin so, in the order of their names, as the shell lists them. `global-synchronizer/deployment/
 * configuration.mdx` of the Canton Network documentation; the entry point of the images. The images with several nodes have
 * variables for each of them, `cluster/images/multi-{participant,validator}/pre-bootstrap.sh`, canton-network/splice 0.6.12.
 */
const ADDITIONAL_CONFIG = /^(?:MULTI_(?:PARTICIPANT|VALIDATOR)_)?ADDITIONAL_CONFIG/;
/**
 * The variable that the Splice participant chart makes of its `kms:` map, and the list that it adds to it.
 * `cluster/helm/splice-participant/templates/participant.yaml`, canton-network/splice 08b26a65.
 */
const SPLICE_KMS_VARIABLE = 'ADDITIONAL_CONFIG_SPLICE_PARTICIPANT_CRYPTO_PROVIDER_KMS';
const SPLICE_VARIABLES = 'additionalEnvVars';
/** `NAME=value`, an item of a Compose environment list; the value may begin on the next line. */
const ASSIGNMENT = /^\s*(ADDITIONAL_CONFIG\w*)=/;

/** A key that is the name of a file, and a text in quotes with line ends. */
const HOCON_NAME = /\.(?:conf|hocon)$/;
const QUOTED_FILE = /\.(?:conf|hocon)["']?[ \t]*:[ \t]*["']|"(?:[^"\\\n]|\\.)*\\n/;
/** The header of a block scalar at the end of its line. It begins with what is rare, because texts are long. */
const BLOCK_HEADER = /[|>](?<=(?:^[ \t]*|[ \t:-])[|>])[-+\d]*[ \t]*(?:#[^\n]*)?\r?\n/gm;
/** Handwritten files are far smaller; parsing larger ones takes longer than the time between two keystrokes. */
const MAX_PARSED = 1 << 19;

/** A script, a file of values such as Argo CD has, or a patch of Kustomize, in a block scalar. */
const SCRIPT = /^#!|\bdocker run\b/;
const NESTED_YAML = /^[ \t]*(?:(?:additionalEnvVars|services|apiVersion):|name:[ \t]*["']?ADDITIONAL_CONFIG)/m;
/** Any of them, or a template. */
const HOLDS_OTHERS = new RegExp(`<<|\\{[{%]|^[ \\t]*${SCRIPT.source}|${NESTED_YAML.source}`, 'm');

/** Keys of a container that replace what its image starts. */
const STARTS_OTHERS = /^(?:command|entrypoint|args)$/;

type Container = 'compose' | 'kubernetes';

/**
 * HOCON in a YAML file: values of `ADDITIONAL_CONFIG*` environment variables, block scalars with Canton configuration,
 * or with a script or document that contains some, and the `kms:` map of Splice charts.
 *
 * @param compose whether the editor calls the file a Compose file; otherwise, its `services` show it
 */
export function findYamlRegions(original: string, finders: Finders, compose: boolean): EmbeddedRegion[] {
  if (!maySetCanton(original)) return [];
  const templates = findForeign(original);
  const source = { original, masked: maskTemplates(original, templates) };
  const regions: EmbeddedRegion[] = [];
  let container: Container = compose ? 'compose' : 'kubernetes';
  let parsed = 0;
  const isWorthIt = ({ start, end }: TextRange) => {
    const text = original.slice(start, end);
    if (!mayHoldRegions(text, finders) || parsed + text.length > MAX_PARSED) return false;
    parsed += text.length;
    return true;
  };
  for (const nodes of yamlDocuments(source.masked, isWorthIt)) {
    if (hasServices(nodes[0])) container = 'compose';
    const finder = new RegionFinder(source, templates, container, finders, aliasedFrom(nodes));
    for (const node of nodes) finder.visitContainer(node);
    for (const node of nodes) finder.visit(node);
    for (const region of finder.regions) regions.push(ofRelease(region, original));
  }
  return regions.sort((a, b) => a.map.host.start - b.map.host.start);
}

/** The participant chart with its version, in either order, as Helmfile (`version`) and Argo CD (`targetRevision`) have them. */
const CHART = String.raw`chart:[ \t]*["']?(?:[\w.:/-]*/)?splice-participant["']?[ \t]*$`;
const VERSION = String.raw`(?:version|targetRevision):[ \t]*["']?v?(\d+\.\d+\.\d+[\w.-]*)`;
const RELEASE = new RegExp(
  `${CHART}(?:(?!chart:)[\\s\\S]){0,300}?${VERSION}|${VERSION}(?:(?!chart:)[\\s\\S]){0,300}?${CHART}`,
  'm',
);

/** The region with the tag of the chart's image, where the version of the chart is written beside its name. */
function ofRelease(region: EmbeddedRegion, text: string): EmbeddedRegion {
  if (region.image !== PARTICIPANT_CHART_IMAGE) return region;
  const [, behind, before] = RELEASE.exec(text) ?? [];
  const tag = behind ?? before;
  return tag === undefined ? region : { ...region, image: `${PARTICIPANT_CHART_IMAGE}:${tag}` };
}

/** Whether a document can have any region: parsing YAML is slow, and documents of other programs are long. */
function mayHoldRegions(text: string, { isCanton }: Finders): boolean {
  if (!maySetCanton(text)) return false;
  if (text.includes('ADDITIONAL_CONFIG') || QUOTED_FILE.test(text) || mayHoldKms(text)) return true;
  for (const { 0: header, index } of text.matchAll(BLOCK_HEADER)) {
    const start = index + header.length;
    const block = text.slice(start, blockEnd(text, start, lineIndent(text, index).length));
    if (maySetCanton(block) && (HOLDS_OTHERS.test(block) || isCanton(block))) return true;
  }
  return false;
}

/** Whether a `kms:` map may be Canton's: next to the variables of the chart, or with a `type` or a key of a KMS. */
function mayHoldKms(text: string): boolean {
  const pattern = /\bkms["']?[ \t]*:/g;
  const hasVariables = text.includes(SPLICE_VARIABLES);
  for (let found = pattern.exec(text); found !== null; found = pattern.exec(text)) {
    const { index } = found;
    const indent = lineIndent(text, index);
    const line = text.slice(lineStart(text, index), lineEnd(text, index));
    const below = nextLineStart(text, index);
    pattern.lastIndex = below;
    if (line.startsWith('#', indent.length)) continue;
    if (hasVariables || line.includes('{')) return true;
    pattern.lastIndex = blockEnd(text, below, indent.length);
    if (KMS_KEY.test(text.slice(below, pattern.lastIndex))) return true;
  }
  return false;
}

/**
 * The start of the first line below a header that is not indented further, ignoring blank lines and lines with
 * templates.
 */
function blockEnd(text: string, from: number, indent: number): number {
  for (let at = from; at < text.length; at = nextLineStart(text, at)) {
    const line = text.slice(at, lineEnd(text, at));
    const own = line.search(/\S/);
    if (own >= 0 && own <= indent && !line.startsWith('{{', own)) return at;
  }
  return text.length;
}

class RegionFinder {
  readonly regions: EmbeddedRegion[] = [];
  private readonly taken = new Set<CST.Token>();
  /** The end of the last `kms:` map. */
  private spliceEnd = 0;
  /** Container images by the collection of their variables, or by the map around both. */
  private readonly images = new Map<CST.Token, string>();
  /** The anchors of this document so far; a later one of the same name replaces an earlier one. */
  private readonly anchors = new Map<string, CST.Token>();

  constructor(
    private readonly source: YamlSource,
    private readonly templates: readonly TextRange[],
    private readonly container: Container,
    private readonly finders: Finders,
    /** The lists and maps that contain a node through an alias of its anchor. */
    private readonly aliasedFrom: ReadonlyMap<CST.Token, Collection>,
  ) {}

  visit(node: YamlNode): void {
    this.noteAnchors(node);
    const { token, key } = node;
    const parent = node.parent && this.mergedInto(node.parent);
    const name = key === undefined ? '' : this.nameOf(key);
    if (isCollection(token)) {
      this.visitNameAndValue(token, parent);
      if (name === 'kms' && key && this.container !== 'compose' && this.isSpliceKms(token, parent)) {
        this.addSplice(key, node.properties, token, parent);
      }
    } else if (ADDITIONAL_CONFIG.test(name)) {
      this.addVariable(name, token, parent);
    } else if (isScalarToken(token)) {
      const aliased = this.aliasedFrom.get(token);
      if (aliased !== undefined && this.addAssignment(token, this.mergedInto(aliased))) return;
      if (parent && node.parent?.type !== 'block-map' && this.addAssignment(token, parent)) return;
      if (token.type === 'block-scalar' || isFile(name, token)) this.addIfCanton(name, token);
    }
  }

  /** A map of variables that another one merges (`<<: *common`) is launched with it. */
  private mergedInto(variables: Collection): Collection {
    return this.aliasedFrom.get(variables) ?? variables;
  }

  private noteAnchors({ properties, token }: YamlNode): void {
    for (const { type, source } of properties) if (type === 'anchor') this.anchors.set(source.slice(1), token);
  }

  /**
   * `image` beside `environment` of Compose or `env` of Kubernetes. A container with its own command may run anything.
   * Called for all nodes before they are visited, because a container may use variables from above by an alias.
   */
  visitContainer(node: YamlNode): void {
    this.noteAnchors(node);
    const { token } = node;
    if (!isCollection(token) || !isMap(token)) return;
    let image: CST.Token | undefined;
    const variables: CST.Token[] = [token];
    for (const { key, value } of this.withMerged(token)) {
      const name = key ? this.nameOf(key) : '';
      if (STARTS_OTHERS.test(name)) return;
      if (name === 'image') image ??= value ? this.unaliased(value) : undefined;
      else if (/^env(?:ironment)?$/.test(name) && value) variables.push(value);
      else if (name === 'volumes' && value && this.mountsConfig(value)) return;
    }
    if (!isScalarToken(image)) return;
    const range = extentOf(image);
    const written = this.source.original.slice(range.start, range.end).replace(/^["']|["']$/g, '');
    for (const each of variables) this.images.set(each, written);
  }

  /** The items of a map, and behind them those of the maps that it merges. */
  private withMerged(map: Collection): readonly CST.CollectionItem[] {
    const merged = itemsOf(map).flatMap(({ key, value }) => {
      if (!isScalarToken(key) || key.source !== '<<' || !value) return [];
      const list =
        isCollection(value) && !isMap(value) ? itemsOf(value).map((item) => item.value ?? item.key) : [value];
      return list.flatMap((each) => {
        const target = each && this.unaliased(each);
        return isCollection(target) ? itemsOf(target) : [];
      });
    });
    return [...itemsOf(map), ...merged];
  }

  /** The node that an alias stands for, and any other node itself. */
  private unaliased(token: CST.Token): CST.Token | undefined {
    return token.type === 'alias' ? this.anchors.get(token.source.slice(1)) : token;
  }

  private mountsConfig(volumes: CST.Token): boolean {
    const { start, end } = extentOf(volumes);
    return /\/app\/[\w.-]*\.conf/.test(this.source.original.slice(start, end));
  }

  /** `name: ADDITIONAL_CONFIG_X` and `value: …` in one map, as in Kubernetes. */
  private visitNameAndValue(token: CST.Token, list: Collection | undefined): void {
    if (token.type !== 'block-map' && token.type !== 'flow-collection') return;
    let name = '';
    let value: CST.Token | undefined;
    for (const item of itemsOf(token)) {
      if (!item.key || !item.value) continue;
      const key = this.nameOf(item.key);
      if (key === 'name') name = this.nameOf(item.value);
      else if (key === 'value') value = item.value;
    }
    if (value !== undefined && ADDITIONAL_CONFIG.test(name)) this.addVariable(name, value, list);
  }

  /** @param variables the list or map of the container's variables */
  private addVariable(name: string, token: CST.Token, variables: Collection | undefined): void {
    const target = this.unaliased(token);
    if (!isScalarToken(target) || this.taken.has(target)) return;
    const scalar = readScalar(this.source, target);
    this.add(name, target, scalar, scalar.notation, variables);
  }

  private addAssignment(token: ScalarToken, variables: Collection): boolean {
    if (!token.source.includes('ADDITIONAL_CONFIG') || this.taken.has(token)) return false;
    const scalar = readScalar(this.source, token);
    const match = ASSIGNMENT.exec(scalar.text);
    if (match === null) return false;
    const builder = new MappedTextBuilder(this.source.original);
    builder.append(scalar, { start: match[0].length, end: scalar.text.length });
    const start = scalar.map.toHost(match[0].length);
    const value = builder.build({ start, end: scalar.map.host.end });
    this.add(match[1] as string, token, value, scalar.notation, variables);
    return true;
  }

  private addIfCanton(name: string, token: ScalarToken): void {
    if (this.taken.has(token) || !maySetCanton(token.source)) return;
    const scalar = readScalar(this.source, token);
    const written = { ...this.unmasked(scalar), notation: scalar.notation };
    const isScript = hasHeredoc(written.text) || SCRIPT.test(written.text);
    const find = isScript ? this.finders.shell : NESTED_YAML.test(written.text) ? this.finders.yaml : undefined;
    if (find === undefined) this.add(name, token, scalar, scalar.notation);
    else this.regions.push(...nestedRegions(written, this.source.original, find(written.text)));
  }

  /** The text of a scalar with its templates as they are written. */
  private unmasked({ text, map }: MappedText): MappedText {
    const builder = new MappedTextBuilder(this.source.original);
    for (const { start, length, hostStart, hostLength, kind } of map.slice({ start: 0, end: text.length })) {
      if (kind === 'exact') builder.exact(hostStart, hostStart + hostLength);
      else builder[kind](text.slice(start, start + length), hostStart, hostStart + hostLength);
    }
    return builder.build(map.host);
  }

  private isSpliceKms(map: Collection, values: Collection | undefined): boolean {
    const hasVariables = values !== undefined && this.chartVariablesIn(values) !== undefined;
    return isSpliceKms(this.source, map, hasVariables);
  }

  private chartVariablesIn(values: Collection): CST.CollectionItem | undefined {
    return itemsOf(values).find((item) => item.key && this.nameOf(item.key) === SPLICE_VARIABLES);
  }

  private addSplice(
    key: CST.Token,
    properties: readonly CST.SourceToken[],
    map: Collection,
    values: Collection | undefined,
  ): void {
    // A map inside such a map is part of it.
    if (key.offset < this.spliceEnd) return;
    this.spliceEnd = extentOf(map).end;
    const kms = readSpliceKms(this.source, key, properties, map);
    if (kms === undefined) return;
    const { original } = this.source;
    const { mapped, variables: replaced } = this.expanded(kms);
    const text = withUnknowns(mapped, inOrder(replaced, templatesIn(mapped, original, this.templates)), original);
    const variables = values && this.chartVariablesIn(values);
    const group = variables?.value?.offset ?? key.offset;
    if (variables?.value) this.chartVariables(variables.value);
    const image = PARTICIPANT_CHART_IMAGE;
    const list = variables?.value;
    const addVariable = isCollection(list) ? variableBehind(original, list) : variableBeside(original, key, map);
    const head = {
      kind: 'yaml-splice-kms',
      label: 'kms',
      group,
      rank: SPLICE_KMS_VARIABLE,
      image,
      addVariable,
    } as const;
    const region = createRegion(head, text, kms.notation);
    this.regions.push({
      ...region,
      scalars: kms.scalars,
      toHostEdit: (range, newText) => (isInSpliceKms(text.text, range) ? region.toHostEdit(range, newText) : undefined),
    });
  }

  /** The map names the chart, so its variables are of the chart's image. */
  private chartVariables(variables: CST.Token): void {
    this.images.set(variables, PARTICIPANT_CHART_IMAGE);
  }

  /** @param variables the variables that contain the text; without them, it must look like Canton configuration */
  private add(name: string, token: CST.Token, scalar: MappedText, notation: Notation, variables?: Collection): void {
    if (this.finders.isExpanded) {
      // The document that the shell makes of this one may also be for Compose.
      this.addText(name, token, this.expanded(scalar), notation, variables);
    } else if (this.container === 'compose') {
      const escaped: Notation = ({ range, newText }) => notation({ range, newText: newText.replaceAll('$', '$$$$') });
      this.addText(name, token, composeVariables(scalar, this.source.original), escaped, variables);
    } else {
      const replaced = variables === undefined ? [] : kubernetesVariables(scalar);
      this.addText(name, token, { mapped: scalar, variables: replaced }, notation, variables);
    }
  }

  /** The text with the variables of the shell that makes the document, if there is one. */
  private expanded(text: MappedText): ReturnType<typeof shellVariables> {
    return this.finders.isExpanded ? shellVariables(text, this.source.original) : { mapped: text, variables: [] };
  }

  private addText(
    name: string,
    token: CST.Token,
    { mapped, variables: replaced }: ReturnType<typeof composeVariables>,
    notation: Notation,
    variables?: Collection,
  ): void {
    const { original } = this.source;
    const others = this.finders.isExample ? inOrder(replaced, elisions(mapped)) : replaced;
    const expressions = inOrder(templatesIn(mapped, original, this.templates), others);
    const text = withUnknowns(mapped, expressions, original);
    if (variables === undefined && !this.finders.isCanton(text.text)) return;
    this.taken.add(token);
    const image = variables && this.images.get(variables);
    const isAliased = variables !== undefined && [...this.aliasedFrom.values()].includes(variables);
    const addVariable = variables && !isAliased ? variableBehind(original, variables) : undefined;
    const group = variables && { group: variables.offset, addVariable };
    const head = { kind: 'yaml-block', label: name, image, ...group } as const;
    this.regions.push(createRegion(head, text, notation));
  }

  /** The text of a key or a short value. */
  private nameOf(token: CST.Token): string {
    // The line above may be incomplete: YAML reads it as the beginning of the key.
    if (token.type === 'scalar') return token.source.slice(token.source.lastIndexOf('\n') + 1).trim();
    return isScalarToken(token) ? readScalar(this.source, token).text : '';
  }
}

/** A file in a ConfigMap, as tools write it that know no other way for several lines than one in quotes. */
function isFile(name: string, { type, source }: ScalarToken): boolean {
  const isQuoted = type === 'double-quoted-scalar' || type === 'single-quoted-scalar';
  return isQuoted && (HOCON_NAME.test(name) || source.includes('\\n'));
}

/** For each node with an anchor, the first list or map of environment variables that an alias puts it into. */
function aliasedFrom(nodes: readonly YamlNode[]): ReadonlyMap<CST.Token, Collection> {
  const anchors = new Map<string, CST.Token>();
  const aliased = new Map<CST.Token, Collection>();
  /** The maps that merge the aliases of a list: `<<: [*a, *b]`. */
  const merging = new Map<CST.Token, Collection>();
  for (const { token, key, properties, parent } of nodes) {
    for (const { type, source } of properties) if (type === 'anchor') anchors.set(source.slice(1), token);
    if (isScalarToken(key) && key.source === '<<' && isCollection(token) && parent) merging.set(token, parent);
    const target = token.type === 'alias' ? anchors.get(token.source.slice(1)) : undefined;
    if (target === undefined || parent === undefined || aliased.has(target)) continue;
    aliased.set(target, merging.get(parent) ?? parent);
  }
  return aliased;
}

function hasServices(root: YamlNode | undefined): boolean {
  if (root?.token.type !== 'block-map') return false;
  return root.token.items.some((item) => item.key?.type === 'scalar' && item.key.source === 'services');
}
