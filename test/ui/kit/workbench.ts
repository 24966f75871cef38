import { match } from 'node:assert/strict';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Locator, Page } from 'playwright-core';
import { ROOT } from '../../host/cache';

const TITLE_BAR = 30;
/** The timeout and the polling interval, in milliseconds. */
const TIMEOUT = 40_000;
const POLL = 100;
/** The time for a row to appear, in milliseconds, and the number of attempts. */
const PATIENCE = 10_000;
const ATTEMPTS = 4;

/** The actions of a user in VS Code, through the browser. Every wait is bounded by Playwright. */
export class Workbench {
  constructor(
    readonly page: Page,
    readonly folder: string,
  ) {
    page.setDefaultTimeout(TIMEOUT);
  }

  get editor(): Locator {
    return this.page.locator('.editor-group-container.active .monaco-editor[data-uri]').first();
  }

  /** Opens a file of the workspace by its name. */
  async openFile(name: string): Promise<void> {
    await this.chooseFrom('Control+P', name, name.split('/').at(-1) as string);
    await this.tab(name.split('/').at(-1) as string).waitFor();
    await this.editor.waitFor();
    await this.editor.click();
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab', { hasText: name });
  }

  /** Runs a command of the palette by its full title. */
  async runCommand(title: string): Promise<void> {
    await this.chooseFrom('F1', `>${title}`, title);
  }

  /**
   * Opens the quick input, types and picks a row. A workbench that is still starting takes the focus back and closes
   * the input again; then it is opened once more.
   */
  private async chooseFrom(keys: string, text: string, label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press(keys);
      try {
        await this.quickInput.fill(text, { timeout: PATIENCE });
        return await row.click({ timeout: PATIENCE });
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Waits until the palette offers each of the commands. */
  async offersCommands(category: string, titles: readonly string[]): Promise<void> {
    await this.page.keyboard.press('F1');
    for (const title of titles) {
      const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: title }).first();
      for (let attempt = 1; !(await row.isVisible()) && attempt < ATTEMPTS; attempt++) {
        await this.quickInput.fill('');
        await this.quickInput.fill(`>${category}${title}`);
        await row.waitFor({ timeout: PATIENCE / 2 }).catch(() => undefined);
      }
      await row.waitFor();
    }
    await this.page.keyboard.press('Escape');
  }

  get quickInput(): Locator {
    return this.page.locator('.quick-input-widget .quick-input-box input');
  }

  /** Picks an entry of the quick pick that is open. */
  async pick(label: string): Promise<void> {
    const row = this.page.locator('.quick-input-list .monaco-list-row', { hasText: label }).first();
    await row.click();
  }

  /** The question of the quick pick that is open. */
  placeholder(text: string): Locator {
    return this.page.getByPlaceholder(text);
  }

  /** Answers the question that is asked in an input box, or in a quick pick that accepts any text. */
  async answer(question: string, text: string): Promise<void> {
    const widget = this.page.locator('.quick-input-widget');
    await widget
      .filter({ hasText: question })
      .or(widget.filter({ has: this.placeholder(question) }))
      .waitFor();
    await this.quickInput.fill(text);
    await this.page.keyboard.press('Enter');
  }

  /** One-based, as the status bar shows them. */
  async goTo(line: number, column = 1): Promise<void> {
    await this.chooseFrom('Control+G', `:${line}:${column}`, `Go to line ${line}`);
    await this.quickInput.waitFor({ state: 'hidden' });
    await this.status(`Ln ${line}, Col`).waitFor();
  }

  /** Looks for a text in the active editor, whose lines are not all in sight. */
  async find(text: string): Promise<void> {
    await this.page.keyboard.press('Control+F');
    await this.page.locator('.find-widget.visible .find-part textarea').fill(text);
    await this.page.locator('.find-widget.visible .matchesCount', { hasText: /^\d+ of [1-9]/ }).waitFor();
    await this.page.keyboard.press('Escape');
  }

  /** Clicks an element that moves while the editor scrolls, until the click has taken effect. */
  async clickUntil(button: Locator, effect: Locator): Promise<void> {
    for (let tries = 0; tries < 5; tries++) {
      await button.click();
      const isThere = await effect.waitFor({ timeout: 5000 }).then(
        () => true,
        () => false,
      );
      if (isThere) return;
    }
    await effect.waitFor();
  }

  async type(text: string): Promise<void> {
    await this.page.keyboard.type(text, { delay: 20 });
  }

  async press(keys: string): Promise<void> {
    await this.page.keyboard.press(keys);
  }

  /** The visible lines of the active editor. */
  async text(): Promise<string> {
    // The editor recycles its line elements, so their order is not significant, but their position on the screen is.
    const lines = await this.editor.locator('.view-line').evaluateAll((elements) =>
      elements
        .map((element) => ({ top: element.getBoundingClientRect().top, text: element.textContent ?? '' }))
        .sort((a, b) => a.top - b.top)
        .map(({ text }) => text),
    );
    return lines.join('\n').replaceAll('\u00a0', ' ');
  }

