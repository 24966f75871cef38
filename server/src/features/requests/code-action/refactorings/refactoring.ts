import type { CodeActionKind } from 'vscode-languageserver';
import type { SyntaxTree } from '../../../../hocon/syntax/syntax';
import type { TextChange } from '../../../../model/diagnostic';
import type { DocumentView } from '../../../shared/document-view';
import type { Occurrences } from '../../../shared/occurrences';

/** Where a refactoring is asked for: an offset in one document of one launch set. */
export interface Site {
  readonly view: DocumentView;
  readonly occurrences: Occurrences;
  readonly offset: number;
  /** The files of the launch set. */
  tree(uri: string): SyntaxTree | undefined;
  /** Whether a new file may have this URI. */
  isFree(uri: string): boolean;
  /** Whether a file may be changed. */
  isEditable(uri: string): boolean;
  /** Whether an environment variable of this name has a meaning already. */
  isVariable(name: string): boolean;
}

/** Another way to write the same. It is only offered if it keeps what it promises, in every launch set. */
export interface Refactoring {
  readonly title: string;
  readonly kind: CodeActionKind;
  readonly changes: readonly TextChange[];
  /** Texts of new files. */
  readonly added?: ReadonlyMap<string, string>;
  /**
   * What stays as it is: the whole effective configuration, save `roots`; the same as long as no new variable is set; or
   * only what the new text has in common with the old one.
   */
  readonly keeps: 'everything' | 'without-variables' | 'common-keys';
  /** Keys of the root, which Canton does not read, that come or go. */
  readonly roots?: ReadonlySet<string>;
  /** What to offer instead where this does not keep its promise. */
  readonly otherwise?: Refactoring;
}

export type Refactor = (site: Site) => readonly Refactoring[];
