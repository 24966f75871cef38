import { type Bound, boundAt } from '../binding/bound';
import type { CantonNode, NodeSection } from './nodes';

const LABELS: Readonly<Record<NodeSection, string>> = {
  participants: 'participant',
  sequencers: 'sequencer',
  mediators: 'mediator',
  domains: 'domain',
  'domain-managers': 'domain manager',
};

/** A node as Canton reads it. Launch sets have thousands, of which most are only counted, so nothing is copied or read early. */
export class ReadNode implements CantonNode {
  constructor(
    private readonly written: CantonNode,
    readonly bound: Bound,
    /** Nothing in this node was refused, so that Canton's validation gets to see it. */
    readonly isReadable: boolean,
    /** Canton's validation keeps nodes by name: of two with the same name only the later kind is looked at. */
    readonly isValidated: boolean,
  ) {}

  /** The `crypto` section as read, after the move of 3.5. */
  get section(): Bound {
    return boundAt(this.bound, 'crypto') as Bound;
  }

  /** As Canton's messages name the kind: `participant`. */
  get label(): string {
    return LABELS[this.written.kind];
  }

  get kind() {
    return this.written.kind;
  }

  get name() {
    return this.written.name;
  }

  get id() {
    return this.written.id;
  }

  get path() {
    return this.written.path;
  }

  get value() {
    return this.written.value;
  }

  get definitions() {
    return this.written.definitions;
  }

  get crypto() {
    return this.written.crypto;
  }

  get mode() {
    return this.written.mode;
  }

  get provider() {
    return this.written.provider;
  }

  get kmsType() {
    return this.written.kmsType;
  }
}
