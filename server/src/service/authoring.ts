import type { CompletionItem, Hover } from 'vscode-languageserver';
import {
  type CompletionOptions,
  completesIncludes,
  completion,
  resolveCompletion,
} from '../features/requests/completion/completion';
import { hover } from '../features/requests/hover/hover';
import type { Position } from '../text/positions';
import { Navigation } from './navigation';

/** What is said at the cursor while somebody writes. */
export class Authoring extends Navigation {
  async completion(uri: string, position: Position, options: CompletionOptions): Promise<CompletionItem[]> {
    const view = await this.view(uri);
    if (view === undefined) return [];
    const offset = view.lines.offsetAt(position);
    return completion(view, offset, options, completesIncludes(view, offset) ? await this.includable() : []);
  }

  /** Adds what is only asked for when somebody looks at the item. */
  resolveCompletion(item: CompletionItem): CompletionItem {
    return resolveCompletion(item);
  }

  async hover(uri: string, position: Position): Promise<Hover | undefined> {
    const view = await this.view(uri);
    return view && hover(view, view.lines.offsetAt(position));
  }
}
