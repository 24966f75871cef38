import type { MarkupContent } from 'vscode-languageserver';
import type { ServiceSettings } from '../../../../../server/src/service';
import { workbench } from '../../../../kit/service';

/** The Markdown that is shown at the cursor; empty if there is none. */
export async function hoverOn(marked: string, settings?: ServiceSettings): Promise<string> {
  const { service, cursor } = workbench(marked, settings);
  const hover = await service.hover(cursor.uri, cursor.position);
  return hover === undefined ? '' : (hover.contents as MarkupContent).value;
}
