import { normalize } from './documents';

/** A change of a file on disk. */
export interface FileEvent {
  readonly uri: string;
  readonly type: 'created' | 'changed' | 'deleted';
}

type ListEvent = FileEvent | { readonly uri: string; readonly type: 'closed' };

/** The files that are searched in a workspace. */
export const LISTED = /\.(?:conf|json|properties)$/;

/** Beyond this limit, the folders are listed again. */
const MAX_EVENTS = 10_000;

/** The files of the workspace. The folders are walked once; afterwards, most changes are known from events. */
export class FileList {
  private listed: Promise<readonly string[]> | undefined;
  private events: ListEvent[] = [];

  constructor(private readonly walk: () => Promise<readonly string[]>) {}

  /** URIs in their normal form. */
  files(): Promise<readonly string[]> {
    const { events } = this;
    this.events = [];
    if (this.listed === undefined) this.listed = this.list();
    else if (events.length > 0) this.listed = this.listed.then((known) => listAfter(known, events) ?? this.list());
    return this.listed;
  }

  /** Files were created or deleted. */
  changed(events: readonly FileEvent[]): void {
    if (this.listed === undefined) return;
    if (this.events.length + events.length > MAX_EVENTS) this.forget();
    else this.events.push(...events);
  }

  /**
   * A document was closed. It may have just been created, and the file watcher may not have reported it yet; while it
   * was open, it counted without being listed.
   */
  closed(uri: string): void {
    if (this.listed !== undefined && LISTED.test(uri)) this.events.push({ uri, type: 'closed' });
  }

  forget(): void {
    this.listed = undefined;
    this.events = [];
  }

  private list(): Promise<readonly string[]> {
    return this.walk().then(
      (uris) => uris.map(normalize),
      () => [],
    );
  }
}

/** The list after events; undefined if a file was created in a folder that may not have been walked. */
function listAfter(known: readonly string[], events: readonly ListEvent[]): readonly string[] | undefined {
  const files = new Set(known);
  const folders = new Set(known.map(folderOf));
  for (const { uri, type } of events) {
    if (type === 'deleted') files.delete(uri);
    else if (type === 'closed' || folders.has(folderOf(uri))) files.add(uri);
    else return undefined;
  }
  return [...files].sort();
}

function folderOf(uri: string): string {
  return uri.slice(0, uri.lastIndexOf('/'));
}
