import type { Hover } from 'vscode-languageserver';
import { rangeOf } from '../../../text/positions';
import type { DocumentView } from '../../shared/document-view';
import { includeText } from './include';
import { keyText } from './key';
import { substitutionText } from './substitution';
import { type Target, targetAt } from './target';

/** What is under the mouse: what it means, what is in effect there, and where that comes from. */
export function hover(view: DocumentView, offset: number): Hover | undefined {
  const target = targetAt(view, offset);
  const value = target && textOf(view, target);
  if (target === undefined || value === undefined) return undefined;
  return { contents: { kind: 'markdown', value }, range: rangeOf(view.lines, target.range) };
}

function textOf(view: DocumentView, target: Target): string | undefined {
  switch (target.kind) {
    case 'include':
      return includeText(view, target.node);
    case 'substitution':
      return substitutionText(view, target.names);
    default:
      return keyText(view, target.path, target.kind === 'value');
  }
}
