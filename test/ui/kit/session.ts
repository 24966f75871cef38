import { cpSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { launchBrowser } from '../../host/browser';
import { packedExtension, ROOT } from '../../host/cache';
import { OFFLINE, type Subject, startWebServer, type WebServer, workbenchUrl } from '../../host/web-server';
import { Workbench } from './workbench';

const SETTINGS = {
  ...OFFLINE,
  'security.workspace.trust.enabled': false,
  'workbench.startupEditor': 'none',
  'workbench.colorTheme': 'Default Dark Modern',
  'workbench.tips.enabled': false,
  'editor.fontFamily': "'DejaVu Sans Mono', monospace",
  'editor.minimap.enabled': false,
  'editor.hover.delay': 100,
  // Hints are not part of the text that tests compare.
  'editor.inlayHints.enabled': 'offUnlessPressed',
  'window.commandCenter': false,
  'chat.commandCenter.enabled': false,
};
/** The workspace has not been trusted yet. */
const RESTRICTED = {
  'security.workspace.trust.enabled': true,
  'security.workspace.trust.startupPrompt': 'never',
  'security.workspace.trust.banner': 'never',
};
const SIZE = { width: 1160, height: 700 };

const servers = new Map<string, Promise<WebServer>>();
let browser: Browser | undefined;
/** One for all pages, so that VS Code is fetched once. */
let context: BrowserContext | undefined;
const former: (Browser | undefined)[] = [];
/** The time for a page to open or to close, in milliseconds. */
export const PATIENCE = 30_000;
const temporary: string[] = [];

/** The files of the workspace to open; `examples` are copied, so that tests leave the checkout as it was. */
export interface Content {
  readonly examples?: boolean;
  readonly files?: Readonly<Record<string, string>>;
  /** Folders of `files` that are opened together, instead of their parent folder. */
  readonly roots?: readonly string[];
  /** By default, the extension of the checkout. */
  readonly subject?: Subject;
  readonly restricted?: boolean;
  /** The language of VS Code, by default English; VS Code's own texts stay English. */
  readonly language?: string;
}

/** A page with a new workbench; server and browser are started with the first one. */
export async function openWorkbench(content: Content): Promise<Workbench> {
  const { subject = { extension: packedExtension() }, restricted = false, roots, language } = content;
  const server = await serverFor(subject, restricted);
  const parent = mkdtempSync(join(tmpdir(), 'canton-kms-ui-'));
  temporary.push(parent);
  const folder = join(parent, 'deployment');
  mkdirSync(folder);
  if (content.examples) cpSync(join(ROOT, 'examples'), folder, { recursive: true });
  for (const [name, text] of Object.entries(content.files ?? {})) {
    mkdirSync(dirname(join(folder, name)), { recursive: true });
    writeFileSync(join(folder, name), text);
  }
  if (roots === undefined) return openPage(workbenchUrl(server, { folder }), folder, language);
  const workspace = join(parent, 'deployment.code-workspace');
  const folders = roots.map((name) => ({ path: `deployment/${name}` }));
  writeFileSync(workspace, JSON.stringify({ folders }));
  return openPage(workbenchUrl(server, { folder: workspace }), folder, language);
}

function serverFor(subject: Subject, restricted: boolean): Promise<WebServer> {
  const key = JSON.stringify([subject, restricted]);
  const server = servers.get(key) ?? startWebServer(restricted ? { ...SETTINGS, ...RESTRICTED } : SETTINGS, subject);
  servers.set(key, server);
  return server;
}

/** The workbench at an address, when it can be used. */
export async function openPage(url: string, folder: string, language?: string): Promise<Workbench> {
  const page = await newPage();
  // VS Code sets this with its own texts in the language, which no test needs.
  if (language !== undefined) await page.addInitScript(`globalThis._VSCODE_NLS_LANGUAGE = '${language}'`);
  await page.goto(url);
  await page.locator('.monaco-workbench .explorer-folders-view').waitFor({ timeout: 120_000 });
  return new Workbench(page, folder);
}

/** A browser that has had some fifty pages may open no more, or open them and never finish, without an error. */
const MOST_PAGES = 25;
let pages = 0;

async function newPage(): Promise<Page> {
  if (++pages % MOST_PAGES === 0) replaceBrowser();
  browser ??= await launchBrowser();
  context ??= await browser.newContext({ viewport: SIZE, permissions: ['clipboard-read', 'clipboard-write'] });
  const page = await within(PATIENCE, context.newPage());
  if (page !== undefined) return page;
  console.warn('      the browser opens no more pages, and is replaced');
  replaceBrowser();
  return newPage();
}

/** Pages that are open stay so. */
function replaceBrowser(): void {
  former.push(browser);
  browser = undefined;
  context = undefined;
}

/** Undefined if it takes more than so many milliseconds. */
export function within<T>(milliseconds: number, result: Promise<T>): Promise<T | undefined> {
  return Promise.race([result, new Promise<undefined>((resolve) => setTimeout(resolve, milliseconds))]);
}

export async function closeAll(): Promise<void> {
  for (const one of [browser, ...former]) await within(PATIENCE, Promise.resolve(one?.close()));
  for (const server of servers.values()) await (await server).stop();
  for (const folder of temporary) rmSync(folder, { recursive: true, force: true });
}
