import { withVisibleControls } from './controls';

/** A comment of one line. */
export function shellComment(text: string): string {
  return `# ${withVisibleControls(text)}`;
}
