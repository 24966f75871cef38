import assert from 'node:assert/strict';
import { applied, offered } from '../../../kit/code-actions';
import { workbench } from '../../../kit/service';

/** The files after the action whose title matches; the titles if there is none. */
export async function refactor(marked: string, title: RegExp): Promise<Record<string, string> | string[]> {
  const bench = workbench(marked);
  const actions = await offered(bench, ['refactor']);
  const action = actions.find((one) => title.test(one.title));
  return action === undefined ? actions.map((one) => one.title) : applied(bench, action);
}

export async function rewrites(marked: string, title: RegExp, after: string): Promise<void> {
  assert.deepEqual(await refactor(marked, title), { 'main.conf': after });
}
