import { URI } from 'vscode-uri';

/** Is the file below the folder? By its written path; hosts with links resolve them first. */
export function isWithin(uri: string, folder: string): boolean {
  const [inner, outer] = [URI.parse(uri), URI.parse(folder)];
  if (inner.scheme !== outer.scheme || inner.authority !== outer.authority) return false;
  const root = outer.path.endsWith('/') ? outer.path : `${outer.path}/`;
  return inner.path.startsWith(root) && !inner.path.split('/').includes('..');
}