  /** Waits until the active editor shows a text, because changes appear with a delay. */
  async shows(pattern: RegExp): Promise<void> {
    let text = '';
    for (const end = Date.now() + TIMEOUT; Date.now() < end; await this.page.waitForTimeout(POLL)) {
      text = await this.text();
      if (pattern.test(text)) return;
    }
    match(text, pattern);
  }

  /** Requests completion until an item is offered, because requests are dropped while the editor is busy. */
  async suggest(label: string): Promise<Locator> {
    const row = this.suggestion(label);
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('Control+Space');
      try {
        await row.waitFor({ timeout: PATIENCE });
        return row;
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  suggestion(label: string): Locator {
    return this.page.locator('.suggest-widget.visible .monaco-list-row', { hasText: label }).first();
  }

  /**
   * Goes to the next place to fill of a snippet, which is in this line; one-based. An open list of suggestions takes the
   * Tab, and without one Escape leaves the snippet, so that only a list that is open is closed.
   */
  async nextPlace(line: number): Promise<void> {
    const list = this.page.locator('.suggest-widget.visible');
    for (let attempt = 1; ; attempt++) {
      if (await list.isVisible()) {
        await this.page.keyboard.press('Escape');
        await list.waitFor({ state: 'hidden' });
      }
      await this.page.keyboard.press('Tab');
      try {
        return await this.status(new RegExp(`Ln ${line}, Col \\d+ \\(\\d+ selected\\)`)).waitFor({ timeout: PATIENCE });
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
      }
    }
  }

  /** The labels in the open suggest widget, without requesting it. */
  async suggestions(): Promise<string[]> {
    const rows = this.page.locator('.suggest-widget.visible .monaco-list-row .label-name');
    await rows.first().waitFor();
    return rows.allInnerTexts();
  }

  /** Opens the menu of fixes and refactorings at the cursor until it shows one; the titles in it. */
  async fixes(expected: string): Promise<string[]> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    for (let attempt = 1; ; attempt++) {
      await this.page.keyboard.press('Control+.');
      try {
        await rows.filter({ hasText: expected }).first().waitFor({ timeout: PATIENCE });
        return await rows.allInnerTexts();
      } catch (error) {
        if (attempt === ATTEMPTS) throw error;
        await this.page.keyboard.press('Escape');
      }
    }
  }

  /** Picks an entry of the open menu of fixes with the keyboard, because the menu does not accept every click. */
  async take(title: string): Promise<void> {
    const rows = this.page.locator('.action-widget .monaco-list-row.action');
    const focused = this.page.locator('.action-widget .monaco-list-row.focused', { hasText: title });
    for (let n = await rows.count(); n > 0 && !(await focused.isVisible()); n--) await this.press('ArrowDown');
    await this.press('Enter');
    await rows.first().waitFor({ state: 'hidden' });
  }

  squiggles(severity: 'error' | 'warning' | 'info'): Locator {
    return this.editor.locator(`.squiggly-${severity}`);
  }

  /** Rows of the Problems view, which is opened. */
  async problems(): Promise<Locator> {
    const view = this.page.locator('.markers-panel');
    if (!(await view.isVisible())) await this.page.keyboard.press('Control+Shift+M');
    await view.waitFor();
    return view.locator('.monaco-list-row .marker-message-details-container, .monaco-list-row .marker-line');
  }

  /** A row of a tree, by its accessible name. */
  row(label: string | RegExp): Locator {
    return this.page.getByRole('treeitem', { name: label });
  }

  /** Presses a button on a row of a tree, which appears when the mouse is over the row. */
  async pressOn(row: Locator, button: string): Promise<void> {
    await row.hover();
    await row.getByRole('button', { name: button }).click();
  }

  /** The view of the nodes in the explorer, which is there as soon as the extension has found some. */
  get nodesView(): Locator {
    return this.page.locator('.pane-header', { hasText: 'Canton KMS' });
  }

  /** The entry of the status bar with this text. */
  status(text: string | RegExp): Locator {
    return this.page.locator('.statusbar-item', { hasText: text });
  }

  get notifications(): Locator {
    return this.page.locator('.notifications-toasts .notification-list-item-message');
  }

  /** A picture for the documentation, without the title bar; written only where UPDATE_IMAGES is set. */
  async picture(name: string): Promise<void> {
    if (process.env.UPDATE_IMAGES === undefined) return;
    // The breadcrumbs follow the text after a pause.
    await this.page.waitForTimeout(1500);
    const size = this.page.viewportSize() ?? { width: 0, height: 0 };
    const clip = { x: 0, y: TITLE_BAR, width: size.width, height: size.height - TITLE_BAR };
    await this.page.screenshot({ path: join(ROOT, 'docs/images', `${name}.png`), clip });
  }

  /** A picture of a failure, for the engineer who looks into it. */
  async keepEvidence(name: string): Promise<void> {
    const folder = join(ROOT, 'out/ui');
    mkdirSync(folder, { recursive: true });
    // A crashed page has no picture, and the failure already shows this.
    await this.page.screenshot({ path: join(folder, `${name.replace(/\W+/g, '-')}.png`) }).catch(() => undefined);
  }

  async close(): Promise<void> {
    await this.page.close();
  }
}
